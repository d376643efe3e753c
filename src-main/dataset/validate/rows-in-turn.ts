import type { TableName } from '#shared/dataset';
import type { Row, Table } from './table';

/** Hands out a table's rows sample by sample, in the order of the samples: as they were written. */
export class RowsInTurn<Name extends TableName> {
  readonly #groups: AsyncGenerator<readonly Row<Name>[]>;
  readonly #isSample: (id: string) => boolean;
  readonly #onStray: (id: string) => void;
  #group: readonly Row<Name>[] = [];
  #at = 0;

  /** `onStray`: told of each row whose sample is not there, or comes elsewhere. */
  constructor(
    table: Table<Name>,
    isSample: (id: string) => boolean,
    onStray: (id: string) => void,
    onFault: (sentence: string) => void,
  ) {
    this.#groups = table.groups(onFault);
    this.#isSample = isSample;
    this.#onStray = onStray;
  }

  /** The rows of `id`; `isToCome` tells samples whose turn is yet to come. */
  async of(id: string, isToCome: (id: string) => boolean): Promise<Row<Name>[]> {
    const found: Row<Name>[] = [];
    for (let row = await this.#next(); row !== null; row = await this.#next()) {
      if (row.sample_id === id) found.push(row);
      else if (this.#isSample(row.sample_id) && isToCome(row.sample_id)) return found;
      else this.#onStray(row.sample_id);
      this.#at++;
    }
    return found;
  }

  /** What is left belongs to nobody. */
  async finish(): Promise<void> {
    for (let row = await this.#next(); row !== null; row = await this.#next()) {
      this.#onStray(row.sample_id);
      this.#at++;
    }
  }

  async #next(): Promise<Row<Name> | null> {
    while (this.#at >= this.#group.length) {
      const next = await this.#groups.next();
      if (next.done === true) return null;
      this.#group = next.value;
      this.#at = 0;
    }
    return this.#group[this.#at] ?? null;
  }
}
