import type { Tempo } from '../../model';
import { clamp } from '../../units';
import type { Accent } from './accents';
import { guessBars, soundsAtBeats } from './bars';
import { beatPath } from './beat-path';
import { beatWeight, pulseCurves } from './pulse-curve';
import { guessPulse } from './tempogram';

/** Onsets this near, in shares of the beat, pull a beat to their own time. */
const SNAP = 0.08;
const LEAST_ONSETS = 6;
/** Onsets at random reach 0.06, a groove 40 ms loose about 0.25, a tight one 0.5 and more. */
const LEAST_STRENGTH = 0.05;
/** Strength of a pulse that is believed to 63 %. */
const CONVINCING_STRENGTH = 0.2;

/**
 * Tempo, beats and bars of a track from its onsets; null when they show no pulse.
 *
 * @see docs/algorithms/onsets-and-tempo.md
 */
export function estimateTempo(accents: readonly Accent[], seconds: number): Tempo | null {
  if (accents.length < LEAST_ONSETS) return null;
  const curves = pulseCurves(accents, seconds);
  const pulse = guessPulse(curves);
  if (!pulse) return null;
  const rough = beatPath(curves.all, pulse.period);
  const beats = rough.map(beat => snapped(beat, pulse.period, accents));
  if (beats.length < 4) return null;
  const period = meanPeriod(beats);
  const strength = clamp(pulse.clarity * shareOnBeat(beats, period, accents), 0, 1);
  if (strength < LEAST_STRENGTH) return null;
  const { meter, firstBar } = guessBars(soundsAtBeats(beats, period, accents));
  return {
    bpm: Math.round((60 / period) * 1000) / 1000,
    firstDownbeat: beats[firstBar] ?? beats[0] ?? 0,
    meter,
    confidence: 1 - Math.exp(-strength / CONVINCING_STRENGTH),
    beats,
    steady: true,
    downbeats: [],
    candidates: [],
    meters: [],
  };
}

/** The weighted mean time of the onsets close to `beat`, or `beat` where none is. */
function snapped(beat: number, period: number, accents: readonly Accent[]): number {
  let weights = 0;
  let sum = 0;
  for (let at = firstAfter(accents, beat - SNAP * period); at < accents.length; at++) {
    const accent = accents[at]!;
    if (accent.time > beat + SNAP * period) break;
    weights += beatWeight(accent);
    sum += beatWeight(accent) * accent.time;
  }
  return Math.round((weights > 0 ? sum / weights : beat) * 1e4) / 1e4;
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

/** Seconds per beat of the straight line through the beats (least squares), which averages the drummer's feel out. */
function meanPeriod(beats: readonly number[]): number {
  const middle = (beats.length - 1) / 2;
  const mean = beats.reduce((sum, beat) => sum + beat, 0) / beats.length;
  let products = 0;
  let squares = 0;
  beats.forEach((beat, index) => {
    products += (index - middle) * (beat - mean);
    squares += (index - middle) ** 2;
  });
  return products / squares;
}

/** Share of all onset weight that lies on beats or halfway between them. */
function shareOnBeat(beats: readonly number[], period: number, accents: readonly Accent[]): number {
  let on = 0;
  let all = 0;
  let beat = 0;
  for (const accent of accents) {
    while (beat + 1 < beats.length && beats[beat + 1]! <= accent.time) beat++;
    const eighths = (2 * (accent.time - beats[beat]!)) / period;
    const weight = beatWeight(accent);
    all += weight;
    if (Math.abs(eighths - Math.round(eighths)) < 0.25) on += weight;
  }
  return all > 0 ? on / all : 0;
}
