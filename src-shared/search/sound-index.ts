import { invariant } from '../base';
import { principalAxes, project } from './principal-axes';

/** Directions that a first look compares; of drum sounds they hold nearly all of a vector's length. */
const LEAD = 24;
/** The axes are chosen anew when there are so many times more vectors than when they were. */
const OUTGROWN = 4;
const MOST_CODE = 127;
/** A query is kept finer than the codes. */
const MOST_AIM = 2047;

/** A query made ready for the bound. */
export interface Aim {
  readonly vector: Float32Array;
  readonly lead: Int32Array;
  readonly leadScale: number;
  /** Sum of the sizes of the lead, and what the lead's rounding may come to at most. */
  readonly leadSum: number;
  readonly leadError: number;
  /** Length of what the lead leaves out. */
  readonly rest: number;
}

/**
 * Vectors in two forms, by slot: as they came (float32), and as 24 bytes, their place along the axes on which all of them together are
 * longest, with the length of the rest. From the bytes a bound on any product follows (Cauchy and Schwarz), so that most vectors are passed
 * over after 24 numbers and none wrongly; the others are multiplied out.
 */
export class SoundIndex {
  readonly size: number;
  readonly leadSize: number;
  #count = 0;
  #countOfAxes = 0;
  #axes: Float32Array;
  #vectors: Float32Array;
  #leads: Int8Array;
  #leadScales: Float32Array;
  #rests: Float32Array;

  constructor(size: number) {
    invariant(size > 0 && size <= 4096, 'vectors have 1 to 4,096 numbers');
    this.size = size;
    this.leadSize = Math.min(LEAD, size);
    this.#axes = new Float32Array(this.leadSize * size);
    this.#vectors = new Float32Array(0);
    this.#leads = new Int8Array(0);
    this.#leadScales = new Float32Array(0);
    this.#rests = new Float32Array(0);
  }

  /** Vectors in it, at slots 0 to `count` - 1 in the order of appending. */
  get count(): number {
    return this.#count;
  }

  /** All vectors, one after the other; a view that is true until the next `append`. */
  get vectors(): Float32Array {
    return this.#vectors.subarray(0, this.#count * this.size);
  }

