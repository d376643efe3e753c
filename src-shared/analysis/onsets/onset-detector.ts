import { SampleQueue } from '../../dsp';
import { footIn } from './attack-foot';
import { FLAM_REACH_SECONDS, otherAttacks } from './flam';
import { LogBands } from './log-bands';
import type { Onset } from './onset';
import { leastFlux, strengthOfFlux } from './sensitivity';
import { LAG, SuperFlux } from './super-flux';

/** A peak is the greatest within this on both sides. */
const PEAK_SECONDS = 0.03;
/** The threshold follows the mean flux from this long before to this long after. */
const MEAN_BEFORE_SECONDS = 0.1;
const MEAN_AFTER_SECONDS = 0.07;
/**
 * Peak that every track is brought to. Against the 1 in the bands' log10(1 + magnitude) it decides from what level on a
 * rise counts: ghost notes do, the bleed that a separator leaves does not.
 */
const LEVEL = 0.1;
/** The attack begins within this around the peak of the flux. */
const FOOT_BEFORE_SECONDS = 0.012;
const FOOT_AFTER_SECONDS = 0.03;
/** No two onsets are closer. */
const GAP_SECONDS = 0.012;

export interface OnsetOptions {
  readonly sampleRate: number;
  /** 0 (only clear strokes) to 1 (the faintest ghost notes, and some noise). */
  readonly sensitivity: number;
  /** Peak of the whole track, linear: brings every track to one level, so that gain changes no onset. */
  readonly peak: number;
}

/**
 * Finds attacks in drum audio that streams by, in memory that does not depend on its length: SuperFlux over quarter-tone
 * bands, peaks above the moving mean, each moved to the foot of its attack. How the audio is cut into pieces does not
 * change the result.
 *
 * @see docs/algorithms/onsets-and-tempo.md
 */
export class OnsetDetector {
  readonly #sampleRate: number;
  readonly #gain: number;
  readonly #threshold: number;
  readonly #bands: LogBands;
  readonly #flux: SuperFlux;
  readonly #levels: Float32Array;
  readonly #novelty = new Float32Array(256);
  /** Windows that see nothing but the silence before the track, so that a stroke at its very beginning is a rise. */
  readonly #leadIn: number;
  readonly #audio = new SampleQueue();
  /** Frame of the first value in `#audio`; negative while it is the silence put before the track. */
  #audioStart: number;
  #frames = 0;
  /** Windows analysed so far; the flux of the last 256 is held. */
  #windows = 0;
  #candidate = 0;
  #lastFrame = -Infinity;

  constructor(options: OnsetOptions) {
    const { sampleRate, sensitivity, peak } = options;
    this.#sampleRate = sampleRate;
    this.#gain = peak > 0 ? LEVEL / peak : LEVEL;
    this.#threshold = leastFlux(sensitivity);
    this.#bands = new LogBands(sampleRate);
    this.#flux = new SuperFlux(this.#bands.bandCount);
    this.#levels = new Float32Array(this.#bands.bandCount);
    const { windowSize, hop } = this.#bands;
    this.#leadIn = Math.ceil(windowSize / 2 / hop) + LAG;
    this.#audioStart = -(this.#leadIn * hop) - windowSize / 2 - this.#historyFrames();
    this.#audio.pushZeros(-this.#audioStart);
  }

  /** Takes the next samples of the track and gives the onsets that are certain by now. */
  push(samples: Float32Array): Onset[] {
    this.#audio.push(samples);
    this.#frames += samples.length;
    return this.#advance();
  }

  /** Gives the onsets of the last moments. */
  finish(): Onset[] {
    const { windowSize, hop } = this.#bands;
    const lookAhead = this.#windowsIn(MEAN_AFTER_SECONDS) * hop;
    this.#audio.pushZeros(windowSize + lookAhead);
    return this.#advance().filter(({ frame }) => frame < this.#frames);
  }

  /** Past audio that a foot or a window may still ask for. */
  #historyFrames(): number {
    const look = MEAN_AFTER_SECONDS + FOOT_BEFORE_SECONDS + FLAM_REACH_SECONDS;
    return this.#bands.windowSize + Math.ceil(look * this.#sampleRate);
  }

  #windowsIn(time: number): number {
    return Math.round((time * this.#sampleRate) / this.#bands.hop);
  }

  #advance(): Onset[] {
    const { windowSize, hop } = this.#bands;
    const found: Onset[] = [];
    for (;;) {
      const start = (this.#windows - this.#leadIn) * hop - windowSize / 2 - this.#audioStart;
      if (start + windowSize > this.#audio.length) return found;
      this.#bands.analyse(this.#audio.peek(start + windowSize).subarray(start), this.#gain, this.#levels);
      this.#novelty[this.#windows++ % this.#novelty.length] = this.#flux.next(this.#levels);
      this.#candidate = this.#windows - 1 - this.#windowsIn(MEAN_AFTER_SECONDS);
      if (this.#candidate >= 0) this.#judge(found);
      const spare = start - this.#historyFrames();
      if (spare > 0) {
        this.#audio.drop(spare);
        this.#audioStart += spare;
      }
    }
  }

  #fluxAt(window: number): number {
    return window < 0 ? 0 : this.#novelty[window % this.#novelty.length]!;
  }

  #judge(found: Onset[]): void {
    const at = this.#candidate;
    const height = this.#fluxAt(at);
    const reach = this.#windowsIn(PEAK_SECONDS);
    for (let window = at - reach; window <= at + reach; window++) {
      const other = this.#fluxAt(window);
      if (other > height || (other === height && window < at)) return;
    }
    const first = at - this.#windowsIn(MEAN_BEFORE_SECONDS);
    const last = at + this.#windowsIn(MEAN_AFTER_SECONDS);
    let sum = 0;
    for (let window = first; window <= last; window++) sum += this.#fluxAt(window);
    const excess = height - sum / (last - first + 1) - this.#threshold;
    if (excess < 0) return;
    const strength = strengthOfFlux(excess + this.#threshold);
    const foot = this.#footNear((at - this.#leadIn) * this.#bands.hop);
    for (const frame of [foot, ...this.#flamsNear(foot)].sort((a, b) => a - b)) {
      if (frame < this.#lastFrame + GAP_SECONDS * this.#sampleRate) continue;
      this.#lastFrame = Math.max(0, frame);
      found.push({ time: this.#lastFrame / this.#sampleRate, frame: this.#lastFrame, strength });
    }
  }

  #flamsNear(foot: number): number[] {
    const reach = Math.ceil(FLAM_REACH_SECONDS * this.#sampleRate);
    const from = Math.max(0, foot - reach - this.#audioStart);
    const heard = this.#audio.peek(foot + reach - this.#audioStart).subarray(from);
    const start = from + this.#audioStart;
    return otherAttacks(heard, foot - start, this.#sampleRate).map(at => at + start);
  }

  /** The frame at which the attack begins whose flux peaks in the window around `centre`. */
  #footNear(centre: number): number {
    const inFrames = (time: number): number => Math.round(time * this.#sampleRate);
    const from = centre - inFrames(FOOT_BEFORE_SECONDS);
    const count = inFrames(FOOT_BEFORE_SECONDS + FOOT_AFTER_SECONDS);
    const offset = from - this.#audioStart;
    const heard = this.#audio.peek(offset + count).subarray(offset);
    return from + footIn(heard, this.#gain, this.#sampleRate);
  }
}
