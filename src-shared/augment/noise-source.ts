import type { Random } from '../base';

/** Standard deviation of the sum of four bytes. */
const DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
const MEAN = 4 * 127.5;

/**
 * White noise of mean 0 and deviation 1, near enough to normal for the ear (the sum of the four bytes of a word; nothing beyond 3.5
 * deviations), and fast: xorshift128, Marsaglia 2003. Its seed is drawn from `random`.
 */
export class NoiseSource {
  readonly #words: Int32Array;

  constructor(random: Random) {
    this.#words = Int32Array.from({ length: 4 }, () => random.below(2 ** 32) | 0);
    this.#words[3]! |= 1;
  }

  /** Its next values, into the first `count` of `values`. */
  draw(values: Float64Array, count: number): void {
    let a = this.#words[0]!;
    let b = this.#words[1]!;
    let c = this.#words[2]!;
    let d = this.#words[3]!;
    for (let index = 0; index < count; index++) {
      d ^= d << 11;
      d ^= d >>> 8;
      const next = d ^ a ^ (a >>> 19);
      d = c;
      c = b;
      b = a;
      a = next;
      const sum = (a & 255) + ((a >>> 8) & 255) + ((a >>> 16) & 255) + (a >>> 24);
      values[index] = (sum - MEAN) / DEVIATION;
    }
    this.#words.set([a, b, c, d]);
  }
}

const BLOCK = 2048;

/** `samples` with white noise of RMS `level`, its seed drawn from `random`. */
export function withWhiteNoise(samples: Float32Array, random: Random, level: number): Float32Array {
  const source = new NoiseSource(random);
  const noise = new Float64Array(BLOCK);
  const output = new Float32Array(samples.length);
  for (let start = 0; start < samples.length; start += BLOCK) {
    const count = Math.min(BLOCK, samples.length - start);
    source.draw(noise, count);
    for (let frame = 0; frame < count; frame++)
      output[start + frame] = samples[start + frame]! + level * noise[frame]!;
  }
  return output;
}
