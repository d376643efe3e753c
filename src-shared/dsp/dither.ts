import { hashText } from '../base';

/**
 * Triangular dither of +-1 step, white, from a seeded xorshift generator (Marsaglia 2003): quantising with it leaves
 * noise whose mean and power do not depend on the signal, so that fades do not distort.
 * @see Lipshitz, Wannamaker & Vanderkooy, "Quantization and Dither", JAES 40 (1992)
 */
export class TpdfDither {
  #state: number;

  constructor(seed: number | string, channel: number) {
    this.#state = hashText(`dither:${seed}:${channel}`) || 1;
  }

  /** Uniform in [0, 1). */
  #unit(): number {
    let word = this.#state;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    this.#state = word;
    return (word >>> 0) / 4294967296;
  }

  /** `value` (-1..1) as an integer of `bits` bits, clipped to its range. */
  quantise(value: number, bits: number): number {
    const scale = 2 ** (bits - 1);
    const integer = Math.round(value * scale + this.#unit() - this.#unit());
    return Math.max(-scale, Math.min(scale - 1, integer));
  }
}
