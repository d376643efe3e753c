import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { type Cell, type Column, TABLES, type TableName } from '#shared/dataset';
import type { FileInMaking, WrittenFile } from './output-file';

/** Cells of a table, column by column. */
export type Columns = readonly (readonly Cell[])[];

/**
 * Rows of a row group: the seed's thousand where a sample has one row; of tables with many rows a sample as many as belong to about as many
 * samples, since each group is paid for in the footer.
 */
const GROUP_ROWS: Readonly<Record<TableName, number>> = {
  samples: 1000,
  exercises: 1000,
  measures: 10_000,
  strokes: 50_000,
  beats: 20_000,
  mishaps: 10_000,
};

/** A table's Parquet file in the making: rows come in any number, row groups go out full. Snappy, as the seed has it. */
export class ParquetTable {
  readonly #columns: readonly Column[];
  readonly #groupRows: number;
  readonly #file: FileInMaking;
  readonly #writer: ParquetWriter;
  readonly #waiting: Cell[][];
  #rows = 0;

  constructor(file: FileInMaking, table: TableName, columns: readonly Column[] = TABLES[table]) {
    this.#columns = columns;
    this.#groupRows = GROUP_ROWS[table];
    this.#waiting = this.#columns.map(() => []);
    this.#file = file;
    this.#writer = new ParquetWriter({
      ...parquetHead(columns.flatMap(schemaElements), featuresOf(columns)),
      writer: new FileBytes(file),
    });
  }

  get rows(): number {
    return this.#rows;
  }

  /** Bytes of its pages before they are packed, as far as they are written. */
  get rawBytes(): number {
    return rawBytesOf(this.#writer);
  }

  append(columns: Columns): void {
    columns.forEach((cells, index) => {
      const waiting = this.#waiting[index];
      if (waiting) for (const cell of cells) waiting.push(cell);
    });
    this.#rows += columns[0]?.length ?? 0;
    let written = 0;
    for (; this.#count - written >= this.#groupRows; written += this.#groupRows)
      this.#writeGroup(written, written + this.#groupRows);
    if (written > 0) for (const waiting of this.#waiting) waiting.splice(0, written);
  }

  finish(): WrittenFile {
    if (this.#count > 0) this.#writeGroup(0, this.#count);
    void this.#writer.finish();
    return this.#file.finish();
  }

  discard(): void {
    this.#file.discard();
  }

  get #count(): number {
    return this.#waiting[0]?.length ?? 0;
  }

  #writeGroup(start: number, end: number): void {
    void this.#writer.write({
      columnData: this.#columns.map(({ name }, index) => ({
        name,
        data: this.#waiting[index]?.slice(start, end) ?? [],
      })),
      rowGroupSize: end - start,
    });
  }
}

/** What our Parquet files begin with, and what their footer tells Hugging Face's library of their columns. */
export const parquetHead = (columns: readonly SchemaElement[], features: Features) => ({
  schema: [
    {
      name: 'root',
      num_children: columns.length - columns.reduce((sum, each) => sum + (each.num_children ?? 0), 0),
    },
    ...columns,
  ],
  codec: 'SNAPPY' as const,
  kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  createdBy: 'backbeat',
});

export const rawBytesOf = (writer: ParquetWriter): number =>
  writer.row_groups.reduce((sum, { total_byte_size }) => sum + Number(total_byte_size), 0);

/** Where a Parquet writer's bytes go: to the file after every row group. */
export class FileBytes extends ByteWriter {
  readonly #file: FileInMaking;

  constructor(file: FileInMaking) {
    super();
    this.#file = file;
  }

  flush(): void {
    this.#file.bytes(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

const PHYSICAL = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  integer: { type: 'INT32' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
} as const satisfies Record<string, Partial<SchemaElement>>;

/** A column as the schema of a Parquet file has it; a list is three levels deep. */
export function schemaElements({ name, type, nullable }: Column): SchemaElement[] {
  const repetition_type = nullable ? 'OPTIONAL' : 'REQUIRED';
  if (type !== 'doubles') return [{ name, repetition_type, ...PHYSICAL[type] }];
  return [
    { name, repetition_type, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...PHYSICAL.double },
  ];
}

/** What Hugging Face's library calls the types. */
const DTYPES = {
  text: 'string',
  json: 'string',
  integer: 'int32',
  double: 'float64',
  boolean: 'bool',
} as const;

/** Columns as Hugging Face's library describes them. */
export type Features = Readonly<Record<string, object>>;

export function featuresOf(columns: readonly Column[]): Features {
  return Object.fromEntries(
    columns.map(({ name, type }) => [
      name,
      type === 'doubles'
        ? { feature: { dtype: DTYPES.double, _type: 'Value' }, _type: 'Sequence' }
        : { dtype: DTYPES[type], _type: 'Value' },
    ]),
  );
}

/** The same as a card's YAML head writes it. */
export const cardFeatures = (columns: readonly Column[]) =>
  columns.map(({ name, type }) =>
    type === 'doubles' ? { name, sequence: DTYPES.double } : { name, dtype: DTYPES[type] },
  );
