import type { Mix } from '../model';
import { limiterFrames } from './limiter';
import { MasterCurve } from './master';
import { Strip, STRIP_FRAMES, type StripSettings } from './strip';

/** A mix with everything filled in: a strip for each input, in their order. */
export interface MixerSettings {
  readonly strips: readonly StripSettings[];
  readonly master: Mix['master'];
}

/** Frames from an input of the mixer to its output, whatever it is set to. */
export const mixerFrames = (sampleRate: number): number => STRIP_FRAMES + limiterFrames(sampleRate);

/** Left and right of an input; null is silence. */
export type StereoInput = readonly [Float32Array, Float32Array] | null;

/**
 * Strips into a master, the same code in the window and in the offline render. What leaves the strips is `STRIP_FRAMES` late, and the master's
 * gains belong to what left them `master.frames` before that. Nothing depends on how the stream is cut into blocks.
 */
export class Mixer {
  readonly strips: readonly Strip[];
  readonly master: MasterCurve;
  /** Frames from an input to the output. */
  readonly latencyFrames: number;
  /** The sum of the strips as they were passed last. */
  left = new Float64Array(0);
  right = new Float64Array(0);

  constructor(sampleRate: number, settings: MixerSettings) {
    this.strips = settings.strips.map(strip => new Strip(sampleRate, strip));
    this.master = new MasterCurve(sampleRate, settings.master);
    this.latencyFrames = mixerFrames(sampleRate);
  }

  /** Goes to other settings, within 20 ms. */
  aim(settings: MixerSettings): void {
    for (const [index, strip] of settings.strips.entries()) this.strips[index]?.aim(strip);
    this.master.aim(settings.master);
  }

  /** Takes the next `count` frames of each input. */
  pass(inputs: readonly StereoInput[], count: number): void {
    if (this.left.length < count) {
      this.left = new Float64Array(count);
      this.right = new Float64Array(count);
    }
    const { left, right } = this;
    left.fill(0, 0, count);
    right.fill(0, 0, count);
    for (let index = 0; index < this.strips.length; index++) {
      const strip = this.strips[index]!;
      const input = inputs[index] ?? null;
      strip.pass(input && input[0], input && input[1], count);
      for (let frame = 0; frame < count; frame++) {
        left[frame]! += strip.left[frame]!;
        right[frame]! += strip.right[frame]!;
      }
    }
    this.master.pass(left, right, count);
  }
}
