import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failed, hashFile } from '#main/platform';
import {
  type Cell,
  DEFAULT_SPLIT,
  type SampleRow,
  SCHEMA_VERSION,
  SPLIT_NAMES,
  SPLITS,
  type Split,
  type SplitLists,
  type SplitName,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '#shared/dataset';
import { type DatasetMeta, MANIFEST, tablePath } from '../storage';
import { faulty, type Row, TableRows } from './table-rows';

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const ManifestSchema = z.object({
  format: z.literal('backbeat-dataset'),
  schema_version: z.literal(SCHEMA_VERSION),
  name: z.string(),
  title: z.string(),
  licence: z.string(),
  generator: z.object({ name: z.string(), version: z.string() }),
  engine: z.object({ node: z.string(), v8: z.string() }),
  seed: z.number(),
  config: z.unknown(),
  soundfonts: z.array(z.object({ name: z.string(), sha256: z.string(), licence: z.string() })),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: Sha256Schema })),
  rows: z.record(z.enum(TABLE_NAMES), z.number()),
});

const ListSchema = z.object({
  train: z.array(z.string()),
  validation: z.array(z.string()),
  test: z.array(z.string()),
  left_out: z.number(),
});
const SplitsSchema = z.object({
  ratios: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  splits: z.record(z.enum(SPLIT_NAMES), ListSchema.nullable()),
});

/** A sample on its way from the dataset into a layout. */
export interface SourceSample {
  readonly row: SampleRow;
  readonly cells: Readonly<Record<TableName, readonly Row[]>>;
  readonly midi: Uint8Array;
  /** Its FLAC file; null without audio. */
  readonly audio: Uint8Array | null;
}

/** A whole dataset that is read in turn, each file checked against the hash that the dataset has of it. Throws `Failed`. */
export class DatasetSource {
  readonly folder: string;
  readonly meta: DatasetMeta;
  /** SHA-256 of its manifest. */
  readonly sha256: string;
  readonly rows: Readonly<Record<TableName, number>>;
  readonly splits: Readonly<Record<SplitName, SplitLists | null>>;
  readonly hasAudio: boolean;
  /** Of all files. */
  readonly payloadBytes: number;
  readonly #splitOf: ReadonlyMap<string, Split>;

  private constructor(
    folder: string,
    split: SplitName,
    sha256: string,
    manifest: z.infer<typeof ManifestSchema>,
    { ratios, splits }: z.infer<typeof SplitsSchema>,
  ) {
    const list = splits[split];
    if (!list)
      throw new Failed({
        code: 'badOption',
        option: '--split',
        value: split,
        wanted: `a list with groups to part: ${SPLIT_NAMES.filter(name => splits[name]).join(', ')}`,
      });
    const { name, title, licence, generator, engine, config, seed, soundfonts, rows } = manifest;
    this.folder = folder;
    this.meta = { name, title, licence, generator, engine, config, seed, ratios, soundfonts };
    this.sha256 = sha256;
    this.rows = rows;
    this.splits = splits;
    this.hasAudio = manifest.files.some(({ path }) => path.startsWith('audio/'));
    this.payloadBytes = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#splitOf = new Map(SPLITS.flatMap(each => list[each].map(id => [id, each] as const)));
  }

  static async open(
    folder: string,
    split: SplitName = DEFAULT_SPLIT,
    signal?: AbortSignal,
  ): Promise<DatasetSource> {
    const path = join(folder, MANIFEST);
    const text = await readFile(path);
    const manifest = ManifestSchema.safeParse(jsonOf(text));
    if (!manifest.success) throw faulty(path, ...problemsOf(manifest.error));
    for (const file of ['splits.json', ...TABLE_NAMES.map(tablePath)]) {
      const listed = manifest.data.files.find(each => each.path === file);
      const found = await hashFile(join(folder, file), signal);
      if (listed?.sha256 !== found) throw faulty(join(folder, file), CHANGED);
    }
    const splits = SplitsSchema.safeParse(jsonOf(await readFile(join(folder, 'splits.json'))));
    if (!splits.success) throw faulty(join(folder, 'splits.json'), ...problemsOf(splits.error));
    const sha256 = hashOf(text);
    return new DatasetSource(folder, split, sha256, manifest.data, splits.data);
  }

  /** Where the sample goes; null where the list leaves it out. */
  splitOf(id: string): Split | null {
    return this.#splitOf.get(id) ?? null;
  }

  /** Every sample in the dataset's order; null in place of those that the list leaves out. */
  async *samples(
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly row: SampleRow; readonly sample: SourceSample | null }> {
    const tables = new Map<TableName, TableRows>();
    for (const table of TABLE_NAMES) tables.set(table, await TableRows.open(this.folder, table));
    const take = async (table: TableName, count: number, id: string | null): Promise<readonly Row[]> => {
      const rows = (await tables.get(table)?.take(count)) ?? [];
      if (id !== null && rows.some(([own]) => own !== id))
        throw faulty(join(this.folder, tablePath(table)), `its rows are not those of ${id}`);
      return rows;
    };
    for (let number = 0; number < this.rows.samples; number++) {
      signal.throwIfAborted();
      const samples = await take('samples', 1, null);
      const row = rowOf(samples[0] ?? []);
      const id = row.sample_id;
      const cells = {
        samples,
        exercises: await take('exercises', 1, id),
        measures: await take('measures', row.num_measures, id),
        strokes: await take('strokes', row.num_strokes, id),
        beats: await take('beats', row.num_beats, id),
        mishaps: await take('mishaps', row.num_mishaps, id),
      };
      if (this.splitOf(id) === null) {
        yield { row, sample: null };
        continue;
      }
      const midi = await this.#file(row.midi_path, row.midi_sha256);
      const audio = row.audio_path === null ? null : await this.#file(row.audio_path, row.audio_sha256);
      yield { row, sample: { row, cells, midi, audio } };
    }
    for (const table of tables.values()) table.end();
  }

  async #file(name: string, sha256: string | null): Promise<Uint8Array> {
    const path = join(this.folder, name);
    const bytes = await readFile(path);
    if (hashOf(bytes) !== sha256) throw faulty(path, CHANGED);
    return bytes;
  }
}

const CHANGED = 'it was changed after the dataset was made';
const problemsOf = ({ issues }: z.ZodError): string[] =>
  issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function jsonOf(text: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(text).toString('utf8'));
  } catch {
    return null;
  }
}

/** The row of `samples` by its columns' names. */
const rowOf = (cells: readonly Cell[]): SampleRow =>
  Object.fromEntries(TABLES.samples.map(({ name }, at) => [name, cells[at] ?? null])) as unknown as SampleRow;
