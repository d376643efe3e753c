import type { Mix } from '../model';
import { gainOfDecibels } from '../units';
import { CompressorCurve } from './compressor';
import { Delay } from './delay';
import { LimiterCurve, limiterFrames } from './limiter';
import { Ramp, rampFrames } from './ramp';

type Master = Mix['master'];

/**
 * Gain, bus compressor and limiter as one gain curve: what the mix is multiplied by may multiply its stems too, and they still sum to it.
 * The gains belong to the frames `frames` before those that were passed last.
 */
export class MasterCurve {
  /** How many frames the gains lie behind. */
  readonly frames: number;
  readonly #gain: Ramp;
  readonly #compressor: CompressorCurve;
  readonly #limiter: LimiterCurve;
  readonly #delay: Delay;
  #gainNow: number;
  #left = new Float64Array(0);
  #right = new Float64Array(0);
  #before = new Float64Array(0);
  /** The highest reductions since they were read last, in dB >= 0. */
  #compressed = 0;
  #limited = 0;
  gains = new Float64Array(0);

  constructor(sampleRate: number, { gainDecibels, compressor, ceilingDecibels }: Master) {
    this.frames = limiterFrames(sampleRate);
    this.#gain = new Ramp(gainDecibels, rampFrames(sampleRate));
    this.#gainNow = gainOfDecibels(gainDecibels);
    this.#compressor = new CompressorCurve(sampleRate, compressor);
    this.#limiter = new LimiterCurve(sampleRate, ceilingDecibels);
    this.#delay = new Delay(this.frames);
  }

  aim({ gainDecibels, compressor, ceilingDecibels }: Master): void {
    this.#gain.aim(gainDecibels);
    this.#compressor.aim(compressor);
    this.#limiter.aim(ceilingDecibels);
  }

  /** Takes the next `count` frames of the mix before the master and leaves the gains of those `frames` earlier in `gains`. */
  pass(left: Float64Array, right: Float64Array, count: number): void {
    if (this.gains.length < count) {
      this.gains = new Float64Array(count);
      this.#left = new Float64Array(count);
      this.#right = new Float64Array(count);
      this.#before = new Float64Array(count);
    }
    const before = this.#before;
    for (let frame = 0; frame < count; frame++) {
      if (!this.#gain.isSettled) this.#gainNow = gainOfDecibels(this.#gain.advance());
      const a = this.#gainNow * left[frame]!;
      const b = this.#gainNow * right[frame]!;
      const gain = this.#compressor.next(Math.max(Math.abs(a), Math.abs(b)));
      before[frame] = this.#gainNow * gain;
      this.#left[frame] = gain * a;
      this.#right[frame] = gain * b;
      this.#compressed = Math.max(this.#compressed, this.#compressor.reduction);
    }
    this.#limiter.pass(this.#left, this.#right, count, this.gains);
    this.#delay.pass(before, count);
    let least = 1;
    for (let frame = 0; frame < count; frame++) {
      least = Math.min(least, this.gains[frame]!);
      this.gains[frame]! *= before[frame]!;
    }
    this.#limited = Math.max(this.#limited, -20 * Math.log10(least));
  }

  /** The highest reductions of compressor and limiter since they were read last, in dB >= 0. */
  readReductions(): { readonly compressor: number; readonly limiter: number } {
    const read = { compressor: this.#compressed, limiter: Math.max(0, this.#limited) };
    this.#compressed = 0;
    this.#limited = 0;
    return read;
  }
}
