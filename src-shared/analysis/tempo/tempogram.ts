import { CURVE_RATE, type PulseCurves } from './pulse-curve';

export interface PulseGuess {
  /** Seconds between beats. */
  readonly period: number;
  /** Likeness of the onsets to themselves one beat later, 0..1. */
  readonly clarity: number;
}

const SLOWEST_BPM = 40;
const FASTEST_BPM = 250;
const BPM_STEP = 1.002;
/** Tempi most songs are felt at, and how far from it in octaves others are (van Noorden & Moelants 1999: about 120). */
const USUAL_BPM = 120;
const PRIOR_OCTAVES = 0.7;
/** Weights of one beat, two, three and four: what a pulse shows as well. */
const COMB = [1, 0.6, 0.3, 0.6] as const;
/** Weight of kick and snare taking turns, which they do on the beat and not at its half or double. */
const TURNS = 1;
/** Windows of the tempogram: long enough for a bar or two at any tempo, short enough for a drifting one. */
const WINDOW_SECONDS = 12;
/** An hour needs no more windows than some minutes to show its tempo; they lie evenly over it. */
const MOST_WINDOWS = 60;

/**
 * The beat period: autocorrelation of the onsets in windows of 12 s (a tempogram), its mean summed over multiples of each
 * lag (a comb). Between a tempo and its half or double decide how kicks and snares take turns, and a log-normal prior
 * around 120 BPM. Null when nothing repeats.
 */
export function guessPulse({ all, kicks, snares }: PulseCurves): PulseGuess | null {
  const longest = Math.ceil((COMB.length * 60 * CURVE_RATE) / SLOWEST_BPM) + 2;
  const likeness = meanCorrelation(all, all, longest);
  if (!likeness) return null;
  const snareAfterKick = meanCorrelation(kicks, snares, longest);
  const kickAfterSnare = meanCorrelation(snares, kicks, longest);
  const scoreAt = (bpm: number): number => {
    const lag = (60 * CURVE_RATE) / bpm;
    let score = combAt(likeness, lag);
    if (snareAfterKick && kickAfterSnare)
      score += (TURNS / 2) * (valueAt(snareAfterKick, lag) + valueAt(kickAfterSnare, lag));
    const octaves = Math.log2(bpm / USUAL_BPM) / PRIOR_OCTAVES;
    return score * Math.exp(-0.5 * octaves * octaves);
  };
  let best = { bpm: 0, score: 0 };
  for (let bpm = SLOWEST_BPM; bpm <= FASTEST_BPM; bpm *= BPM_STEP) {
    const score = scoreAt(bpm);
    if (score > best.score) best = { bpm, score };
  }
  if (best.score <= 0) return null;
  const clarity = valueAt(likeness, (60 * CURVE_RATE) / best.bpm);
  return {
    period: 60 / best.bpm,
    clarity: Math.min(1, Math.max(0, clarity)),
  };
}

/** Likeness to oneself one to four beats later. */
export function combAt(likeness: Float64Array, lag: number): number {
  let score = 0;
  COMB.forEach((weight, at) => {
    score += weight * valueAt(likeness, lag * (at + 1));
  });
  return score;
}

/** `values` between two places, straight. */
function valueAt(values: Float64Array, place: number): number {
  const left = Math.floor(place);
  const share = place - left;
  return (1 - share) * (values[left] ?? 0) + share * (values[left + 1] ?? 0);
}

/** How alike `late` is to `early` some time before, by lag, -1..1: mean over windows; null when one is empty. */
function meanCorrelation(early: Float32Array, late: Float32Array, longest: number): Float64Array | null {
  const size = Math.min(early.length, WINDOW_SECONDS * CURVE_RATE);
  const hop = Math.max(1, Math.floor(size / 2), Math.ceil((early.length - size) / MOST_WINDOWS));
  const sum = new Float64Array(longest + 1);
  let windows = 0;
  for (let start = 0; start + size <= early.length; start += hop) {
    const likeness = correlation(
      early.subarray(start, start + size),
      late.subarray(start, start + size),
      longest,
    );
    if (!likeness) continue;
    windows++;
    for (let lag = 1; lag <= longest; lag++) sum[lag]! += likeness[lag]!;
  }
  return windows === 0 ? null : sum.map(value => value / windows);
}

/** How alike `late` is to `early` some time before, by lag; null when one of them is empty. */
export function correlation(early: Float32Array, late: Float32Array, longest: number): Float64Array | null {
  const size = early.length;
  const before = centred(early);
  const after = early === late ? before : centred(late);
  const power = Math.sqrt(powerOf(before) * powerOf(after));
  if (power < 1e-9) return null;
  const likeness = new Float64Array(longest + 1);
  for (let lag = 1; lag <= Math.min(longest, size - 1); lag++) {
    let product = 0;
    for (let at = lag; at < size; at++) product += after[at]! * before[at - lag]!;
    // Fewer products at long lags: made good, so that slow tempi are not held back twice.
    likeness[lag] = (product / power) * (size / (size - lag));
  }
  return likeness;
}

function centred(values: Float32Array): Float64Array {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Float64Array.from(values, value => value - mean);
}

const powerOf = (values: Float64Array): number => values.reduce((total, value) => total + value * value, 0);
