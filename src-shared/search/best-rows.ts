import { invariant } from '../base';

/**
 * The `capacity` rows of least cost among those offered, however many: a heap in two typed arrays, the costliest kept one on
 * top. Of equal costs the lower row is the better one, so that the outcome does not depend on the order of offering.
 */
export class BestRows {
  readonly #costs: Float32Array;
  readonly #rows: Int32Array;
  #count = 0;
  /** A row that costs more than this is refused; infinite until all places are taken. */
  limit = Infinity;

  constructor(capacity: number) {
    this.#costs = new Float32Array(capacity);
    this.#rows = new Int32Array(capacity);
    if (capacity === 0) this.limit = -Infinity;
  }

  get count(): number {
    return this.#count;
  }

  offer(exactCost: number, row: number): void {
    const cost = Math.fround(exactCost);
    const costs = this.#costs;
    const rows = this.#rows;
    if (this.#count < costs.length) {
      this.#rise(this.#count++, cost, row);
      if (this.#count === costs.length) this.limit = costs[0]!;
      return;
    }
    if (cost > this.limit || (cost === this.limit && row > rows[0]!)) return;
    this.#sink(cost, row);
    this.limit = costs[0]!;
  }

  /** The rows, best first. */
  sorted(): { readonly rows: Int32Array; readonly costs: Float32Array } {
    return sortByCost(this.#rows.slice(0, this.#count), this.#costs.slice(0, this.#count));
  }

  /** The rows in no particular order. */
  rows(): Int32Array {
    return this.#rows.subarray(0, this.#count);
  }

  #rise(from: number, cost: number, row: number): void {
    const costs = this.#costs;
    const rows = this.#rows;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isWorse(cost, row, costs[parent]!, rows[parent]!)) {
        costs[at] = costs[parent]!;
        rows[at] = rows[parent]!;
        at = parent;
      } else break;
    }
    costs[at] = cost;
    rows[at] = row;
  }

  #sink(cost: number, row: number): void {
    const costs = this.#costs;
    const rows = this.#rows;
    const count = this.#count;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      const right = child + 1;
      if (right < count && isWorse(costs[right]!, rows[right]!, costs[child]!, rows[child]!)) child = right;
      if (!isWorse(costs[child]!, rows[child]!, cost, row)) break;
      costs[at] = costs[child]!;
      rows[at] = rows[child]!;
      at = child;
    }
    costs[at] = cost;
    rows[at] = row;
  }
}

/** All rows that cost less than `limit`. */
export class RowsBelow {
  readonly #costs: Float32Array;
  readonly #rows: Int32Array;
  #count = 0;
  readonly limit: number;

  constructor(limit: number, most: number) {
    this.limit = limit;
    this.#costs = new Float32Array(most);
    this.#rows = new Int32Array(most);
  }

  offer(cost: number, row: number): void {
    if (cost >= this.limit) return;
    this.#costs[this.#count] = cost;
    this.#rows[this.#count++] = row;
  }

  sorted(): { readonly rows: Int32Array; readonly costs: Float32Array } {
    return sortByCost(this.#rows.subarray(0, this.#count), this.#costs.slice(0, this.#count));
  }
}

const isWorse = (cost: number, row: number, otherCost: number, otherRow: number): boolean =>
  cost > otherCost || (cost === otherCost && row > otherRow);

/** Row numbers that fit beside 32 bits of a cost into the 53 of a number. */
const MOST_ROWS = 1 << 21;
const SIGN = 0x80000000;

/**
 * Rows by their costs, the least first; of equal costs the lower row. Costs count as float32: its bits, made to rise with it, and the
 * row make one number, and numbers without a comparison function sort ten times as fast.
 */
export function sortByCost(
  rows: Int32Array,
  costs: Float32Array,
): { readonly rows: Int32Array; readonly costs: Float32Array } {
  const keys = new Float64Array(rows.length);
  const bits = new Uint32Array(costs.buffer, costs.byteOffset, costs.length);
  for (let at = 0; at < rows.length; at++) {
    invariant(rows[at]! < MOST_ROWS, 'at most two million rows are sorted');
    // Both zeros are one.
    const own = bits[at]!;
    const raw = own === SIGN ? 0 : own;
    const rising = raw >>> 31 === 1 ? ~raw >>> 0 : (raw | SIGN) >>> 0;
    keys[at] = rising * MOST_ROWS + rows[at]!;
  }
  keys.sort();
  const sortedRows = new Int32Array(rows.length);
  const sortedCosts = new Float32Array(rows.length);
  const sortedBits = new Uint32Array(sortedCosts.buffer);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    const rising = Math.floor(key / MOST_ROWS);
    sortedRows[at] = key - rising * MOST_ROWS;
    sortedBits[at] = rising >>> 31 === 1 ? rising & 0x7fffffff : ~rising;
  }
  return { rows: sortedRows, costs: sortedCosts };
}
