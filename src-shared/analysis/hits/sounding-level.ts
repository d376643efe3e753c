import type { HitContract } from './contract';

/** Keeps the gain of silence finite. */
const FLOOR = 1e-12;

/** Measures mono audio that streams by where it sounds, so that pauses do not count. Holds one number a tenth of a second. */
export class SoundingLevel {
  readonly #blockFrames: number;
  readonly #shareOfLoudest: number;
  readonly #powers: number[] = [];
  #squares = 0;
  #filled = 0;

  constructor({ blockFrames, shareOfLoudest }: HitContract['level']) {
    this.#blockFrames = blockFrames;
    this.#shareOfLoudest = shareOfLoudest;
  }

  push(samples: Float32Array): void {
    for (let at = 0; at < samples.length; at++) {
      this.#squares += samples[at]! ** 2;
      if (++this.#filled < this.#blockFrames) continue;
      this.#powers.push(this.#squares / this.#blockFrames);
      this.#squares = 0;
      this.#filled = 0;
    }
  }

  /** Factor that gives the audio unit power where it sounds. A last block that is not full counts only when it is the only one. */
  gain(): number {
    const powers = this.#powers.length > 0 ? this.#powers : [this.#squares / Math.max(1, this.#filled)];
    const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
    const sounding = powers.filter(power => power >= this.#shareOfLoudest * loudest);
    return 1 / Math.sqrt(sounding.reduce((sum, power) => sum + power, 0) / sounding.length + FLOOR);
  }
}
