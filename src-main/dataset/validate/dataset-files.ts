import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { attempt, Failed, hashFile } from '#main/platform';
import type { Result } from '#shared/base';
import { type Check, checkOf, grouped, SPLITS, TABLE_NAMES, type TableName } from '#shared/dataset';
import type { Failure } from '#shared/protocol';

const FileSchema = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });

/** What validation wants of `manifest.json`. */
const ManifestSchema = z.object({
  format: z.literal('backbeat-dataset'),
  name: z.string(),
  soundfonts: z.array(z.object({ sha256: z.string() })),
  files: z.array(FileSchema),
  rows: z.object(
    Object.fromEntries(TABLE_NAMES.map(name => [name, z.number()])) as Record<TableName, z.ZodNumber>,
  ),
});
export type Manifest = z.infer<typeof ManifestSchema> & { readonly sha256: string };

const ids = z.array(z.string());
const SplitsSchema = z.object({
  splits: z.record(
    z.string(),
    z
      .object({
        sha256: z.object({ train: z.string(), validation: z.string(), test: z.string() }),
        train: ids,
        validation: ids,
        test: ids,
      })
      .nullable(),
  ),
});
export type Splits = z.infer<typeof SplitsSchema>['splits'];

const range = z.tuple([z.number(), z.number()]);
const IndexSchema = z.object({
  samples: z.record(
    z.string(),
    z.object({ row: z.number(), measures: range, strokes: range, beats: range, mishaps: range }),
  ),
});
export type SampleIndex = z.infer<typeof IndexSchema>['samples'];

const MANIFEST = 'manifest.json';

/** The manifest of a dataset; fails where there is none: then it is not whole. */
export const readManifest = (folder: string): Promise<Result<Manifest, Failure>> =>
  attempt(join(folder, MANIFEST), async () => {
    const bytes = await readFile(join(folder, MANIFEST));
    const manifest = parsed(join(folder, MANIFEST), bytes, ManifestSchema);
    return { ...manifest, sha256: createHash('sha256').update(bytes).digest('hex') };
  });

export const readSplits = (folder: string): Promise<Result<Splits, Failure>> =>
  attempt(folder, async () => {
    const path = join(folder, 'splits.json');
    return parsed(path, await readFile(path), SplitsSchema).splits;
  });

export const readIndex = (folder: string): Promise<Result<SampleIndex, Failure>> =>
  attempt(folder, async () => {
    const path = join(folder, 'index.json');
    return parsed(path, await readFile(path), IndexSchema).samples;
  });

function parsed<Schema extends z.ZodType>(path: string, bytes: Uint8Array, schema: Schema): z.infer<Schema> {
  const bad = (problem: string) =>
    new Failed({ code: 'badFile', path, format: 'part of a dataset', problems: [problem] });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw bad('it is not JSON');
  }
  const result = schema.safeParse(value);
  if (!result.success) throw bad(z.prettifyError(result.error).split('\n')[0] ?? '');
  return result.data;
}

/** Read whole. */
const SMALL_BYTES = 100_000;
const AT_ONCE = 8;
/** Written beside a dataset, and no part of it. */
const BESIDE: ReadonlySet<string> = new Set([MANIFEST, 'validation', '.run']);

/** Whether every file is there as the manifest has it. */
export async function hashesCheck(
  folder: string,
  { files }: Manifest,
  signal: AbortSignal,
  report: (share: number) => void,
): Promise<Check> {
  const facts = {
    name: 'manifest_hashes',
    title: 'Every file is as the manifest has it',
    group: 'integrity',
  } as const;
  const examples: string[] = [];
  let right = 0;
  let done = 0;
  const waiting = files.values();
  const work = async (): Promise<void> => {
    for (const { path, bytes, sha256 } of waiting) {
      signal.throwIfAborted();
      const found = await hashOf(join(folder, path), bytes, signal);
      if (found === sha256) right++;
      else if (examples.length < 5)
        examples.push(found === null ? `${path} is not there or cannot be read` : `${path} has been changed`);
      report(++done / files.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const more = await unlisted(folder, files);
  const state = right < files.length ? 'failed' : more.length > 0 ? 'warned' : 'passed';
  return checkOf(
    facts,
    state,
    `${grouped(right)} of ${grouped(files.length)} files${more.length > 0 ? `; ${more.length} that it does not name` : ''}`,
    'all',
    [...examples, ...more.map(name => `${name} is not in the manifest`)],
  );
}

async function hashOf(path: string, bytes: number, signal: AbortSignal): Promise<string | null> {
  try {
    if (bytes < SMALL_BYTES)
      return createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    return await hashFile(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  }
}

/** Entries of the folder and of its labels that the manifest does not name. */
async function unlisted(folder: string, files: Manifest['files']): Promise<string[]> {
  const tops = new Set(files.map(({ path }) => path.split('/')[0] ?? path));
  const entries = await readdir(folder);
  const found: string[] = [];
  for (const entry of entries) {
    if (BESIDE.has(entry) || tops.has(entry)) continue;
    if (entry.startsWith('.') && !(await stat(join(folder, entry))).isFile()) continue;
    found.push(entry);
  }
  return found;
}

/** Whether each split's ids are those that its SHA-256 was taken of. */
export function splitHashesCheck(splits: Splits): Check {
  const facts = {
    name: 'split_hashes',
    title: 'Splits are those that they are cited as',
    group: 'splits',
  } as const;
  const wrong = Object.entries(splits).flatMap(([name, list]) =>
    list
      ? SPLITS.filter(split => hashOfIds(list[split]) !== list.sha256[split]).map(
          split => `${name}: ${split} has been changed`,
        )
      : [],
  );
  const lists = Object.values(splits).filter(list => list !== null).length;
  if (lists === 0) return checkOf(facts, 'skipped', 'no lists', 'all');
  return checkOf(
    facts,
    wrong.length === 0 ? 'passed' : 'failed',
    `${3 * lists - wrong.length} of ${3 * lists} lists`,
    'all',
    wrong,
  );
}

const hashOfIds = (list: readonly string[]): string =>
  createHash('sha256')
    .update(list.map(id => `${id}\n`).join(''))
    .digest('hex');
