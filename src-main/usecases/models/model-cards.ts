import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ManifestFactsSchema } from '#main/inference';
import type { Library, ModelEntry } from '#main/library';
import { BUNDLED_SEPARATORS, compareText, separatorOfModel } from '#shared/model';
import type { Failure, ModelCard } from '#shared/protocol';

/** Everything that can be chosen or is used: without a model, bundled, imported. */
export async function modelCards(library: Library, modelsFolder: string): Promise<readonly ModelCard[]> {
  const bundled = await bundledCards(modelsFolder);
  const imported = await Promise.all((await library.models.all()).map(model => importedCard(library, model)));
  return [
    ...bundled.filter(isSeparator),
    WITHOUT_MODEL,
    ...bundled.filter(card => !isSeparator(card)),
    ...imported,
  ];
}

const isSeparator = ({ task }: ModelCard): boolean => task === 'separation';

const [, HPSS] = BUNDLED_SEPARATORS;

const WITHOUT_MODEL: ModelCard = {
  id: HPSS,
  source: 'built-in',
  task: 'separation',
  name: HPSS,
  bytes: 0,
  licence: 'MIT',
  notice: null,
  origin: 'Backbeat: medians along time and frequency',
  contract: null,
  stems: ['drums'],
  sha256: null,
  known: null,
  figures: [],
  failure: null,
  addedAt: null,
};

async function bundledCards(modelsFolder: string): Promise<ModelCard[]> {
  const names = await readdir(modelsFolder).catch(() => []);
  const cards = await Promise.all(
    names.sort(compareText).map(name => bundledCard(join(modelsFolder, name), name)),
  );
  return cards.filter(card => card !== null);
}

/** By its manifest; null for a folder without one. */
async function bundledCard(folder: string, id: string): Promise<ModelCard | null> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const manifest = ManifestFactsSchema.safeParse(parsedJson(text));
  if (!manifest.success) return null;
  const { name, task, version, licence, files, stems, figures, attribution } = manifest.data;
  return {
    id,
    source: 'bundled',
    task,
    name: `${name} ${version}`,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    licence,
    notice: attribution ?? null,
    origin: 'Backbeat',
    contract: null,
    stems,
    sha256: files.length === 1 ? (files[0]?.sha256 ?? null) : null,
    known: null,
    figures,
    failure: await partFailure(folder, files),
    addedAt: null,
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function importedCard(library: Library, model: ModelEntry): Promise<ModelCard> {
  const { id, kind, name, parts, licence, notice, origin, contract, stems, known, addedAt } = model;
  return {
    id: separatorOfModel(id),
    source: 'imported',
    task: kind,
    name,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    licence,
    notice,
    origin,
    contract,
    stems,
    sha256: id,
    known,
    figures: [],
    failure: await partFailure(library.modelFolder.path(id, ''), parts),
    addedAt,
  };
}

/** What is plainly wrong with a model's files; their bytes are looked at when it is used. */
async function partFailure(
  folder: string,
  parts: readonly { readonly name: string; readonly bytes: number }[],
): Promise<Failure | null> {
  for (const { name, bytes } of parts) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found) return { code: 'notFound', path };
    if (found.size !== bytes)
      return { code: 'modelTruncated', path, foundBytes: found.size, promisedBytes: bytes };
  }
  return null;
}
