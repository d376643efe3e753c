import { rename, rm, stat } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  attempt,
  checkSpace,
  Failed,
  hashFile,
  makeFolder,
  syncFolder,
  temporaryBeside,
} from '#main/platform';
import type { Result } from '#shared/base';
import { SPLITS, type SplitName } from '#shared/dataset';
import type { Failure, PublishLayout } from '#shared/protocol';
import { Totals } from '../storage/totals';
import { AudioFolderLayout } from './audiofolder-layout';
import { croissantOf } from './croissant';
import { CountedFiles, FolderFiles, type LayoutFiles } from './layout-files';
import type { LayoutConfig, LayoutWriter } from './layout-writer';
import { ParquetLayout } from './parquet-layout';
import { LAYOUT_VERSION, PUBLICATION, type Publication, publicationIn, publicationText } from './publication';
import { publishedCard } from './published-card';
import { DatasetSource } from './source';
import { WebDatasetLayout } from './webdataset-layout';

export interface LayoutRequest {
  /** Of a whole dataset. */
  readonly dataset: string;
  readonly layout: PublishLayout;
  readonly split: SplitName;
  /** `owner/name` that the card names; null for none. */
  readonly repo: string | null;
  readonly version: string;
  /** Year-month-day. */
  readonly date: string;
  /** Where the layout goes; null counts and hashes what would be there, and writes nothing. */
  readonly folder: string | null;
  /** In place of the layout's own limit of a file. */
  readonly shardBytes?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/**
 * Writes a dataset in a layout of the hub, with card and Croissant: whole or not at all, the same bytes for the same request. A folder that holds
 * this very publication already is checked and left as it is; one that holds another gives way; anything else that is there stays.
 */
export function writeLayout(request: LayoutRequest): Promise<Result<Publication, Failure>> {
  const { dataset, folder } = request;
  return attempt(
    folder ?? dataset,
    async () => {
      const source = await openSource(request);
      if (folder === null) return fillLayout(source, request, new CountedFiles());
      const there = await whatIsThere(folder);
      if (there && isSame(there, source, request) && (await isWhole(folder, there, request.signal))) {
        request.onProgress?.(1);
        return there;
      }
      return intoFolder(source, request, folder);
    },
    { neededBytes: 0 },
  );
}

/** What cannot be read of the dataset is no fault of the folder that is written. */
async function openSource({ dataset, split, signal }: LayoutRequest): Promise<DatasetSource> {
  const opened = await attempt(dataset, () => DatasetSource.open(dataset, split, signal));
  if (!opened.ok) throw new Failed(opened.failure);
  return opened.value;
}

/** The publication in the folder; null where nothing is. Throws where something else is. */
async function whatIsThere(folder: string): Promise<Publication | null> {
  const there = await publicationIn(folder);
  if (there || namesIn(folder).length === 0) return there;
  throw new Failed({ code: 'notWritable', path: folder, reason: 'something else is in that folder' });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The date alone makes no other publication. */
const isSame = (there: Publication, { sha256 }: DatasetSource, request: LayoutRequest): boolean =>
  there.dataset === sha256 &&
  there.layout_version === LAYOUT_VERSION &&
  there.layout === request.layout &&
  there.split === request.split &&
  there.repo === request.repo &&
  there.version === request.version;

async function isWhole(folder: string, { files }: Publication, signal: AbortSignal): Promise<boolean> {
  for (const { path, bytes, sha256 } of files) {
    const found = await stat(join(folder, path)).catch(() => null);
    if (found?.size !== bytes || (await hashFile(join(folder, path), signal)) !== sha256) return false;
  }
  return true;
}

async function intoFolder(
  source: DatasetSource,
  request: LayoutRequest,
  folder: string,
): Promise<Publication> {
  const space = checkSpace(folder, request.layout === 'audiofolder' ? 0 : source.payloadBytes);
  if (!space.ok) throw new Failed(space.failure);
  await makeFolder(dirname(folder));
  const temporary = temporaryBeside(folder);
  try {
    await makeFolder(temporary);
    const publication = await fillLayout(source, request, new FolderFiles(temporary));
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
    await syncFolder(dirname(folder));
    return publication;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function fillLayout(
  source: DatasetSource,
  request: LayoutRequest,
  files: LayoutFiles,
): Promise<Publication> {
  const { layout, repo, version, date, signal, split } = request;
  const writer = writerOf(source, request, files);
  const totals = new Totals();
  const rows = { train: 0, validation: 0, test: 0 };
  let configs: readonly LayoutConfig[];
  let seen = 0;
  try {
    for await (const { row, sample } of source.samples(signal)) {
      const part = source.splitOf(row.sample_id);
      if (sample && part) {
        await writer.add(part, sample);
        rows[part]++;
        totals.add(row);
      }
      request.onProgress?.(++seen / source.rows.samples);
    }
    configs = writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
  const facts = { source, layout, configs, totals, repo, version, date };
  put(files, 'README.md', publishedCard(facts));
  put(files, 'croissant.json', `${JSON.stringify(croissantOf(facts, dataFiles(files)), null, 1)}\n`);
  const publication: Publication = {
    format: 'backbeat-publication',
    layout_version: LAYOUT_VERSION,
    layout,
    split,
    dataset: source.sha256,
    version,
    date,
    repo,
    rows,
    left_out: source.rows.samples - SPLITS.reduce((sum, each) => sum + rows[each], 0),
    files: [...files.list()],
  };
  put(files, PUBLICATION, publicationText(publication));
  return publication;
}

/** All but the card. */
const dataFiles = (files: LayoutFiles) => files.list().filter(({ path }) => path !== 'README.md');

function writerOf(source: DatasetSource, request: LayoutRequest, files: LayoutFiles): LayoutWriter {
  const { hasAudio, folder } = source;
  const limit = request.shardBytes === undefined ? {} : { shardBytes: request.shardBytes };
  switch (request.layout) {
    case 'parquet':
      return new ParquetLayout(files, { hasAudio, ...limit });
    case 'audiofolder':
      return new AudioFolderLayout(files, { hasAudio, folder });
    case 'webdataset':
      return new WebDatasetLayout(files, limit);
  }
}

function put(files: LayoutFiles, path: string, text: string): void {
  const file = files.open(path);
  try {
    file.text(text);
    file.finish();
  } finally {
    file.discard();
  }
}
