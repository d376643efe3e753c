import type { WrittenFile } from '../storage/output-file';
import type { SplitSize } from './layout-writer';

/** A file of a row of them that are about as large as each other. */
export interface Shard<Item> {
  readonly bytes: number;
  readonly rows: number;
  readonly rawBytes: number;
  add(item: Item): void;
  finish(): WrittenFile;
  discard(): void;
}

/** Items in turn over files that hold no more than `limit` bytes each, but one item at least. */
export class Shards<Item> {
  readonly #open: (index: number) => Shard<Item>;
  readonly #limit: number;
  readonly #finished: { readonly file: WrittenFile; readonly size: SplitSize }[] = [];
  #current: Shard<Item> | null = null;

  constructor(open: (index: number) => Shard<Item>, limit: number) {
    this.#open = open;
    this.#limit = limit;
  }

  /** `bytes`: what the item takes, nearly. */
  add(item: Item, bytes: number): void {
    if (this.#current && this.#current.bytes + bytes > this.#limit) this.#finishCurrent();
    this.#current ??= this.#open(this.#finished.length);
    this.#current.add(item);
  }

  finish(): { readonly files: readonly WrittenFile[]; readonly size: SplitSize } {
    this.#finishCurrent();
    const sum = (of: keyof SplitSize): number =>
      this.#finished.reduce((total, { size }) => total + size[of], 0);
    return {
      files: this.#finished.map(({ file }) => file),
      size: { rows: sum('rows'), bytes: sum('bytes'), rawBytes: sum('rawBytes') },
    };
  }

  discard(): void {
    this.#current?.discard();
  }

  #finishCurrent(): void {
    if (!this.#current) return;
    const { rows } = this.#current;
    const file = this.#current.finish();
    const { rawBytes } = this.#current;
    this.#finished.push({ file, size: { rows, bytes: file.bytes, rawBytes } });
    this.#current = null;
  }
}
