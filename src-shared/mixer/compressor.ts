import type { Compressor as Settings } from '../model';
import { gainOfDecibels } from '../units';
import { Ramp, rampFrames } from './ramp';

/** Width of the bend at the threshold. */
export const KNEE_DECIBELS = 6;
/** A reduction below this counts as none. */
const NONE_DECIBELS = 1e-7;
/** No compressor: nothing is ever above its threshold. */
const OFF: Settings = {
  thresholdDecibels: 0,
  ratio: 1,
  attackMilliseconds: 10,
  releaseMilliseconds: 100,
  makeupDecibels: 0,
};

/**
 * How far a level that stands still is taken down, in dB >= 0: nothing below the knee, 1 - 1 / ratio of what is above it, a parabola between.
 * @see Giannoulis, Massberg & Reiss, "Digital Dynamic Range Compressor Design", JAES 60(6), 2012, equation 4
 */
export function reductionDecibels(
  level: number,
  { thresholdDecibels, ratio }: Pick<Settings, 'thresholdDecibels' | 'ratio'>,
): number {
  const above = level - thresholdDecibels;
  const slope = 1 - 1 / ratio;
  if (above <= -KNEE_DECIBELS / 2) return 0;
  if (above >= KNEE_DECIBELS / 2) return slope * above;
  return (slope * (above + KNEE_DECIBELS / 2) ** 2) / (2 * KNEE_DECIBELS);
}

/** The gain curve of a feed-forward compressor, from the louder channel's level, its detector smooth and decoupled (equation 17 there). */
export class CompressorCurve {
  readonly #sampleRate: number;
  readonly #makeup: Ramp;
  #settings: Settings = OFF;
  #keepOfAttack = 0;
  #keepOfRelease = 0;
  /** Amplitude below which nothing is taken down. */
  #least = Infinity;
  /** What the peaks ask for, let go slowly, and what follows it at the attack's speed; dB >= 0. */
  #asked = 0;
  #reduction = 0;
  #makeupGain = 1;

  constructor(sampleRate: number, settings: Settings | null) {
    this.#sampleRate = sampleRate;
    this.#makeup = new Ramp(settings?.makeupDecibels ?? 0, rampFrames(sampleRate));
    this.aim(settings);
    this.#makeupGain = gainOfDecibels(this.#makeup.value);
  }

  aim(settings: Settings | null): void {
    this.#settings = settings ?? { ...this.#settings, ratio: 1, makeupDecibels: 0 };
    const { thresholdDecibels, ratio, attackMilliseconds, releaseMilliseconds, makeupDecibels } =
      this.#settings;
    this.#keepOfAttack = Math.exp(-1000 / (attackMilliseconds * this.#sampleRate));
    this.#keepOfRelease = Math.exp(-1000 / (releaseMilliseconds * this.#sampleRate));
    this.#least = ratio === 1 ? Infinity : gainOfDecibels(thresholdDecibels - KNEE_DECIBELS / 2);
    this.#makeup.aim(makeupDecibels);
  }

  /** Reduction now, in dB >= 0, without the make-up. */
  get reduction(): number {
    return this.#reduction;
  }

  /** The gain at the next frame, whose louder channel has the absolute value `level`. */
  next(level: number): number {
    const wanted = level > this.#least ? reductionDecibels(20 * Math.log10(level), this.#settings) : 0;
    if (wanted > 0 || this.#asked > 0 || this.#reduction > 0) this.#follow(wanted);
    if (!this.#makeup.isSettled) this.#makeupGain = gainOfDecibels(this.#makeup.advance());
    return this.#reduction === 0 ? this.#makeupGain : this.#makeupGain * gainOfDecibels(-this.#reduction);
  }

  #follow(wanted: number): void {
    const released = wanted + this.#keepOfRelease * (this.#asked - wanted);
    this.#asked = Math.max(wanted, released);
    this.#reduction = this.#asked + this.#keepOfAttack * (this.#reduction - this.#asked);
    if (this.#asked < NONE_DECIBELS) this.#asked = 0;
    if (this.#asked === 0 && this.#reduction < NONE_DECIBELS) this.#reduction = 0;
  }
}
