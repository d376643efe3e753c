import { TRUE_PEAK_REACH, TruePeakScan } from '../dsp';
import { gainOfDecibels } from '../units';

const LOOKAHEAD_SECONDS = 0.002;
const RELEASE_SECONDS = 0.08;
/** A reduction below -140 dB counts as none. */
const SETTLED = 1e-7;
/** Frames on both sides of a peak between two of them that are taken down as far: they make most of it. */
const MARGIN = 2;
/** Gains are averaged as whole multiples of 2^-32, whose sums are exact: the average comes back to 1 and not nearly so. */
const UNIT = 2 ** 32;

const lookaheadFrames = (sampleRate: number): number => Math.round(LOOKAHEAD_SECONDS * sampleRate);

/** How many frames after it a frame's gain is known. */
export const limiterFrames = (sampleRate: number): number =>
  lookaheadFrames(sampleRate) + MARGIN + TRUE_PEAK_REACH;

/**
 * The gain curve of a true-peak limiter. It is the least that any peak of the next 2 ms wants, let go exponentially, then averaged over 2 ms:
 * at a peak every value in the average is low enough, so none passes the ceiling.
 */
export class LimiterCurve {
  readonly #letGo: number;
  readonly #scans: readonly [TruePeakScan, TruePeakScan];
  readonly #least: SlidingLeast;
  /** The latest gains, in units, and their sum. */
  readonly #recent: Float64Array;
  #sum: number;
  #at = 0;
  #held = 1;
  #ceiling: number;
  #peaksLeft = new Float64Array(0);
  #peaksRight = new Float64Array(0);

  /** `ceilingDecibels` in dBTP; null limits nothing. */
  constructor(sampleRate: number, ceilingDecibels: number | null) {
    const lookahead = lookaheadFrames(sampleRate);
    this.#letGo = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    this.#scans = [new TruePeakScan(sampleRate), new TruePeakScan(sampleRate)];
    // A peak between frames n and n + 1 holds from n - MARGIN to n + 1 + MARGIN, and the look-ahead before.
    this.#least = new SlidingLeast(lookahead + 2 * MARGIN + 2);
    this.#recent = new Float64Array(lookahead + 1).fill(UNIT);
    this.#sum = UNIT * this.#recent.length;
    this.#ceiling = ceilingOf(ceilingDecibels);
  }

  aim(ceilingDecibels: number | null): void {
    this.#ceiling = ceilingOf(ceilingDecibels);
  }

  /** Takes the next `count` frames and writes the gains of those `limiterFrames` before them. */
  pass(left: Float64Array, right: Float64Array, count: number, gains: Float64Array): void {
    if (this.#peaksLeft.length < count) {
      this.#peaksLeft = new Float64Array(count);
      this.#peaksRight = new Float64Array(count);
    }
    const ceiling = this.#ceiling;
    this.#scans[0].scan(left, count, ceiling, this.#peaksLeft);
    this.#scans[1].scan(right, count, ceiling, this.#peaksRight);
    for (let frame = 0; frame < count; frame++) {
      const peak = Math.max(this.#peaksLeft[frame]!, this.#peaksRight[frame]!);
      const least = this.#least.next(peak > ceiling ? ceiling / peak : 1);
      this.#held = Math.min(least, this.#held + (1 - this.#held) * this.#letGo);
      if (1 - this.#held < SETTLED) this.#held = 1;
      gains[frame] = this.#averaged(Math.floor(this.#held * UNIT));
    }
  }

  #averaged(gain: number): number {
    this.#sum += gain - this.#recent[this.#at]!;
    this.#recent[this.#at] = gain;
    this.#at = (this.#at + 1) % this.#recent.length;
    return this.#sum / (UNIT * this.#recent.length);
  }
}

const ceilingOf = (decibels: number | null): number =>
  decibels === null ? Infinity : gainOfDecibels(decibels);

/** The least of the latest values of a stream, by a queue of those that may yet be the least. */
class SlidingLeast {
  readonly #length: number;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  #first = 0;
  #count = 0;
  #time = 0;

  constructor(length: number) {
    this.#length = length;
    this.#values = new Float64Array(length + 1);
    this.#times = new Float64Array(length + 1);
  }

  next(value: number): number {
    const values = this.#values;
    const size = values.length;
    while (this.#count > 0 && values[(this.#first + this.#count - 1) % size]! >= value) this.#count--;
    const at = (this.#first + this.#count) % size;
    values[at] = value;
    this.#times[at] = this.#time;
    this.#count++;
    if (this.#times[this.#first]! <= this.#time - this.#length) {
      this.#first = (this.#first + 1) % size;
      this.#count--;
    }
    this.#time++;
    return values[this.#first]!;
  }
}
