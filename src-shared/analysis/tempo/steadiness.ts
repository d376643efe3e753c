import type { Accent } from './accents';
import type { BeatGrid } from './beat-grid';
import { beatWeight } from './pulse-curve';

/** How far the period is looked for around the tempogram's, which knows it to a per cent. */
const SEARCH = 0.015;
/** Length that is looked at first; each further look is longer and finer, so that no beat is miscounted. */
const FIRST_LOOK_SECONDS = 20;
const LONGER = 2.5;
/** Steps of the search as shares of what the length looked at can tell. */
const FINENESS = 0.08;
/** Even parts of the beat on which strokes may fall. */
const DIVISIONS = [2, 3, 4] as const;
/** Agreement, 0..1, of all onsets with the parts of a straight line's beats below which nothing kept the time. */
const LEAST_AGREEMENT = 0.3;
/** Beats over which a player's feel averages out; what is left wanders. */
const FEEL_BEATS = 8;
/**
 * Onsets that wander no farther than this from a line were played to a machine: drummers on a click mostly stay within
 * 40 ms of it for bars on end, drummers without one stray by ten times as much within a minute.
 */
const MOST_WANDER_SECONDS = 0.05;
const MOST_WANDER_RMS = 0.02;
/** Share of stretches whose strokes may lie anywhere between the parts: fills, breaks. */
const MOST_LOST = 0.2;
/** Beats are heard at onsets this near, in shares of the beat. */
const SNAP = 0.08;

interface Weighted {
  readonly time: number;
  readonly weight: number;
}

/** The straight line of beats that a machine kept for the players; null when none did. */
export function steadyGrid(accents: readonly Accent[], period: number): BeatGrid | null {
  const onsets = accents.map((accent): Weighted => ({ time: accent.time, weight: beatWeight(accent) }));
  const line = strongestLine(onsets, period);
  if (line.agreement < LEAST_AGREEMENT) return null;
  const part = line.period / line.division;
  const { wander, lost } = wanderOf(onsets, part, line.start, FEEL_BEATS * line.period);
  if (lost > MOST_LOST * (wander.length + lost)) return null;
  const rms = Math.sqrt(wander.reduce((sum, value) => sum + value * value, 0) / Math.max(1, wander.length));
  if (rms > MOST_WANDER_RMS || wander.some(value => Math.abs(value) > MOST_WANDER_SECONDS)) return null;
  return heardOnLine(onsets, line);
}

interface Line {
  readonly period: number;
  /** Seconds of one of its parts. */
  readonly start: number;
  readonly division: number;
  readonly agreement: number;
}

/** The period near `rough` with whose even parts the onsets agree most. */
function strongestLine(onsets: readonly Weighted[], rough: number): Line {
  const begin = onsets[0]?.time ?? 0;
  const end = onsets.at(-1)?.time ?? 0;
  const middle = (begin + end) / 2;
  let best: Line = { period: rough, start: 0, division: 2, agreement: -1 };
  let range = SEARCH;
  for (let length = FIRST_LOOK_SECONDS; ; length *= LONGER) {
    const isWhole = length >= end - begin;
    const seen = isWhole ? onsets : onsets.filter(({ time }) => Math.abs(time - middle) <= length / 2);
    const step = (FINENESS * best.period) / Math.min(length, Math.max(1, end - begin));
    const around = best.period;
    best = { ...best, agreement: -1 };
    for (let factor = 1 - range; factor <= 1 + range; factor += step) {
      const found = agreementAt(seen, around * factor);
      if (found.agreement > best.agreement) best = found;
    }
    if (isWhole) return refined(onsets, best);
    range = 4 * step;
  }
}

/** How well onsets agree with halves and thirds or quarters of a beat: the length of the mean of their phases. */
function agreementAt(onsets: readonly Weighted[], period: number): Line {
  let best: Line = { period, start: 0, division: 2, agreement: -1 };
  let halves = 0;
  for (const division of DIVISIONS) {
    const { length, start } = meanPhase(onsets, period / division);
    if (division === 2) halves = length;
    // Finer parts tell the period better, so they count in full where strokes fall on them.
    const agreement = division === 2 ? length : (halves + length) / 2;
    if (agreement > best.agreement) best = { period, start, division, agreement };
  }
  return best;
}

