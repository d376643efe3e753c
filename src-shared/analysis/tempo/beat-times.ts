import type { Accent } from './accents';
import type { BeatGrid } from './beat-grid';
import { beatWeight } from './pulse-curve';

/** `count` beats for each one. */
export function subdivided(beats: readonly number[], count: number): number[] {
  return beats.flatMap((beat, at) => {
    const next = beats[at + 1];
    if (next === undefined) return [beat];
    return Array.from({ length: count }, (_, part) => beat + (part * (next - beat)) / count);
  });
}

/** `count` more beats before the first, as far apart as the first two. */
export function reachingBack(beats: readonly number[], count: number): number[] {
  const [first = 0, second = first] = beats;
  return [...Array.from({ length: count }, (_, at) => first - (count - at) * (second - first)), ...beats];
}

/** To a tenth of a millisecond: finer than any ear or onset. */
export const rounded = (seconds: number): number => Math.round(seconds * 1e4) / 1e4;

/** A tempo this sure is taken for the whole number that it cannot be told from: that is what machines are set to. */
const SURE_BPM = 0.06;
const ERRORS = 2.5;

/** Quarter notes a minute: a beat is one, and in compound time one and a half. */
export function quarters({ period, error, lineStart }: BeatGrid, perPulse: number): number {
  const bpm = (60 / period) * (perPulse === 3 ? 1.5 : 1);
  const deviation = (error / period) * bpm;
  const whole = Math.round(bpm);
  const isWhole =
    lineStart !== null && deviation < SURE_BPM && Math.abs(bpm - whole) < Math.max(0.005, ERRORS * deviation);
  return isWhole ? whole : Math.round(bpm * 1000) / 1000;
}

/** The weighted mean time of the onsets within `reach` seconds of `beat`, or `beat` where none is. */
export function atOnsets(beat: number, reach: number, accents: readonly Accent[]): number {
  let weights = 0;
  let sum = 0;
  for (let at = firstAfter(accents, beat - reach); at < accents.length; at++) {
    const accent = accents[at]!;
    if (accent.time > beat + reach) break;
    weights += beatWeight(accent);
    sum += beatWeight(accent) * accent.time;
  }
  return weights > 0 ? sum / weights : beat;
}

function firstAfter(accents: readonly Accent[], time: number): number {
  let low = 0;
  let high = accents.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (accents[middle]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
