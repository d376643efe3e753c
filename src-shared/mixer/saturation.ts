import { Delay } from './delay';
import { Doubler, halfRateTaps, Halver } from '../dsp';
import { Ramp, rampFrames } from './ramp';

/** Steepness of the curve at full drive: full scale lies 12 dB above its knee. Steeper, a treble's aliases would pass -60 dB. */
const STEEPEST = 4;
/** Peaks of this amplitude (-15 dBFS) keep their height whatever the drive, so that drums at our headroom stay about as loud. */
const KEPT_AMPLITUDE = 0.18;

/** 63 taps: flat to 0.42 of the lower rate (20.2 kHz of 48), 80 dB down from 0.58. */
const STEEP = halfRateTaps(63);
/** The second doubling's images lie far off; an even length for the half frame that the averaging of the curve delays. */
const WIDE_UP = halfRateTaps(22);
const WIDE_DOWN = halfRateTaps(19);

/** Delay in frames: (31 + (10.5 + 0.5 + 9) / 2 + 31) / 2. */
export const SATURATION_FRAMES = 36;

/** Steepness of the curve at a drive of 0..1. */
const steepnessOf = (drive: number): number => STEEPEST * drive * drive;

/** Gain of small signals at a steepness, so that `KEPT_AMPLITUDE` stays where it is. */
const makeupOf = (steepness: number): number => Math.sqrt(1 + (steepness * KEPT_AMPLITUDE) ** 2);

/** What the curve makes of an amplitude that stands still. */
export const saturated = (amplitude: number, drive: number): number => {
  const steepness = steepnessOf(drive);
  return (makeupOf(steepness) * amplitude) / Math.sqrt(1 + (steepness * amplitude) ** 2);
};

/**
 * Drives one channel into y = m x / sqrt(1 + (k x)^2). Only what the curve adds to m x runs at four times the rate, so the linear part is
 * exact and no drive is no change; there the curve is averaged over each step (first-order antiderivative anti-aliasing), which for this
 * curve is (a + b) / (sqrt(1 + (k a)^2) + sqrt(1 + (k b)^2)), without the cancellation that others have.
 * @see Parker, Zavalishin & Le Bivic, "Reducing the Aliasing of Nonlinear Waveshaping Using Continuous-Time Convolution", DAFx 2016
 */
export class Saturation {
  readonly #drive: Ramp;
  readonly #delay = new Delay(SATURATION_FRAMES);
  readonly #up = [new Doubler(STEEP), new Doubler(WIDE_UP)] as const;
  readonly #down = [new Halver(WIDE_DOWN), new Halver(STEEP)] as const;
  #twice = new Float64Array(0);
  #fourfold = new Float64Array(0);
  #added = new Float64Array(0);
  #gains = new Float64Array(0);
  #before = 0;
  #rootBefore = 1;

  constructor(sampleRate: number, drive: number) {
    this.#drive = new Ramp(drive, rampFrames(sampleRate));
  }

  aim(drive: number): void {
    if (this.#isIdle && drive > 0) this.#clear();
    this.#drive.aim(drive);
  }

  /** Replaces the first `count` frames of `samples`, `SATURATION_FRAMES` later. */
  pass(samples: Float64Array, count: number): void {
    if (this.#isIdle) {
      this.#delay.pass(samples, count);
      return;
    }
    this.#reserve(count);
    const [first, second] = this.#up;
    first.pass(samples, count, this.#twice);
    second.pass(this.#twice, 2 * count, this.#fourfold);
    this.#bend(count);
    const [third, fourth] = this.#down;
    third.pass(this.#fourfold, 2 * count, this.#twice);
    fourth.pass(this.#twice, count, this.#added);
    this.#delay.pass(samples, count);
    const gains = this.#gains;
    const added = this.#added;
    for (let frame = 0; frame < count; frame++)
      samples[frame] = gains[frame]! * samples[frame]! + added[frame]!;
  }

  get #isIdle(): boolean {
    return this.#drive.isSettled && this.#drive.value === 0;
  }

  /** Replaces the oversampled signal by what the curve adds to it, and notes the gain of the linear part. */
  #bend(count: number): void {
    const values = this.#fourfold;
    let before = this.#before;
    let rootBefore = this.#rootBefore;
    for (let frame = 0; frame < count; frame++) {
      const steepness = steepnessOf(this.#drive.advance());
      const makeup = makeupOf(steepness);
      const square = steepness * steepness;
      this.#gains[frame] = makeup;
      for (let at = 4 * frame; at < 4 * frame + 4; at++) {
        const value = values[at]!;
        const root = Math.sqrt(1 + square * value * value);
        values[at] = makeup * (before + value) * (1 / (rootBefore + root) - 0.5);
        before = value;
        rootBefore = root;
      }
    }
    this.#before = before;
    this.#rootBefore = rootBefore;
  }

  #reserve(count: number): void {
    if (this.#added.length >= count) return;
    this.#twice = new Float64Array(2 * count);
    this.#fourfold = new Float64Array(4 * count);
    this.#added = new Float64Array(count);
    this.#gains = new Float64Array(count);
  }

  #clear(): void {
    for (const part of [...this.#up, ...this.#down]) part.clear();
    this.#before = 0;
    this.#rootBefore = 1;
  }
}