function meanPhase(onsets: readonly Weighted[], part: number) {
  let real = 0;
  let imaginary = 0;
  let all = 0;
  for (const { time, weight } of onsets) {
    const phase = (2 * Math.PI * time) / part;
    real += weight * Math.cos(phase);
    imaginary += weight * Math.sin(phase);
    all += weight;
  }
  const length = all > 0 ? Math.hypot(real, imaginary) / all : 0;
  return { length, start: (Math.atan2(imaginary, real) / (2 * Math.PI)) * part };
}

/** The line moved to the least squares of the onsets on its parts. */
function refined(onsets: readonly Weighted[], line: Line): Line {
  let { period, start } = line;
  for (let round = 0; round < 3; round++) {
    const part = period / line.division;
    let [all, x, y, xx, xy] = [0, 0, 0, 0, 0];
    for (const { time, weight } of onsets) {
      const number = Math.round((time - start) / part);
      const offset = time - start - number * part;
      if (Math.abs(offset) > 0.3 * part) continue;
      all += weight;
      x += weight * number;
      y += weight * offset;
      xx += weight * number * number;
      xy += weight * number * offset;
    }
    const spread = xx - (x * x) / Math.max(1e-9, all);
    if (all <= 0 || spread <= 0) return line;
    const slope = (xy - (x * y) / all) / spread;
    start += (y - slope * x) / all;
    period += slope * line.division;
  }
  return { ...line, period, start };
}

/**
 * Mean distance of onsets to the nearest part of the line, stretch by stretch, each going on from the one before; and the
 * number of stretches that agree on none.
 */
function wanderOf(
  onsets: readonly Weighted[],
  part: number,
  start: number,
  stretch: number,
): { readonly wander: readonly number[]; readonly lost: number } {
  const wander: number[] = [];
  let lost = 0;
  let former = 0;
  for (let first = 0; first < onsets.length; ) {
    const from = onsets[first]!.time;
    let last = first;
    while (last < onsets.length && onsets[last]!.time < from + stretch) last++;
    const within = onsets.slice(first, last);
    const { length, start: at } = meanPhase(within, part);
    if (within.length >= 3 && length > 0.3) {
      const offset = at - start;
      former = offset - Math.round((offset - former) / part) * part;
      wander.push(former);
    } else if (within.length >= 3) lost++;
    first = last;
  }
  // The line's own place is free by a part.
  const shift = wander.length > 0 ? Math.round(wander[wander.length >> 1]! / part) * part : 0;
  return { wander: wander.map(value => value - shift), lost };
}

/** The line's beats: the parts of it that the strongest strokes fall on, each heard where its onsets are. */
function heardOnLine(onsets: readonly Weighted[], { period, start, division }: Line): BeatGrid {
  const part = period / division;
  const sums = new Float64Array(division);
  for (const { time, weight } of onsets) {
    const number = Math.round((time - start) / part);
    if (Math.abs(time - start - number * part) < 0.3 * part)
      sums[((number % division) + division) % division]! += weight;
  }
  const strongest = sums.indexOf(Math.max(...sums));
  const anchor = start + strongest * part;
  const first = Math.ceil(((onsets[0]?.time ?? 0) - anchor) / period - SNAP);
  const last = Math.floor(((onsets.at(-1)?.time ?? 0) - anchor) / period + SNAP);
  const lineStart = anchor + first * period;
  const heard = Array.from({ length: Math.max(0, last - first + 1) }, () => ({ weight: 0, sum: 0 }));
  let [count, squares] = [0, 0];
  for (const { time, weight } of onsets) {
    const number = Math.round((time - lineStart) / period);
    const offset = time - lineStart - number * period;
    const beat = heard[number];
    if (!beat || Math.abs(offset) > SNAP * period) continue;
    beat.weight += weight;
    beat.sum += weight * offset;
    count++;
    squares += offset * offset;
  }
  const beats = heard.map(({ weight, sum }, at) => lineStart + at * period + (weight > 0 ? sum / weight : 0));
  // Of the slope of a line through `count` points that lie evenly over the beats.
  const error =
    Math.sqrt((12 * squares) / Math.max(1, count)) /
    Math.sqrt(Math.max(1, count)) /
    Math.max(1, beats.length);
  return { beats, period, error, lineStart };
}
