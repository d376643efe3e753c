import { COMMON_TIME, type Meter, MeterSchema, nearest, type Tempo } from '../../model';
import type { ModelBeats } from '../beat-model';
import type { Accent } from './accents';
import { type BeatGrid, lineOf } from './beat-grid';
import { atOnsets, quarters, rounded } from './beat-times';
import { driftingGrid } from './drift';
import { countPulse } from './pulse-count';
import { steadyGrid } from './steadiness';

/** A model tells beats to 20 ms: the drums beside them tell them better. */
const ONSET_REACH_SECONDS = 0.04;
const FEWEST_BEATS = 4;
/** Agreement, 0..1, of the model's beats with a line on which they are steady. */
const ON_LINE = 0.9;
/** Share of bars that must be of one length for all of them to be counted so. */
const REGULAR = 0.85;
/** Beats on either side that say how long one is, and how far from that it may be: a model tells beats to 20 ms. */
const NEIGHBOURS = 4;
const EVEN = 0.1;

/**
 * Tempo, beats and bars from the beats and downbeats that a model heard in the song, made exact by the drums' onsets. It is as
 * sure as the model is of its beats, times how even they are; its meter as the model is of downbeats, times how many bars have it.
 */
export function tempoOfModelBeats(heard: ModelBeats, accents: readonly Accent[]): Tempo | null {
  if (heard.beats.length < FEWEST_BEATS) return null;
  const exact = heard.beats.map(beat => atOnsets(beat, ONSET_REACH_SECONDS, accents));
  const grid = onLine(exact, accents) ?? driftingGrid(exact);
  const line = lineOf(grid);
  const bpm = quarters(grid, 1);
  const places = heard.downbeats.map(time => nearest(line, time));
  const { meter, first, isRegular, share } = barsOf(places);
  return {
    bpm,
    firstDownbeat: rounded(line[first] ?? line[0] ?? 0),
    meter,
    confidence: heard.beatCertainty * evenness(heard.beats),
    beats: grid.beats.map(rounded),
    steady: grid.lineStart !== null,
    downbeats: isRegular ? [] : [...new Set(places)].sort((a, b) => a - b),
    candidates: countPulse(grid, accents).map(({ ratio, confidence: sure }) => ({
      bpm: bpm * ratio,
      confidence: sure,
    })),
    meters: [{ meter, confidence: heard.downbeatCertainty * share }],
  };
}

/** Share of beats that are as long as those around them, which beats that drift are as well. */
function evenness(beats: readonly number[]): number {
  const lengths = beats.slice(1).map((beat, at) => beat - beats[at]!);
  const even = lengths.filter((length, at) => {
    const around = lengths.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
    return Math.abs(length / medianOf(around) - 1) < EVEN;
  });
  return even.length / Math.max(1, lengths.length);
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 1;

/** The line that a machine kept, moved to where the model hears beats; null when they are not on one. */
function onLine(beats: readonly number[], accents: readonly Accent[]): BeatGrid | null {
  const intervals = beats.slice(1).map((beat, at) => beat - beats[at]!);
  const steady = steadyGrid(accents, medianOf(intervals));
  if (!steady || steady.lineStart === null) return null;
  const { period, lineStart } = steady;
  let [real, imaginary] = [0, 0];
  for (const beat of beats) {
    const phase = (2 * Math.PI * (beat - lineStart)) / period;
    real += Math.cos(phase);
    imaginary += Math.sin(phase);
  }
  if (Math.hypot(real, imaginary) < ON_LINE * beats.length) return null;
  const shift = (Math.atan2(imaginary, real) / (2 * Math.PI)) * period;
  const start = lineStart + (Math.abs(shift) < ONSET_REACH_SECONDS ? 0 : shift);
  const first = Math.round(((beats[0] ?? 0) - start) / period);
  const last = Math.round(((beats.at(-1) ?? 0) - start) / period);
  const places = Array.from({ length: last - first + 1 }, (_, at) => start + (first + at) * period);
  return {
    beats: places.map(place => {
      const near = beats[nearest(beats, place)] ?? place;
      return Math.abs(near - place) < 2 * ONSET_REACH_SECONDS ? near : place;
    }),
    period,
    error: steady.error,
    lineStart: start + first * period,
  };
}

/** The commonest number of beats from downbeat to downbeat, and where bars begin. */
function barsOf(places: readonly number[]): {
  readonly meter: Meter;
  readonly first: number;
  readonly isRegular: boolean;
  /** Of all bars, those of that length. */
  readonly share: number;
} {
  const lengths = places.slice(1).map((place, at) => place - places[at]!);
  const counts = new Map<number, number>();
  for (const length of lengths) if (length >= 2) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual = COMMON_TIME.numerator, times = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const meter = MeterSchema.safeParse({ numerator: usual, denominator: 4 });
  const phases = new Map<number, number>();
  for (const place of places) phases.set(place % usual, (phases.get(place % usual) ?? 0) + 1);
  const [phase = 0, agreed = 0] = [...phases].sort((a, b) => b[1] - a[1])[0] ?? [];
  const isRegular = times >= REGULAR * lengths.length && agreed >= REGULAR * places.length;
  return {
    meter: meter.success ? meter.data : COMMON_TIME,
    first: isRegular ? phase : (places[0] ?? 0),
    isRegular,
    share: times / Math.max(1, lengths.length),
  };
}
