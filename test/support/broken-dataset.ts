import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { assemble, type DatasetMeta, partFolder, validateDataset, writePart } from '#main/dataset';
import {
  type Cell,
  type GeneratedSample,
  TABLES,
  type TableName,
  type ValidationReport,
} from '#shared/dataset';
import { DATASET_META } from '#test/dataset-samples';
import { OutputFile } from '../../src-main/dataset/storage/output-file';
import { ParquetTable } from '../../src-main/dataset/storage/parquet-table';

export type Row = Record<string, unknown>;

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'backbeat-validation-'));

/** A whole dataset of these samples; the folder that it lies in. */
export async function datasetOf(
  samples: readonly GeneratedSample[],
  meta: Partial<DatasetMeta> = {},
): Promise<string> {
  const home = emptyFolder();
  const parts = join(home, 'parts');
  const part = await writePart(parts, 0, samples);
  if (!part.ok) throw new Error(JSON.stringify(part.failure));
  const folder = join(home, 'dataset');
  const whole = await assemble({
    parts: [partFolder(parts, 0)],
    folder,
    meta: { ...DATASET_META, ...meta },
    signal: new AbortController().signal,
  });
  if (!whole.ok) throw new Error(JSON.stringify(whole.failure));
  return folder;
}

/** A copy of a dataset that may be broken. */
export function copyOf(folder: string): string {
  const copy = join(emptyFolder(), 'dataset');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

interface Manifest {
  readonly files: { path: string; bytes: number; sha256: string }[];
  readonly rows: Record<string, number>;
}

/** Has the manifest say what `path` holds now: so only what is in it is wrong. */
export function signed(
  folder: string,
  path: string,
  rows: { table: TableName; count: number } | null = null,
): void {
  const manifestPath = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
  const bytes = readFileSync(join(folder, path));
  const file = manifest.files.find(each => each.path === path);
  if (!file) throw new RangeError(`the manifest names no ${path}`);
  Object.assign(file, { bytes: bytes.length, sha256: sha256(bytes) });
  if (rows) manifest.rows[rows.table] = rows.count;
  writeFileSync(manifestPath, JSON.stringify(manifest));
}

/** Writes a table with other rows, and signs it. */
export async function rewrite(
  folder: string,
  table: TableName,
  change: (rows: Row[]) => Row[],
): Promise<void> {
  const path = `labels/${table}.parquet`;
  const read = await parquetReadObjects({ file: await asyncBufferFromFile(join(folder, path)) });
  const rows = change(read);
  const writer = new ParquetTable(new OutputFile(folder, path), table);
  writer.append(TABLES[table].map(({ name }) => rows.map(row => (row[name] ?? null) as Cell)));
  writer.finish();
  signed(folder, path, { table, count: rows.length });
}

/** Changes a JSON file, and signs it. */
export function rewriteJson(folder: string, path: string, change: (value: never) => unknown): void {
  const value = JSON.parse(readFileSync(join(folder, path), 'utf8')) as never;
  writeFileSync(join(folder, path), JSON.stringify(change(value) ?? value));
  signed(folder, path);
}

export async function reportOf(
  folder: string,
  { recordings = 0, rebuilt = 0 }: { recordings?: number; rebuilt?: number } = {},
): Promise<ValidationReport> {
  const report = await validateDataset(folder, { signal: new AbortController().signal, recordings, rebuilt });
  if (!report.ok) throw new Error(JSON.stringify(report.failure));
  return report.value;
}

export const failedOf = ({ checks }: ValidationReport): string[] =>
  checks
    .filter(({ state }) => state === 'failed')
    .map(({ name }) => name)
    .sort();
