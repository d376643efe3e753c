import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { attempt, copyIntoPlace, Failed } from '#main/platform';
import type { Result } from '#shared/base';
import {
  type Cell,
  type SampleRow,
  SCHEMA_VERSION,
  type SplitSample,
  splitsOf,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { type CardFacts, cardOf } from './card';
import type { DatasetMeta } from './meta';
import { OutputFile, type WrittenFile } from './output-file';
import { ParquetTable } from './parquet-table';
import { checkPart, type Part, type PartRows, partRows } from './part';
import { splitsText } from './splits-file';
import { Totals } from './totals';

export interface AssembleRequest {
  /** Folders of the parts, in any order. */
  readonly parts: readonly string[];
  /** Of the dataset. */
  readonly folder: string;
  readonly meta: DatasetMeta;
  readonly signal: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

export interface Assembled {
  readonly samples: number;
  readonly rows: Readonly<Record<TableName, number>>;
  /** Of manifest.json, which names the SHA-256 of every other file. */
  readonly sha256: string;
}

export const MANIFEST = 'manifest.json';
export const tablePath = (table: TableName): string => `labels/${table}.parquet`;

/**
 * Makes a dataset from its parts, one after the other, each checked first. The manifest comes last: a folder without one is not whole. MIDI and
 * audio are linked where the disk can, so that they take no room twice.
 */
export async function assemble(request: AssembleRequest): Promise<Result<Assembled, Failure>> {
  const { folder, parts } = request;
  return attempt(
    folder,
    async () => {
      await rm(join(folder, MANIFEST), { force: true });
      const assembly = new Assembly(request);
      try {
        // The number is at the end of the folder's name; what is in it is checked when its turn comes.
        const sorted = [...parts].sort((a, b) => numberOf(a) - numberOf(b));
        for (const [index, part] of sorted.entries()) {
          request.signal.throwIfAborted();
          await assembly.add(part, index);
          request.onProgress?.((index + 1) / parts.length);
        }
        return await assembly.finish();
      } finally {
        assembly.discard();
      }
    },
    { neededBytes: 0 },
  );
}

const numberOf = (part: string): number => Number(/(\d+)\/?$/.exec(part)?.[1] ?? Number.NaN);

/** The files of a dataset on their way. */
class Assembly {
  readonly #request: AssembleRequest;
  readonly #tables: Readonly<Record<TableName, ParquetTable>>;
  readonly #index: OutputFile;
  readonly #manifest: OutputFile;
  readonly #totals = new Totals();
  /** About 200 bytes a sample: all that is kept of one. */
  readonly #samples: SplitSample[] = [];
  readonly #ids = new Set<string>();
  readonly #folders = new Set<string>();
  #hasFiles = false;

  constructor(request: AssembleRequest) {
    this.#request = request;
    const { folder, meta } = request;
    const table = (name: TableName): ParquetTable =>
      new ParquetTable(new OutputFile(folder, tablePath(name)), name);
    this.#tables = {
      samples: table('samples'),
      exercises: table('exercises'),
      measures: table('measures'),
      strokes: table('strokes'),
      beats: table('beats'),
      mishaps: table('mishaps'),
    };
    this.#index = new OutputFile(folder, 'index.json');
    this.#index.text(`{\n"schema_version": ${SCHEMA_VERSION},\n"samples": {`);
    this.#manifest = new OutputFile(folder, MANIFEST);
    const head = {
      format: 'backbeat-dataset',
      schema_version: SCHEMA_VERSION,
      name: meta.name,
      title: meta.title,
      licence: meta.licence,
      generator: meta.generator,
      engine: meta.engine,
      seed: meta.seed,
      config: meta.config,
      soundfonts: meta.soundfonts,
    };
    this.#manifest.text(`${JSON.stringify(head, null, 1).slice(0, -2)},\n "files": [`);
  }

  async add(folder: string, index: number): Promise<void> {
    const checked = await checkPart(folder, this.#request.signal);
    if (!checked.ok) throw new Failed(checked.failure);
    if (checked.value.index !== index) throw faulty(folder, `part ${index} is missing or there twice`);
    const rows = await partRows(folder);
    this.#addSamples(folder, rows);
    for (const table of TABLE_NAMES) this.#tables[table].append(rows[table]);
    await this.#link(folder, checked.value);
  }

  #addSamples(folder: string, rows: PartRows): void {
    const starts = new Map(TABLE_NAMES.map(table => [table, this.#tables[table].rows]));
    for (const row of rowsByName(rows.samples)) {
      if (this.#ids.has(row.sample_id)) throw faulty(folder, `there are two samples ${row.sample_id}`);
      this.#ids.add(row.sample_id);
      const range = (table: TableName, count: number): [number, number] => {
        const start = starts.get(table) ?? 0;
        starts.set(table, start + count);
        return [start, start + count];
      };
      const entry = {
        row: range('samples', 1)[0],
        measures: range('measures', row.num_measures),
        strokes: range('strokes', row.num_strokes),
        beats: range('beats', row.num_beats),
        mishaps: range('mishaps', row.num_mishaps),
      };
      this.#index.text(
        `${this.#totals.samples === 0 ? '' : ','}\n${JSON.stringify(row.sample_id)}:${JSON.stringify(entry)}`,
      );
      this.#totals.add(row);
      this.#samples.push({
        id: row.sample_id,
        profile: row.profile_id,
        tier: row.skill_tier,
        kit: row.soundfont ?? 'none',
        source: row.material_source,
        room: row.room_type ?? 'none',
      });
    }
  }

  async #link(folder: string, { files }: Part): Promise<void> {
    for (const file of files) {
      const [source, target] = [join(folder, file.path), join(this.#request.folder, file.path)];
      if (!this.#folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
      this.#folders.add(dirname(target));
      // Some disks know no links, and parts may lie on another.
      if (!isLinked(source, target)) await copyIntoPlace(source, target);
      this.#list(file);
    }
  }

  #list(file: WrittenFile): void {
    this.#manifest.text(`${this.#hasFiles ? ',' : ''}\n  ${JSON.stringify(file)}`);
    this.#hasFiles = true;
  }

  async finish(): Promise<Assembled> {
    const { folder, meta } = this.#request;
    const rows = Object.fromEntries(TABLE_NAMES.map(name => [name, this.#tables[name].rows])) as Record<
      TableName,
      number
    >;
    const files = Object.fromEntries(
      TABLE_NAMES.map(table => {
        const written = this.#tables[table].finish();
        this.#list(written);
        return [table, { bytes: written.bytes, rawBytes: this.#tables[table].rawBytes }];
      }),
    ) as unknown as CardFacts['files'];
    const totals = this.#totals.all;
    this.#index.text(`\n},\n"totals": ${JSON.stringify(totals)}\n}\n`);
    this.#list(this.#index.finish());
    const splits = splitsOf(this.#samples, meta.ratios, meta.seed);
    this.#list(whole(folder, 'splits.json', splitsText(splits, meta)));
    this.#list(whole(folder, 'README.md', cardOf({ meta, rows, files, totals: this.#totals, splits })));
    this.#manifest.text(`\n ],\n "rows": ${JSON.stringify(rows)}\n}\n`);
    const { sha256 } = this.#manifest.finish();
    return { samples: this.#totals.samples, rows, sha256 };
  }

  /** Gives up what is not finished. */
  discard(): void {
    for (const table of TABLE_NAMES) this.#tables[table].discard();
    this.#index.discard();
    this.#manifest.discard();
  }
}

/** Whether `target` is a link to `source` now; a file that was there gives way. */
function isLinked(source: string, target: string): boolean {
  try {
    rmSync(target, { force: true });
    linkSync(source, target);
    return true;
  } catch {
    return false;
  }
}

const faulty = (path: string, problem: string): Failed =>
  new Failed({ code: 'badFile', path, format: 'part of a dataset', problems: [problem] });

function whole(folder: string, path: string, text: string): WrittenFile {
  const file = new OutputFile(folder, path);
  try {
    file.text(text);
    return file.finish();
  } finally {
    file.discard();
  }
}

/** Rows of `samples` by the names of its columns. */
function rowsByName(columns: readonly (readonly Cell[])[]): SampleRow[] {
  return (columns[0] ?? []).map(
    (_, row) =>
      Object.fromEntries(
        TABLES.samples.map(({ name }, column) => [name, columns[column]?.[row] ?? null]),
      ) as unknown as SampleRow,
  );
}
