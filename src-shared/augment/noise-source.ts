import type { Random } from '../base';

/** Standard deviation of the sum of four bytes. */
const DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
const MEAN = 4 * 127.5;

/**
 * White noise of mean 0 and deviation 1, near enough to normal for the ear (the sum of the four bytes of a word; nothing beyond 3.5
 * deviations), and fast: xorshift128, Marsaglia 2003. Its seed is drawn from `random`.
 */
export class NoiseSource {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(random: Random) {
    const word = (): number => random.below(2 ** 32) | 0;
    this.#a = word();
    this.#b = word();
    this.#c = word();
    this.#d = word() | 1;
  }

  next(): number {
    let word = this.#d;
    word ^= word << 11;
    word ^= word >>> 8;
    this.#d = this.#c;
    this.#c = this.#b;
    this.#b = this.#a;
    word ^= this.#a ^ (this.#a >>> 19);
    this.#a = word;
    return ((word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - MEAN) / DEVIATION;
  }
}
