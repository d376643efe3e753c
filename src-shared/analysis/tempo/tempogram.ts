import { CURVE_RATE } from './pulse-curve';

export interface PulseGuess {
  /** Seconds between beats. */
  readonly period: number;
  /** Likeness of the curve to itself one beat later, 0..1. */
  readonly clarity: number;
}

const SLOWEST_BPM = 40;
const FASTEST_BPM = 250;
/** Tempi most songs are felt at, and how far from it in octaves others are (Moelants 2002 gives 120 and about 1). */
const USUAL_BPM = 120;
const PRIOR_OCTAVES = 0.7;
/** Multiples of the beat that a pulse must show as well: two, three and four beats. */
const COMB = [1, 0.6, 0.3, 0.6] as const;
/** Windows of the tempogram: long enough for a bar or two at any tempo, short enough for a drifting one. */
const WINDOW_SECONDS = 12;

/**
 * The beat period of a pulse curve: autocorrelation in windows of 12 s (a tempogram), their mean summed over multiples of
 * each lag (a comb), weighed by a log-normal prior around 120 BPM that decides between a tempo and its half or double.
 * Null when nothing repeats.
 */
export function guessPulse(curve: Float32Array): PulseGuess | null {
  const longest = Math.ceil((COMB.length * 60 * CURVE_RATE) / SLOWEST_BPM) + 2;
  const likeness = meanAutocorrelation(curve, longest);
  if (!likeness) return null;
  let best: PulseGuess | null = null;
  let bestScore = 0;
  for (let bpm = SLOWEST_BPM; bpm <= FASTEST_BPM; bpm *= 1.002) {
    const lag = (60 * CURVE_RATE) / bpm;
    let sum = 0;
    COMB.forEach((weight, at) => {
      sum += weight * between(likeness, lag * (at + 1));
    });
    const octaves = Math.log2(bpm / USUAL_BPM) / PRIOR_OCTAVES;
    const score = sum * Math.exp(-0.5 * octaves * octaves);
    if (score > bestScore) {
      bestScore = score;
      best = { period: 60 / bpm, clarity: Math.min(1, Math.max(0, between(likeness, lag))) };
    }
  }
  return best;
}

/** `values` between two places, straight. */
function between(values: Float64Array, place: number): number {
  const left = Math.floor(place);
  const share = place - left;
  return (1 - share) * (values[left] ?? 0) + share * (values[left + 1] ?? 0);
}

/** Mean over windows of the normalised autocorrelation, by lag; null when the curve is empty. */
function meanAutocorrelation(curve: Float32Array, longest: number): Float64Array | null {
  const size = Math.min(curve.length, WINDOW_SECONDS * CURVE_RATE);
  const hop = Math.max(1, Math.floor(size / 2));
  const sum = new Float64Array(longest + 1);
  let windows = 0;
  for (let start = 0; start + size <= curve.length; start += hop) {
    const window = curve.subarray(start, start + size);
    const mean = window.reduce((total, value) => total + value, 0) / size;
    const centred = Float64Array.from(window, value => value - mean);
    const power = centred.reduce((total, value) => total + value * value, 0);
    if (power < 1e-9) continue;
    windows++;
    for (let lag = 1; lag <= Math.min(longest, size - 1); lag++) {
      let product = 0;
      for (let at = lag; at < size; at++) product += centred[at]! * centred[at - lag]!;
      // Fewer products at long lags: made good, so that slow tempi are not held back twice.
      sum[lag]! += (product / power) * (size / (size - lag));
    }
  }
  if (windows === 0) return null;
  return sum.map(value => value / windows);
}
