import { bell, type BiquadCoefficients, highShelf, lowShelf, responseDecibels } from '../dsp';
import type { Bus } from '../model';
import { Ramp, rampFrames } from './ramp';

export type Bands = Bus['equaliser'];

export const LOW_SHELF_HERTZ = 100;
export const HIGH_SHELF_HERTZ = 8000;
const BELL_OCTAVES = 1.5;
/** Filters are worked out anew this often, in frames, while a setting moves. */
const PERIOD = 16;
/** A band of 0 dB has come to rest when what it still adds is below this. */
const AT_REST = 1e-12;
/** Below this a decaying filter counts as silent: numbers near the smallest ones are slow to compute with. */
const SILENT = 1e-30;
const NAMES = ['low', 'mid', 'high'] as const;
type Name = (typeof NAMES)[number];

/** The filter of one band; those that lie above a low sample rate's end stay just below it. */
function filterOf(name: Name, decibels: number, midHertz: number, sampleRate: number): BiquadCoefficients {
  const most = 0.45 * sampleRate;
  if (name === 'low') return lowShelf(sampleRate, LOW_SHELF_HERTZ, decibels);
  if (name === 'high') return highShelf(sampleRate, Math.min(most, HIGH_SHELF_HERTZ), decibels);
  return bell(sampleRate, Math.min(most, midHertz), BELL_OCTAVES, decibels);
}

/** What the equaliser does to a sine of `hertz`, in dB. */
export const equaliserDecibels = (bands: Bands, sampleRate: number, hertz: number): number =>
  NAMES.reduce(
    (sum, name) =>
      sum + responseDecibels(filterOf(name, bands[name], bands.midHertz, sampleRate), sampleRate, hertz),
    0,
  );

/** Low shelf, bell and high shelf on two channels. A band of 0 dB passes every bit as it is. */
export class Equaliser {
  readonly #sampleRate: number;
  readonly #decibels: Readonly<Record<Name, Ramp>>;
  /** Natural logarithm of the bell's frequency, so that it moves by octaves. */
  readonly #midPitch: Ramp;
  readonly #sections: Readonly<Record<Name, Section>>;
  /** Frames to the next period. */
  #toPeriod = PERIOD;

  constructor(sampleRate: number, bands: Bands) {
    this.#sampleRate = sampleRate;
    const frames = rampFrames(sampleRate);
    const ramp = (name: Name): Ramp => new Ramp(bands[name], frames);
    this.#decibels = { low: ramp('low'), mid: ramp('mid'), high: ramp('high') };
    this.#midPitch = new Ramp(Math.log(bands.midHertz), frames);
    const section = (name: Name): Section =>
      new Section(filterOf(name, bands[name], bands.midHertz, sampleRate), bands[name] === 0);
    this.#sections = { low: section('low'), mid: section('mid'), high: section('high') };
  }

  aim(bands: Bands): void {
    for (const name of NAMES) {
      this.#decibels[name].aim(bands[name]);
      if (bands[name] !== 0) this.#sections[name].wake();
    }
    this.#midPitch.aim(Math.log(bands.midHertz));
  }

  /** Replaces the first `count` frames of both channels. */
  pass(left: Float64Array, right: Float64Array, count: number): void {
    for (let from = 0; from < count; ) {
      if (this.#toPeriod === PERIOD) this.#move();
      const to = this.#isSettled ? count : Math.min(count, from + this.#toPeriod);
      for (const name of NAMES) this.#sections[name].pass(left, right, from, to);
      this.#toPeriod = PERIOD - ((PERIOD - this.#toPeriod + to - from) % PERIOD);
      from = to;
    }
    for (const name of NAMES) {
      if (this.#decibels[name].isSettled && this.#decibels[name].value === 0) this.#sections[name].rest();
    }
  }

  get #isSettled(): boolean {
    return this.#midPitch.isSettled && NAMES.every(name => this.#decibels[name].isSettled);
  }

  /** Filters for the period that begins: not for what is left of a block, so that nothing depends on where blocks end. */
  #move(): void {
    if (this.#isSettled) return;
    const midHertz = Math.exp(this.#midPitch.advance(PERIOD));
    for (const name of NAMES) {
      const decibels = this.#decibels[name].advance(PERIOD);
      this.#sections[name].coefficients = filterOf(name, decibels, midHertz, this.#sampleRate);
    }
  }
}

/**
 * One filter on two channels in direct form I: its memory is the signal itself, so that it neither clicks when the filter changes nor
 * when it begins or ends to act.
 */
class Section {
  coefficients: BiquadCoefficients;
  #isResting: boolean;
  /** For each channel in turn: the last two inputs, then the last two outputs. */
  readonly #past = new Float64Array(8);

  constructor(coefficients: BiquadCoefficients, isResting: boolean) {
    this.coefficients = coefficients;
    this.#isResting = isResting;
  }

  wake(): void {
    this.#isResting = false;
  }

  /** Ceases to act, as soon as what it has added has died away. */
  rest(): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#past;
    const added = Math.max(Math.abs(a - c), Math.abs(b - d), Math.abs(e - g), Math.abs(f - h));
    if (added < AT_REST) this.#isResting = true;
  }

  pass(left: Float64Array, right: Float64Array, from: number, to: number): void {
    this.#passChannel(left, 0, from, to);
    this.#passChannel(right, 4, from, to);
  }

  #passChannel(samples: Float64Array, at: number, from: number, to: number): void {
    const past = this.#past;
    let x1 = past[at]!;
    let x2 = past[at + 1]!;
    let y1 = past[at + 2]!;
    let y2 = past[at + 3]!;
    if (this.#isResting) {
      const last = to - 1;
      x2 = y2 = last > from ? samples[last - 1]! : x1;
      x1 = y1 = samples[last]!;
    } else {
      const { b0, b1, b2, a1, a2 } = this.coefficients;
      for (let frame = from; frame < to; frame++) {
        const x = samples[frame]!;
        const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        samples[frame] = y;
      }
    }
    past[at] = x1;
    past[at + 1] = x2;
    past[at + 2] = Math.abs(y1) < SILENT ? 0 : y1;
    past[at + 3] = Math.abs(y2) < SILENT ? 0 : y2;
  }
}
