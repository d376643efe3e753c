import { type Cell, type Split, TABLES, type TableName } from '#shared/dataset';
import { cardFeatures, ParquetTable } from '../storage/parquet-table';
import type { LayoutFiles } from './layout-files';
import { BySplit, type LayoutConfig } from './layout-writer';
import type { SourceSample } from './source';

const LABEL_TABLES = ['exercises', 'measures', 'strokes', 'beats', 'mishaps'] as const;

/** The tables of labels beside a layout's samples, one file a split. */
export class LabelTables {
  readonly #tables: Readonly<Record<(typeof LABEL_TABLES)[number], BySplit<ParquetTable>>>;

  constructor(files: LayoutFiles) {
    const table = (name: TableName) =>
      new BySplit(split => new ParquetTable(files.open(labelPath(name, split)), name));
    this.#tables = {
      exercises: table('exercises'),
      measures: table('measures'),
      strokes: table('strokes'),
      beats: table('beats'),
      mishaps: table('mishaps'),
    };
  }

  add(split: Split, { cells }: SourceSample): void {
    for (const name of LABEL_TABLES) {
      const rows = cells[name];
      this.#tables[name]
        .at(split)
        .append(TABLES[name].map((_, at): Cell[] => rows.map(row => row[at] ?? null)));
    }
  }

  finish(): readonly LayoutConfig[] {
    return LABEL_TABLES.map(name => ({
      name,
      features: cardFeatures(TABLES[name]),
      files: this.#tables[name].map((_, split) => [labelPath(name, split)]),
      splits: this.#tables[name].map(table => ({
        rows: table.rows,
        bytes: table.finish().bytes,
        rawBytes: table.rawBytes,
      })),
    }));
  }

  discard(): void {
    for (const name of LABEL_TABLES) for (const table of this.#tables[name].values()) table.discard();
  }
}

/** One file: all labels of a hundred thousand samples are smaller than one shard of audio. */
const labelPath = (table: TableName, split: Split): string =>
  `labels/${table}/${split}-00000-of-00001.parquet`;
