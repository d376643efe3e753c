import { join } from 'node:path';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
} from 'hyparquet';
import { Failed } from '#main/platform';
import { type Cell, TABLES, type TableName } from '#shared/dataset';
import { tablePath } from '../storage';

export type Row = readonly Cell[];

/** The rows of a table of a dataset in turn, one row group in memory. Throws `Failed`. */
export class TableRows {
  readonly #path: string;
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  #group = 0;
  #next = 0;
  #rows: readonly Row[] = [];

  private constructor(path: string, file: AsyncBuffer, metadata: FileMetaData) {
    this.#path = path;
    this.#file = file;
    this.#metadata = metadata;
  }

  static async open(folder: string, table: TableName): Promise<TableRows> {
    const path = join(folder, tablePath(table));
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const columns = metadata.schema.filter(
      ({ name }, index) => index > 0 && !(name === 'list' || name === 'element'),
    );
    const wanted = TABLES[table].map(({ name }) => name);
    if (columns.map(({ name }) => name).join() !== wanted.join())
      throw faulty(path, `its columns are not those of ${table}`);
    return new TableRows(path, file, metadata);
  }

  /** The next `count` rows, cells in the order of the table's columns. */
  async take(count: number): Promise<readonly Row[]> {
    const taken: Row[] = [];
    while (taken.length < count) {
      if (this.#next === this.#rows.length && !(await this.#readGroup()))
        throw faulty(this.#path, 'it ends before the samples do');
      const end = Math.min(this.#rows.length, this.#next + count - taken.length);
      for (; this.#next < end; this.#next++) taken.push(this.#rows[this.#next] ?? []);
    }
    return taken;
  }

  /** Throws where rows are left. */
  end(): void {
    if (this.#next < this.#rows.length || this.#group < this.#metadata.row_groups.length)
      throw faulty(this.#path, 'it has rows of samples that are not there');
  }

  async #readGroup(): Promise<boolean> {
    const group = this.#metadata.row_groups[this.#group];
    if (!group) return false;
    const rowStart = this.#metadata.row_groups
      .slice(0, this.#group)
      .reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
    await parquetRead({
      file: this.#file,
      metadata: this.#metadata,
      rowStart,
      rowEnd: rowStart + Number(group.num_rows),
      onComplete: rows => {
        this.#rows = rows as readonly Row[];
      },
    });
    this.#next = 0;
    this.#group++;
    return true;
  }
}

export const faulty = (path: string, ...problems: string[]): Failed =>
  new Failed({ code: 'badFile', path, format: 'dataset', problems });
