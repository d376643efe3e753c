import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { attempt, Failed, flacOf, hashFile, makeFolder, syncFolder, temporaryBeside } from '#main/platform';
import { canonicalJson, invariant, type Result } from '#shared/base';
import {
  AUDIO_BITS,
  audioPathOf,
  type Cell,
  type Column,
  type DatasetRows,
  type GeneratedSample,
  isCellOf,
  midiPathOf,
  rowsOf,
  SCHEMA_VERSION,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '#shared/dataset';
import { frameCount, type PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import type { Columns } from './parquet-table';

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const FileSchema = z.object({
  path: z.string(),
  bytes: z.number().int().min(0),
  sha256: Sha256Schema,
  pcm_sha256: Sha256Schema.optional(),
});

/** `part.json`: what a part holds. `sha256` is that of the rest of it, so that a torn or changed one is known by itself. */
const PartSchema = z.object({
  schema_version: z.literal(SCHEMA_VERSION),
  index: z.number().int().min(0),
  samples: z.number().int().min(0),
  rows: FileSchema,
  files: z.array(FileSchema),
  sha256: Sha256Schema,
});
export type Part = z.infer<typeof PartSchema>;

const ROWS = 'rows.json.zst';
/** Read at once. */
const SMALL_BYTES = 100_000;
const CONTENTS = 'part.json';

const hashOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** The folder of the part of this number. */
export const partFolder = (parts: string, index: number): string =>
  join(parts, `part-${String(index).padStart(6, '0')}`);

/** One after the other; of those that are made as they are asked for, one is in memory at a time. */
export type GeneratedSamples = Iterable<GeneratedSample> | AsyncIterable<GeneratedSample>;

/**
 * Writes one chunk of a dataset as a folder, `part-000012`, in `parts`: MIDI and FLAC files where the dataset has them, and all rows. The folder
 * appears whole or not at all; one that is there and whole is left as it is.
 */
export async function writePart(
  parts: string,
  index: number,
  samples: GeneratedSamples,
): Promise<Result<Part, Failure>> {
  const folder = partFolder(parts, index);
  const temporary = temporaryBeside(folder);
  try {
    const fill = async (): Promise<Part> => {
      const part = await fillPart(temporary, index, samples);
      await intoPlace(temporary, folder);
      return part;
    };
    return await attempt(folder, fill, { neededBytes: 0 });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function fillPart(folder: string, index: number, samples: GeneratedSamples): Promise<Part> {
  await makeFolder(folder);
  const files: z.infer<typeof FileSchema>[] = [];
  const folders = new Set<string>();
  // In one go: thousands of small files wait longer for their turn than for the disk.
  const write = (path: string, bytes: Uint8Array): z.infer<typeof FileSchema> => {
    const target = join(folder, path);
    if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    folders.add(dirname(target));
    writeFileSync(target, bytes);
    return { path, bytes: bytes.length, sha256: hashOf(bytes) };
  };
  const rows: DatasetRows[] = [];
  for await (const sample of samples) {
    const fault = sample.recording && faultOf(sample.recording.audio);
    if (fault !== null)
      throw new Failed({ code: 'sampleFailed', sample: sample.id, number: null, reason: fault });
    const midi = write(midiPathOf(sample), sample.midi);
    files.push(midi);
    if (!sample.recording) {
      rows.push(rowsOf(sample, { midi: midi.sha256, audio: null }));
      continue;
    }
    const { flac, pcm } = flacOf(sample.recording.audio, { bits: AUDIO_BITS });
    const audio = { ...write(audioPathOf(sample), flac), pcm_sha256: hashOf(pcm) };
    files.push(audio);
    rows.push(rowsOf(sample, { midi: midi.sha256, audio: { file: audio.sha256, pcm: audio.pcm_sha256 } }));
  }
  const content = {
    schema_version: SCHEMA_VERSION,
    index,
    samples: rows.length,
    rows: write(ROWS, packed(rows)),
    files,
  } as const;
  const part = { ...content, sha256: hashOf(canonicalJson(content)) };
  writeFileSync(join(folder, CONTENTS), canonicalJson(part));
  return part;
}

/** Why audio must not be written, null where it may: FLAC would hold something else in the place of what is no number, and nobody would notice. */
function faultOf(audio: PlanarAudio): string | null {
  if (frameCount(audio) === 0) return 'its recording has no samples';
  for (const samples of audio.channels) {
    const frame = samples.findIndex(value => !Number.isFinite(value));
    if (frame >= 0) return `its recording is not a finite number at frame ${frame}`;
  }
  return null;
}

async function intoPlace(temporary: string, folder: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    if ((await checkPart(folder)).ok) return;
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  }
  await syncFolder(dirname(folder));
}

/** What a part holds, after all of its files were found as they were written; else `notFound` or `badFile`, which names the file. */
export function checkPart(folder: string, signal?: AbortSignal): Promise<Result<Part, Failure>> {
  return attempt(folder, async () => {
    const part = parsePart(join(folder, CONTENTS), await readFile(join(folder, CONTENTS), 'utf8'));
    for (const { path, bytes, sha256 } of [part.rows, ...part.files]) {
      const file = join(folder, path);
      const found = bytes < SMALL_BYTES ? hashOf(readFileSync(file)) : await hashFile(file, signal);
      if (found !== sha256) throw broken(file, 'its SHA-256 is not the one that part.json names');
    }
    return part;
  });
}

function parsePart(path: string, text: string): Part {
  const parsed = PartSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw broken(path, ...parsed.error.issues.map(({ message }) => message));
  const { sha256, ...content } = parsed.data;
  if (hashOf(canonicalJson(content)) !== sha256) throw broken(path, 'it was changed after it was written');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const broken = (path: string, ...problems: string[]): Failed =>
  new Failed({ code: 'badFile', path, format: 'part of a dataset', problems });

/** Rows of a part by table, then by column in the order of `TABLES`. */
export type PartRows = Readonly<Record<TableName, Columns>>;

/** JSON keeps every number as it is; columns side by side pack small. */
function packed(rows: readonly DatasetRows[]): Buffer {
  const tables = TABLE_NAMES.map(table => {
    const cells: Cell[][] = TABLES[table].map(() => []);
    for (const each of rows) {
      for (const row of each[table] as readonly Readonly<Record<string, Cell>>[]) {
        TABLES[table].forEach((column: Column, at) => {
          const cell = row[column.name] ?? null;
          invariant(isCellOf(column, cell), `${table}.${column.name} cannot hold ${String(cell)}`);
          cells[at]?.push(cell);
        });
      }
    }
    return [table, cells] as const;
  });
  return zstdCompressSync(JSON.stringify(Object.fromEntries(tables)), {
    params: { [constants.ZSTD_c_compressionLevel]: 3 },
  });
}

/** The rows of a checked part. */
export async function partRows(folder: string): Promise<PartRows> {
  return JSON.parse(zstdDecompressSync(await readFile(join(folder, ROWS))).toString('utf8')) as PartRows;
}
