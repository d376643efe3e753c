/** A queue of values: appended at one end, looked at and dropped from the other. */
export class SampleQueue {
  #values = new Float32Array(1 << 14);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(values: Float32Array): void {
    this.#makeRoom(values.length);
    this.#values.set(values, this.#end);
    this.#end += values.length;
  }

  pushZeros(count: number): void {
    this.#makeRoom(count);
    this.#values.fill(0, this.#end, this.#end + count);
    this.#end += count;
  }

  /** The oldest `count` values, valid until the next call. */
  peek(count: number): Float32Array {
    return this.#values.subarray(this.#start, Math.min(this.#end, this.#start + count));
  }

  drop(count: number): void {
    this.#start = Math.min(this.#end, this.#start + count);
  }

  /** The oldest `count` values, as the caller's own. */
  take(count: number): Float32Array {
    const taken = this.peek(count).slice();
    this.drop(count);
    return taken;
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#values.length) return;
    const held = this.peek(this.length);
    const room = 2 * (held.length + count);
    const values = room > this.#values.length ? new Float32Array(room) : this.#values;
    values.set(held);
    this.#values = values;
    this.#end = held.length;
    this.#start = 0;
  }
}

/** Adds windows of `size` values, `hop` apart, into one stream. */
export class OverlapAdd {
  readonly #hop: number;
  readonly #sum: Float64Array;

  constructor(size: number, hop: number) {
    this.#hop = hop;
    this.#sum = new Float64Array(size);
  }

  /** Adds the next window; writes the `hop` values that no later one reaches to `output`. */
  push(window: Float64Array, output: Float32Array): void {
    const sum = this.#sum;
    const hop = this.#hop;
    for (let at = 0; at < sum.length; at++) sum[at]! += window[at]!;
    for (let at = 0; at < hop; at++) output[at] = sum[at]!;
    sum.copyWithin(0, hop);
    sum.fill(0, sum.length - hop);
  }
}