  /** Bytes that it holds. */
  get bytes(): number {
    const parts = [this.#vectors, this.#leads, this.#leadScales, this.#rests];
    return parts.reduce((sum, part) => sum + part.byteLength, 0);
  }

  append(vectors: Float32Array): void {
    invariant(vectors.length % this.size === 0, 'whole vectors are appended');
    const first = this.#count;
    const count = first + vectors.length / this.size;
    this.#grow(count);
    this.#vectors.set(vectors, first * this.size);
    this.#count = count;
    if (count > OUTGROWN * this.#countOfAxes) {
      this.#axes = principalAxes(this.vectors, this.size, this.leadSize);
      this.#countOfAxes = count;
      for (let slot = 0; slot < count; slot++) this.#look(slot);
    } else for (let slot = first; slot < count; slot++) this.#look(slot);
  }

  /** Makes a query ready; `vector` may be of any length. */
  aim(vector: Float32Array): Aim {
    invariant(vector.length === this.size, 'a query is as long as the vectors');
    const along = new Float32Array(this.leadSize);
    project(vector, 0, this.#axes, this.size, along);
    const lead = new Int32Array(this.leadSize);
    const leadScale = quantise(along, 0, this.leadSize, MOST_AIM, lead, 0);
    const whole = lengthOf(vector, 0, this.size);
    return {
      vector,
      lead,
      leadScale,
      leadSum: along.reduce((sum, value) => sum + Math.abs(value), 0),
      leadError: (leadScale / 2) * Math.sqrt(this.leadSize),
      rest: restOf(whole, lengthOf(along, 0, this.leadSize)),
    };
  }

  /** The product of a query and the vector at `slot`, all of it counted. */
  exact(query: Float32Array, slot: number): number {
    return multiply(this.#vectors, slot * this.size, query, this.size);
  }

  /**
   * Offers each of the first `count` of `rows` at its cost less the product of the query and the vector at its slot. Rows that the bound
   * shows to be worse than what `best` holds are left out.
   *
   * @param slots of each row; negative: without a vector, and its cost stays as it is
   * @param costs of each row
   */
  scan(
    aim: Aim,
    rows: Int32Array,
    count: number,
    slots: Int32Array,
    costs: Float32Array,
    best: { readonly limit: number; offer(cost: number, row: number): void },
  ): void {
    const { size, leadSize } = this;
    const vectors = this.#vectors;
    const leads = this.#leads;
    const leadScales = this.#leadScales;
    const rests = this.#rests;
    const { lead: aimLead, leadScale, leadSum, leadError, rest, vector } = aim;
    for (let at = 0; at < count; at++) {
      const row = rows[at]!;
      const slot = slots[row]!;
      const cost = costs[row]!;
      if (slot < 0) {
        if (cost <= best.limit) best.offer(cost, row);
        continue;
      }
      const scale = leadScales[slot]!;
      const product = dot(leads, slot * leadSize, aimLead, leadSize) * scale * leadScale;
      // Half a step of rounding in each number at most, of the bytes and of the query.
      const most = product + 0.5 * scale * leadSum + leadError + rest * rests[slot]! + 1e-6;
      if (cost - most > best.limit) continue;
      const found = cost - multiply(vectors, slot * size, vector, size);
      if (found <= best.limit) best.offer(found, row);
    }
  }

  /** As `scan` without the bound: where nearly all rows are wanted it only costs. */
  scanAll(
    query: Float32Array,
    rows: Int32Array,
    slots: Int32Array,
    costs: Float32Array,
    into: { offer(cost: number, row: number): void },
  ): void {
    const vectors = this.#vectors;
    const { size } = this;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const slot = slots[row]!;
      into.offer(costs[row]! - (slot < 0 ? 0 : multiply(vectors, slot * size, query, size)), row);
    }
  }

  #grow(count: number): void {
    if (count <= this.#rests.length) return;
    const capacity = Math.max(count, Math.ceil(1.5 * this.#rests.length));
    const { size, leadSize } = this;
    const into = <Columns extends Float32Array | Int8Array>(wider: Columns, old: Columns): Columns => {
      wider.set(old);
      return wider;
    };
    this.#vectors = into(new Float32Array(capacity * size), this.#vectors);
    this.#leads = into(new Int8Array(capacity * leadSize), this.#leads);
    this.#leadScales = into(new Float32Array(capacity), this.#leadScales);
    this.#rests = into(new Float32Array(capacity), this.#rests);
  }

  #look(slot: number): void {
    const from = slot * this.size;
    const along = new Float32Array(this.leadSize);
    project(this.#vectors, from, this.#axes, this.size, along);
    const to = slot * this.leadSize;
    this.#leadScales[slot] = quantise(along, 0, this.leadSize, MOST_CODE, this.#leads, to);
    const whole = lengthOf(this.#vectors, from, this.size);
    this.#rests[slot] = restOf(whole, lengthOf(along, 0, this.leadSize));
  }
}

/** Four sums side by side, so that none waits for another. */
function dot(codes: Int8Array, start: number, aim: Int32Array, size: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let from = start;
  let at = 0;
  for (; at + 3 < size; at += 4, from += 4) {
    a = (a + Math.imul(codes[from]!, aim[at]!)) | 0;
    b = (b + Math.imul(codes[from + 1]!, aim[at + 1]!)) | 0;
    c = (c + Math.imul(codes[from + 2]!, aim[at + 2]!)) | 0;
    d = (d + Math.imul(codes[from + 3]!, aim[at + 3]!)) | 0;
  }
  for (; at < size; at++, from++) a = (a + Math.imul(codes[from]!, aim[at]!)) | 0;
  return a + b + c + d;
}

function multiply(vectors: Float32Array, start: number, query: Float32Array, size: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let from = start;
  let at = 0;
  for (; at + 3 < size; at += 4, from += 4) {
    a += vectors[from]! * query[at]!;
    b += vectors[from + 1]! * query[at + 1]!;
    c += vectors[from + 2]! * query[at + 2]!;
    d += vectors[from + 3]! * query[at + 3]!;
  }
  for (; at < size; at++, from++) a += vectors[from]! * query[at]!;
  return a + b + c + d;
}

/** Writes whole numbers up to `most` and answers what one of them is worth. */
function quantise(
  values: Float32Array,
  from: number,
  count: number,
  most: number,
  into: Int8Array | Int32Array,
  to: number,
): number {
  let largest = 0;
  for (let at = 0; at < count; at++) largest = Math.max(largest, Math.abs(values[from + at]!));
  const scale = largest / most;
  if (scale === 0) {
    into.fill(0, to, to + count);
    return 0;
  }
  for (let at = 0; at < count; at++) into[to + at] = Math.round(values[from + at]! / scale);
  return scale;
}

function lengthOf(values: Float32Array, from: number, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += values[from + at]! ** 2;
  return Math.sqrt(sum);
}

/** Never less than it is: rounding must not make the bound too low. */
const restOf = (whole: number, lead: number): number => Math.sqrt(Math.max(0, whole ** 2 - lead ** 2)) + 1e-6;
