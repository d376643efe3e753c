import { type Check, checkOf, grouped, TABLE_NAMES, type TableName } from '#shared/dataset';

const PARQUET = {
  name: 'parquet_integrity',
  title: 'Tables are read, and are as described',
  group: 'integrity',
} as const;
/** Where a row without its sample is told. */
const REFERENCES: Readonly<Record<string, TableName>> = {
  exercise_refs_valid: 'exercises',
  measure_refs_valid: 'measures',
  stroke_refs_valid: 'strokes',
  beat_refs_valid: 'beats',
  mishap_refs_valid: 'mishaps',
};

type TableRows = Readonly<Record<TableName, number>>;

/** What is wrong with tables before any sample is looked at: columns, cells, rows that belong to no sample. */
export class TableFaults {
  readonly #sentences: string[] = [];
  readonly #strays = new Map<TableName, { count: number; example: string }>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(sentence: string): void {
    this.#count++;
    if (this.#sentences.length < 5) this.#sentences.push(sentence);
  }

  addStray(table: TableName, sampleId: string): void {
    const known = this.#strays.get(table);
    if (known) known.count++;
    else
      this.#strays.set(table, { count: 1, example: `${table}: a row of ${sampleId}, whose turn it is not` });
  }

  /** `promised`: rows by the manifest; `found`: those that there are, where the tables could be opened. */
  check(promised: TableRows, found?: TableRows): Check {
    const wrong = found
      ? TABLE_NAMES.flatMap(name =>
          found[name] === promised[name]
            ? []
            : [`${name} has ${found[name]} rows, and the manifest promises ${promised[name]}`],
        )
      : [];
    const rows = found ? TABLE_NAMES.reduce((sum, name) => sum + found[name], 0) : 0;
    const faults = this.#count + wrong.length;
    return checkOf(
      PARQUET,
      faults === 0 ? 'passed' : 'failed',
      faults === 0
        ? `${TABLE_NAMES.length} tables, ${grouped(rows)} rows`
        : `${grouped(faults)} faults in ${TABLE_NAMES.length} tables`,
      'columns, types and numbers of rows as promised',
      [...this.#sentences, ...wrong],
    );
  }

  withStrays(check: Check): Check {
    const table = REFERENCES[check.name];
    const stray = table && this.#strays.get(table);
    if (!stray) return check;
    const found = `${check.found}; ${grouped(stray.count)} rows without their sample`;
    return { ...check, state: 'failed', found, examples: [...check.examples.slice(0, 4), stray.example] };
  }
}
