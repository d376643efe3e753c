import { Biquad, bandPass } from '../../dsp';

/** Of the low-rate copies: 44.1 kHz / 16. */
const RATE = 2756.25;
const frames = (seconds: number): number => Math.round(seconds * RATE);

/** A stroke is taken from a little before its onset, and for at most a quarter of a second after. */
export const BEFORE = frames(0.0145);
export const AFTER = frames(0.25);
const GAP = frames(0.07);
const ENVELOPE = frames(0.02);
const RISE = frames(0.0075);
/** Of the steepest rise near. */
const LEAST_RISE = 0.1;
/** After an onset, where its energy is compared with that of what was taken away. */
const DOUBT = frames(0.15);
/** -3 dB at 40 and 1000 Hz. */
const BAND = bandPass(RATE, 200, 200 / 960);

export interface Stroke {
  /** Its onset. */
  readonly at: number;
  /** Frames from `at - BEFORE` on, up to the next stroke. */
  readonly length: number;
  /** Amplitude of the rest of the mix over that of the stroke: how far its estimate may be wrong. */
  readonly doubt: number;
}

/** 40-1000 Hz, forwards and back. */
export function strokeBand(values: Float32Array): Float32Array {
  return filtered(filtered(values).toReversed()).toReversed();
}

function filtered(values: Float32Array): Float32Array {
  const filter = new Biquad(BAND);
  return values.map(value => filter.next(value));
}

/** Onsets of the low band's strokes: where its envelope rises most steeply. `drums` and `rest` as `strokeBand` gives them. */
export function findStrokes(drums: Float32Array, rest: Float32Array): Stroke[] {
  const onsets = peaksOf(riseOf(drums));
  return onsets.map((at, index) => {
    const length = Math.min(BEFORE + AFTER, (onsets[index + 1] ?? drums.length) - at);
    const [begin, end] = [
      Math.max(0, at - BEFORE),
      Math.min(drums.length, at + Math.min(DOUBT, length - BEFORE)),
    ];
    return { at, length, doubt: Math.sqrt(energy(rest, begin, end) / (energy(drums, begin, end) + 1e-12)) };
  });
}

function energy(values: Float32Array, begin: number, end: number): number {
  let sum = 0;
  for (let at = begin; at < end; at++) sum += values[at]! ** 2;
  return sum;
}

/** The envelope's sum over `RISE` frames less that over as many before. */
function riseOf(values: Float32Array): Float64Array {
  const envelope = moving(
    Float64Array.from(values, value => value ** 2),
    ENVELOPE,
    ENVELOPE >> 1,
  ).map(power => Math.sqrt(Math.max(0, power)));
  const after = moving(envelope, RISE, 0);
  const before = moving(envelope, RISE, RISE);
  return after.map((sum, at) => Math.max(0, sum - before[at]!));
}

/** Sums of `count` values from `back` before each place on. */
function moving(values: Float64Array, count: number, back: number): Float64Array {
  const sums = new Float64Array(values.length);
  let sum = 0;
  for (let at = -count; at < values.length; at++) {
    sum += values[at + count - 1 - back] ?? 0;
    sum -= values[at - 1 - back] ?? 0;
    if (at >= 0) sums[at] = sum;
  }
  return sums;
}

/** Peaks from the highest down, none within `GAP` of a higher one; in order of time. */
function peaksOf(rise: Float64Array): number[] {
  const least = LEAST_RISE * rise.reduce((most, value) => Math.max(most, value), 0);
  const peaks: number[] = [];
  for (let at = 1; at + 1 < rise.length; at++) {
    if (rise[at]! > least && rise[at]! > rise[at - 1]! && rise[at]! >= rise[at + 1]!) peaks.push(at);
  }
  peaks.sort((a, b) => rise[b]! - rise[a]! || a - b);
  const kept: number[] = [];
  for (const peak of peaks) if (kept.every(other => Math.abs(other - peak) >= GAP)) kept.push(peak);
  return kept.sort((a, b) => a - b);
}
