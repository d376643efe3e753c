import { besselI0 } from './resample';

/** Frames on each side that the interpolation between two frames looks at. */
export const TRUE_PEAK_REACH = 16;
const TAPS = 2 * TRUE_PEAK_REACH;
/** Kaiser's shape: flat to 0.45 of the sample rate, images 53 dB down. */
const BETA = 5;
/** Intervals that are looked at together when it is asked whether any of them can matter. */
const SPAN = 64;
/** What the parabola through three points may add to the highest of them, and a little. */
const ROUNDING = 1.3;

/**
 * How high one channel's sound goes between its frames: interpolated to at least 176.4 kHz, and from the highest of the points by the parabola
 * through it and its neighbours, where the standard's four points a frame alone read up to 0.6 dB too low. As with the standard's own filter, what
 * lies above 0.45 of the sample rate is seen in part only.
 * @see ITU-R BS.1770-4, annex 2
 */
export class TruePeakScan {
  readonly #rows: readonly Float64Array[];
  /** No interpolated point exceeds the highest frame within its reach times this. */
  readonly #bound: number;
  #line = new Float64Array(TAPS - 1 + SPAN);
  /** The interpolated point, and the frame, before the interval that comes next. */
  #point = 0;

  constructor(sampleRate: number) {
    const factor = Math.max(2, Math.ceil(176_400 / sampleRate));
    this.#rows = Array.from({ length: factor - 1 }, (_, index) => interpolator((index + 1) / factor));
    this.#bound =
      ROUNDING * Math.max(1, ...this.#rows.map(row => row.reduce((sum, tap) => sum + Math.abs(tap), 0)));
  }

  /**
   * Takes the next `count` frames and writes for each the highest absolute value from the frame `TRUE_PEAK_REACH` before it to the next.
   * Where nothing can exceed `floor` it may answer with the frames' own level instead.
   */
  scan(samples: Float32Array | Float64Array, count: number, floor: number, peaks: Float64Array): void {
    const held = TAPS - 1;
    if (this.#line.length < held + count) {
      const longer = new Float64Array(held + count);
      longer.set(this.#line.subarray(0, held));
      this.#line = longer;
    }
    const line = this.#line;
    for (let frame = 0; frame < count; frame++) line[held + frame] = samples[frame]!;
    for (let first = 0; first < count; first += SPAN) {
      const last = Math.min(count, first + SPAN);
      if (highest(line, first, last + held) * this.#bound < floor) this.#pass(first, last, peaks);
      else this.#look(first, last, peaks);
    }
    line.copyWithin(0, count, count + held);
  }

  /** The level of the frames alone. */
  #pass(first: number, last: number, peaks: Float64Array): void {
    const line = this.#line;
    for (let at = first; at < last; at++) {
      peaks[at] = Math.max(Math.abs(line[at + TRUE_PEAK_REACH - 1]!), Math.abs(line[at + TRUE_PEAK_REACH]!));
    }
    this.#point = line[last + TRUE_PEAK_REACH - 2]!;
  }

  #look(first: number, last: number, peaks: Float64Array): void {
    const line = this.#line;
    const rows = this.#rows;
    let before = this.#point;
    for (let at = first; at < last; at++) {
      let point = line[at + TRUE_PEAK_REACH - 1]!;
      const end = line[at + TRUE_PEAK_REACH]!;
      let peak = Math.max(Math.abs(point), Math.abs(end));
      for (let index = 0; index <= rows.length; index++) {
        let next = end;
        const row = rows[index];
        if (row) {
          next = 0;
          for (let tap = 0; tap < TAPS; tap++) next += line[at + tap]! * row[tap]!;
        }
        peak = Math.max(peak, crest(before, point, next));
        before = point;
        point = next;
      }
      peaks[at] = peak;
    }
    this.#point = before;
  }
}

/** Height of the parabola through three points when the middle one is the farthest from 0, else the middle one's. */
function crest(before: number, point: number, next: number): number {
  const level = Math.abs(point);
  const left = point < 0 ? -before : before;
  const right = point < 0 ? -next : next;
  const bend = 2 * level - left - right;
  return left <= level && right <= level && bend > 0 ? level + (left - right) ** 2 / (8 * bend) : level;
}

function highest(values: Float64Array, from: number, to: number): number {
  let level = 0;
  for (let at = from; at < to; at++) level = Math.max(level, Math.abs(values[at]!));
  return level;
}

/** Taps that give the value `offset` (0..1) of a frame after frame TRUE_PEAK_REACH - 1 of 2 * TRUE_PEAK_REACH. */
function interpolator(offset: number): Float64Array {
  return Float64Array.from({ length: TAPS }, (_, tap) => {
    const distance = tap - (TRUE_PEAK_REACH - 1) - offset;
    const x = distance / TRUE_PEAK_REACH;
    const window = Math.abs(x) >= 1 ? 0 : besselI0(BETA * Math.sqrt(1 - x * x)) / besselI0(BETA);
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  });
}
