import type { Meter } from './grid';
import { beatSeconds, type Tempo } from './tempo';

/** One bar of a recording. */
export interface MappedBar {
  /** 1 at the tempo's `firstDownbeat`; the bars before it are 0, -1 ... */
  readonly number: number;
  /** Its first beat, counted from bar 1. */
  readonly beat: number;
  readonly beatCount: number;
  readonly seconds: number;
  /** Quarter notes a minute, the bar's mean. */
  readonly bpm: number;
}

/** Where an instant stands in the bars. */
export interface MappedPlace {
  readonly bar: number;
  /** From 1. */
  readonly beat: number;
  /** Share of the beat that has gone by, 0..1. */
  readonly within: number;
}

/** Intervals that say how fast the time before the first beat and after the last one runs. */
const EDGE_INTERVALS = 8;

/** Between the clock and the beats of a recording: a straight line where it is steady, else from beat to beat. */
export class TempoMap {
  readonly #meter: Meter;
  readonly #period: number;
  /** Times of beats, of which number `#origin` is the first of bar 1; empty for a straight line. */
  readonly #beats: readonly number[];
  readonly #origin: number;
  readonly #first: number;
  /** First beats of bars that do not follow from the meter, counted from bar 1. */
  readonly #barBeats: readonly number[];

  constructor(tempo: Tempo) {
    this.#meter = tempo.meter;
    this.#period = beatSeconds(tempo);
    this.#first = tempo.firstDownbeat;
    const origin = nearest(tempo.beats, tempo.firstDownbeat);
    this.#origin = origin;
    this.#beats = tempo.steady || tempo.beats.length < 2 ? [] : tempo.beats;
    this.#barBeats = tempo.downbeats.map(at => at - origin);
  }

  /** What its beats and bars are. */
  get meter(): Meter {
    return this.#meter;
  }

  /** Seconds of a beat, whole or not, counted from bar 1. */
  secondsAt(beat: number): number {
    const beats = this.#beats;
    if (beats.length === 0) return this.#first + beat * this.#period;
    const at = beat + this.#origin;
    const last = beats.length - 1;
    if (at <= 0) return beats[0]! + at * edgePeriod(beats, 'start');
    if (at >= last) return beats[last]! + (at - last) * edgePeriod(beats, 'end');
    const before = Math.floor(at);
    return beats[before]! + (at - before) * (beats[before + 1]! - beats[before]!);
  }

  /** The inverse of `secondsAt`. */
  beatAt(seconds: number): number {
    const beats = this.#beats;
    if (beats.length === 0) return (seconds - this.#first) / this.#period;
    const last = beats.length - 1;
    if (seconds <= beats[0]!) return (seconds - beats[0]!) / edgePeriod(beats, 'start') - this.#origin;
    if (seconds >= beats[last]!)
      return last - this.#origin + (seconds - beats[last]!) / edgePeriod(beats, 'end');
    const after = firstAbove(beats, seconds);
    const begin = beats[after - 1]!;
    return after - 1 - this.#origin + (seconds - begin) / (beats[after]! - begin);
  }

  /** Every bar that reaches into 0..`seconds`. */
  bars(seconds: number): MappedBar[] {
    const from = this.beatAt(0);
    const to = this.beatAt(seconds);
    const starts = this.#barStarts(from, to);
    const one = starts.findIndex(beat => beat >= 0);
    return starts.slice(0, -1).flatMap((beat, index): MappedBar[] => {
      const next = starts[index + 1]!;
      if (next <= from + 1e-6 || beat >= to) return [];
      const begin = this.secondsAt(beat);
      const span = this.secondsAt(next) - begin;
      const bpm = (240 * (next - beat)) / (span * this.#meter.denominator);
      return [{ number: index - one + 1, beat, beatCount: next - beat, seconds: begin, bpm }];
    });
  }

  placeAt(seconds: number): MappedPlace {
    // A sound that begins on a beat may lie a rounding error before it.
    const beat = this.beatAt(seconds) + 1e-6;
    const starts = this.#barStarts(Math.min(beat, 0), Math.max(beat, 0));
    const one = starts.findIndex(start => start >= 0);
    const bar = firstAbove(starts, beat) - 1;
    const inBar = beat - (starts[bar] ?? 0);
    return { bar: bar - one + 1, beat: Math.floor(inBar) + 1, within: inBar - Math.floor(inBar) };
  }

  /** First beats of bars: one at or before `from`, bar 1, and all up to one after `to`. */
  #barStarts(from: number, to: number): number[] {
    const { numerator } = this.#meter;
    const known = this.#barBeats.length > 0 ? this.#barBeats : [0];
    const starts = [...known];
    for (let beat = known[0]! - numerator; beat > Math.min(0, from) - 2 * numerator; beat -= numerator)
      starts.unshift(beat);
    for (let beat = known.at(-1)! + numerator; beat < Math.max(0, to) + 2 * numerator; beat += numerator)
      starts.push(beat);
    return starts;
  }
}

/** The slowest and the fastest bar. */
export function tempoRange(bars: readonly MappedBar[]): {
  readonly slowest: number;
  readonly fastest: number;
} {
  return {
    slowest: bars.reduce((least, { bpm }) => Math.min(least, bpm), Infinity),
    fastest: bars.reduce((most, { bpm }) => Math.max(most, bpm), 0),
  };
}

function edgePeriod(beats: readonly number[], edge: 'start' | 'end'): number {
  const count = Math.min(EDGE_INTERVALS, beats.length - 1);
  const last = beats.length - 1;
  const span = edge === 'start' ? beats[count]! - beats[0]! : beats[last]! - beats[last - count]!;
  return span / count;
}

/** The first place whose value is above `value`; the length when there is none. */
function firstAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the value nearest to `value`; 0 in an empty list. */
export function nearest(ascending: readonly number[], value: number): number {
  const after = firstAbove(ascending, value);
  if (after === 0) return 0;
  if (after === ascending.length) return after - 1;
  return value - ascending[after - 1]! <= ascending[after]! - value ? after - 1 : after;
}
