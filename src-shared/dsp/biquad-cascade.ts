import type { BiquadCoefficients } from './filter';

/** Small enough to stay in a processor's nearest cache while every section passes over it. */
const BLOCK = 2048;
const ASIS: BiquadCoefficients = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };
/** Four values a section pair keeps from one block to the next. */
const STATES = 4;

/**
 * Second-order sections one behind the other over a stream, in double precision. Sections run two to a loop: each waits for its own
 * last output most of the time, and the other's arithmetic fits into the wait.
 */
export class BiquadCascade {
  readonly #pairs: readonly (readonly [BiquadCoefficients, BiquadCoefficients])[];
  readonly #states: Float64Array;

  constructor(sections: readonly BiquadCoefficients[]) {
    this.#pairs = Array.from({ length: Math.ceil(sections.length / 2) }, (_, pair) => [
      sections[2 * pair] ?? ASIS,
      sections[2 * pair + 1] ?? ASIS,
    ]);
    this.#states = new Float64Array(STATES * this.#pairs.length);
  }

  /** Filters the first `count` of `values` where they are. */
  pass(values: Float64Array, count: number): void {
    for (const [index, [first, second]] of this.#pairs.entries())
      passPair(values, count, first, second, this.#states.subarray(STATES * index));
  }
}

/** Transposed direct form II, twice. */
function passPair(
  values: Float64Array,
  count: number,
  { b0, b1, b2, a1, a2 }: BiquadCoefficients,
  { b0: c0, b1: c1, b2: c2, a1: d1, a2: d2 }: BiquadCoefficients,
  states: Float64Array,
): void {
  let s1 = states[0]!;
  let s2 = states[1]!;
  let t1 = states[2]!;
  let t2 = states[3]!;
  for (let frame = 0; frame < count; frame++) {
    const input = values[frame]!;
    const between = b0 * input + s1;
    s1 = b1 * input - a1 * between + s2;
    s2 = b2 * input - a2 * between;
    const output = c0 * between + t1;
    t1 = c1 * between - d1 * output + t2;
    t2 = c2 * between - d2 * output;
    values[frame] = output;
  }
  states.set([s1, s2, t1, t2]);
}

/** `samples` through `sections`; `bothWays` once more from the end to the beginning, so that no phase is left. */
export function throughSections(
  samples: Float32Array,
  sections: readonly BiquadCoefficients[],
  bothWays = false,
): Float32Array {
  const output = new Float32Array(samples.length);
  const block = new Float64Array(BLOCK);
  const forwards = new BiquadCascade(sections);
  for (let start = 0; start < samples.length; start += BLOCK) {
    const count = Math.min(BLOCK, samples.length - start);
    for (let frame = 0; frame < count; frame++) block[frame] = samples[start + frame]!;
    forwards.pass(block, count);
    for (let frame = 0; frame < count; frame++) output[start + frame] = block[frame]!;
  }
  if (!bothWays) return output;
  const backwards = new BiquadCascade(sections);
  for (let end = samples.length; end > 0; end -= BLOCK) {
    const count = Math.min(BLOCK, end);
    for (let frame = 0; frame < count; frame++) block[frame] = output[end - 1 - frame]!;
    backwards.pass(block, count);
    for (let frame = 0; frame < count; frame++) output[end - 1 - frame] = block[frame]!;
  }
  return output;
}
