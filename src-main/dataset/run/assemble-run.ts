import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Result } from '#shared/base';
import { GenerationConfigSchema, namedResources, RunResourcesSchema } from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { listOwnFonts } from '../sound';
import { assemble, type Assembled, type DatasetMeta, MANIFEST, partFolder } from '../storage';

export const AssembleRunSchema = z.strictObject({
  name: z.string(),
  config: GenerationConfigSchema,
  resources: RunResourcesSchema,
  generator: z.string(),
  engine: z.strictObject({ node: z.string(), v8: z.string() }),
  /** Folder of the parts, and how many they are. */
  parts: z.string(),
  count: z.number().int().min(0),
  /** Of the dataset. */
  folder: z.string(),
});
export type AssembleRun = z.output<typeof AssembleRunSchema>;

/** Puts the parts of a run together. */
export async function assembleRun(
  run: AssembleRun,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Result<Assembled, Failure>> {
  const meta = await metaOf(run);
  if (!meta.ok) return meta;
  return assemble({
    parts: Array.from({ length: run.count }, (_, index) => partFolder(run.parts, index)),
    folder: run.folder,
    meta: meta.value,
    signal,
    onProgress,
  });
}

/** What nobody said of the user's own files. */
const UNKNOWN_LICENCE = 'unknown';

async function metaOf({
  name,
  config,
  resources,
  generator,
  engine,
}: AssembleRun): Promise<Result<DatasetMeta, Failure>> {
  const own = await listOwnFonts();
  if (!own.ok) return own;
  const isHeard = (kits: readonly string[]): boolean =>
    config.generate_audio && (config.kits.length === 0 || kits.some(kit => config.kits.includes(kit)));
  const fonts = resources.files.filter(({ kind }) => kind === 'font');
  const isUsed = (sha256: string): boolean =>
    config.generate_audio &&
    (config.kits.length === 0 || config.kits.some(kit => kit.startsWith(sha256.slice(0, 8))));
  const named = namedResources(resources);
  return {
    ok: true,
    value: {
      name,
      title: name,
      licence: resources.files.length === 0 ? 'CC0-1.0' : UNKNOWN_LICENCE,
      generator: { name: 'backbeat', version: generator },
      engine,
      config: named.length === 0 ? config : { ...config, files: named },
      seed: config.seed,
      ratios: { train: config.train_ratio, validation: config.val_ratio, test: config.test_ratio },
      soundfonts: [
        ...own.value
          .filter(({ kits }) => isHeard(kits))
          .map(font => ({ name: font.name, sha256: font.sha256, licence: font.licence })),
        ...fonts
          .filter(({ sha256 }) => isUsed(sha256))
          .map(font => ({ name: font.name, sha256: font.sha256, licence: UNKNOWN_LICENCE })),
      ],
    },
  };
}

/** SHA-256 of a dataset: of its manifest, which names those of all other files. */
export const hashOfDataset = async (folder: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(join(folder, MANIFEST)))
    .digest('hex');
