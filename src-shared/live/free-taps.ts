import {
  barStarts,
  COMMON_TIME,
  type Instrument,
  type Meter,
  MOST_BARS,
  type Note,
  noteId,
  type Pattern,
  PLAIN,
  PLAIN_FRAME,
  type Role,
  sortedNotes,
} from '../model';
import { PPQ, ticks } from '../units';

/** A stroke that was tapped with nothing playing. */
export interface FreeTap {
  readonly role: Role;
  readonly instrument: Instrument;
  readonly articulation: string | null;
  /** In seconds, of any clock. */
  readonly time: number;
  /** 0..1. */
  readonly velocity: number;
}

export interface FoundPulse {
  readonly bpm: number;
  /** When the first beat was, in seconds: the first tap lies on it but for its feel. */
  readonly origin: number;
  /** Root mean square distance of the taps from their sixteenths, in milliseconds. */
  readonly spreadMs: number;
}

/** Fewer say nothing of a tempo. */
export const FEWEST_FREE_TAPS = 4;
const SLOWEST_BPM = 60;
const FASTEST_BPM = 200;
const CANDIDATE_RATIO = 1.004;
const STEPS_OF_BEAT = 4;
/** Beats that hands like to tap lie around this tempo, an octave up or down being much rarer. */
const LIKELY_BPM = 110;
const LIKELY_OCTAVES = 0.9;
/** Set on rhythms from 84 to 128 BPM, tapped 8 ms uneven, so that none is heard at twice its tempo. */
const SIXTEENTHS_WEIGH = 6;
const LIKELY_WEIGHS = 1.2;

/** How well `times` fall on multiples of `period`, from the first on: 1 when all do, about 0 when by chance. */
function coherence(times: readonly number[], period: number): number {
  let [real, imaginary] = [0, 0];
  for (const time of times) {
    real += Math.cos((2 * Math.PI * time) / period);
    imaginary += Math.sin((2 * Math.PI * time) / period);
  }
  return Math.hypot(real, imaginary) / times.length;
}

/**
 * The beat of a rhythm that was tapped freely: of all tempos the one on whose sixteenths, eighths and beats the taps gather most, then
 * the straight line through the taps by their number of sixteenths. Null for too few taps, or for all at once.
 */
export function pulseOfTaps(tapped: readonly number[]): FoundPulse | null {
  const [first = 0] = tapped;
  const times = tapped.map(time => time - first);
  if (times.length < FEWEST_FREE_TAPS || (times.at(-1) ?? 0) <= 0) return null;
  let best = { bpm: 0, score: -Infinity };
  for (let bpm = SLOWEST_BPM; bpm <= FASTEST_BPM; bpm *= CANDIDATE_RATIO) {
    const beat = 60 / bpm;
    const onBeats = (coherence(times, beat / 2) + coherence(times, beat)) / 2;
    const fit = SIXTEENTHS_WEIGH * coherence(times, beat / 4) + onBeats;
    const octaves = Math.log2(bpm / LIKELY_BPM) / LIKELY_OCTAVES;
    const score = fit - LIKELY_WEIGHS * octaves * octaves;
    if (score > best.score) best = { bpm, score };
  }
  const step = refinedStep(times, 60 / best.bpm / STEPS_OF_BEAT);
  const bpm = 60 / (step.period * STEPS_OF_BEAT);
  return { bpm, origin: first + step.origin, spreadMs: step.spread * 1000 };
}

/** Least squares through the taps, numbered anew while the period changes: a small error grows along a long rhythm. */
function refinedStep(times: readonly number[], guess: number) {
  let period = guess;
  let origin = 0;
  for (let turn = 0; turn < 4; turn++) {
    const numbers = numbered(times, period, origin);
    const count = times.length;
    const meanNumber = numbers.reduce((sum, number) => sum + number, 0) / count;
    const meanTime = times.reduce((sum, time) => sum + time, 0) / count;
    const squares = numbers.reduce((sum, number) => sum + (number - meanNumber) ** 2, 0);
    if (squares === 0) break;
    const products = numbers.reduce(
      (sum, number, at) => sum + (number - meanNumber) * (times[at]! - meanTime),
      0,
    );
    period = products / squares;
    origin = meanTime - meanNumber * period;
  }
  const numbers = numbered(times, period, origin);
  const errors = times.map((time, at) => time - origin - numbers[at]! * period);
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / times.length);
  return { period, origin, spread };
}

/** The sixteenth of each tap, counted on from the tap before, so that a drift does not add up. */
function numbered(times: readonly number[], period: number, origin: number): number[] {
  let before = { time: origin, number: 0 };
  return times.map(time => {
    const number = before.number + Math.round((time - before.time) / period);
    before = { time, number };
    return number;
  });
}

/** Bars that a loop of taps would have: powers of two, as phrases do. */
const barsFor = (beats: number, meter: Meter): number => {
  const bar = (meter.numerator * 4) / meter.denominator;
  const needed = Math.max(1, Math.ceil(beats / bar - 1e-6));
  return Math.min(MOST_BARS, 2 ** Math.ceil(Math.log2(needed)));
};

/** Tempo as people say it, where the taps leave that open. */
const TEMPO_DIGITS = 10;

/** A pattern of taps: their rhythm on sixteenths, their timing as feel. The first tap is beat 1 of bar 1. Null for too few. */
export function patternOfTaps(taps: readonly FreeTap[], meter: Meter = COMMON_TIME): Pattern | null {
  const ordered = taps.toSorted((a, b) => a.time - b.time);
  const found = pulseOfTaps(ordered.map(({ time }) => time));
  if (!found) return null;
  const tempo = Math.round(found.bpm * TEMPO_DIGITS) / TEMPO_DIGITS;
  const step = 60 / found.bpm / STEPS_OF_BEAT;
  const numbers = numbered(
    ordered.map(({ time }) => time - found.origin),
    step,
    0,
  );
  const stepTicks = PPQ / STEPS_OF_BEAT;
  const bars = Array<Meter>(barsFor(((numbers.at(-1) ?? 0) + 1) / STEPS_OF_BEAT, meter)).fill(meter);
  const end = barStarts(bars).at(-1) ?? 0;
  const notes = new Map<string, Note>();
  for (const [index, tap] of ordered.entries()) {
    const number = numbers[index] ?? 0;
    const at = number * stepTicks;
    if (at < 0 || at >= end) continue;
    const { role, instrument, articulation, velocity } = tap;
    const name = `t${at}.${role}.${instrument}`;
    notes.set(name, {
      ...PLAIN,
      id: noteId(name),
      role,
      instrument,
      articulation,
      at: ticks(at),
      feel: ((tap.time - found.origin) / step - number) * stepTicks,
      velocity,
      length: ticks(stepTicks),
      hit: null,
      source: 'editor',
    });
  }
  return { ...PLAIN_FRAME, tempo, bars, notes: sortedNotes([...notes.values()]) };
}
