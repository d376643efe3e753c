/** Position of the first of `sorted[start..start + count)` that is not below `value`. */
function lowerBound(sorted: Float32Array, start: number, count: number, value: number): number {
  let low = start;
  let high = start + count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts `value` at its place among the `count` sorted values from `start`; there must be room for one more. */
function insert(sorted: Float32Array, start: number, count: number, value: number): void {
  let at = start + count;
  while (at > start && sorted[at - 1]! > value) {
    sorted[at] = sorted[at - 1]!;
    at--;
  }
  sorted[at] = value;
}

function remove(sorted: Float32Array, start: number, count: number, value: number): void {
  const last = start + count - 1;
  for (let at = lowerBound(sorted, start, count, value); at < last; at++) sorted[at] = sorted[at + 1]!;
}

/** `insert` and `remove` in one walk: only the values between the two are moved. */
function replace(sorted: Float32Array, start: number, count: number, old: number, value: number): void {
  let at = lowerBound(sorted, start, count, old);
  if (value > old) {
    const last = start + count - 1;
    while (at < last && sorted[at + 1]! < value) {
      sorted[at] = sorted[at + 1]!;
      at++;
    }
  } else {
    while (at > start && sorted[at - 1]! > value) {
      sorted[at] = sorted[at - 1]!;
      at--;
    }
  }
  sorted[at] = value;
}

/**
 * Median of each value with its neighbours in `width` places (odd), fewer at the ends. Of an even number of
 * values it is the greater of the two in the middle. `values` must hold no NaN.
 */
export function runningMedian(values: Float32Array, width: number, output: Float32Array): void {
  const reach = (width - 1) / 2;
  const { length } = values;
  const sorted = new Float32Array(width);
  let count = 0;
  for (let at = 0; at < Math.min(reach, length); at++) insert(sorted, 0, count++, values[at]!);
  for (let at = 0; at < length; at++) {
    const isArriving = at + reach < length;
    const isLeaving = at - reach - 1 >= 0;
    if (isArriving && isLeaving) {
      replace(sorted, 0, count, values[at - reach - 1]!, values[at + reach]!);
    } else if (isArriving) insert(sorted, 0, count++, values[at + reach]!);
    else if (isLeaving) remove(sorted, 0, count--, values[at - reach - 1]!);
    output[at] = sorted[count >>> 1]!;
  }
}

/** The median over the last `width` of a stream of rows, for each of their columns by itself. */
export class MedianOfRows {
  readonly #columns: number;
  readonly #width: number;
  /** `width` sorted values for each column in turn. */
  readonly #sorted: Float32Array;
  /** The rows held, in a ring. */
  readonly #rows: Float32Array;
  #count = 0;
  #oldest = 0;

  constructor(columns: number, width: number) {
    this.#columns = columns;
    this.#width = width;
    this.#sorted = new Float32Array(columns * width);
    this.#rows = new Float32Array(columns * width);
  }

  /** Rows held, at most `width`. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next row; the oldest goes when there are `width` already. */
  push(row: Float32Array): void {
    const columns = this.#columns;
    const width = this.#width;
    const isFull = this.#count === width;
    const place = ((this.#oldest + this.#count) % width) * columns;
    for (let column = 0; column < columns; column++) {
      const value = row[column]!;
      if (isFull) replace(this.#sorted, column * width, width, this.#rows[place + column]!, value);
      else insert(this.#sorted, column * width, this.#count, value);
      this.#rows[place + column] = value;
    }
    if (isFull) this.#oldest = (this.#oldest + 1) % width;
    else this.#count++;
  }

  /** Lets the oldest row go, as at the end of the stream. */
  drop(): void {
    const place = this.#oldest * this.#columns;
    for (let column = 0; column < this.#columns; column++) {
      remove(this.#sorted, column * this.#width, this.#count, this.#rows[place + column]!);
    }
    this.#oldest = (this.#oldest + 1) % this.#width;
    this.#count--;
  }

  /** The medians of the rows held, the greater middle one when they are even in number. */
  medians(output: Float32Array): void {
    const middle = this.#count >>> 1;
    for (let column = 0; column < this.#columns; column++) {
      output[column] = this.#sorted[column * this.#width + middle]!;
    }
  }
}
