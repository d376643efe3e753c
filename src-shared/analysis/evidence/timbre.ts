import type { MonoAudio } from '../../model';
import { squareSums } from './envelope';
import { type PowerSpectrum, powerShare } from './spectrum';

/** Features beside the eleven that tell instruments of one role apart. */
export const TIMBRE_FEATURES = [
  'mid_ratio',
  'top_ratio',
  'sub_ratio',
  'pitch_oct',
  'peak_share',
  'spread_oct',
  'early_ratio',
  'bursts',
] as const;
export type TimbreFeature = (typeof TIMBRE_FEATURES)[number];

/**
 * - `mid_ratio`, `top_ratio`: share of the first 500 ms' power at 700 Hz-5 kHz, from 10 kHz up
 * - `sub_ratio`: share at 20-80 Hz
 * - `pitch_oct`: octaves of the strongest partial at 40-1000 Hz above 40 Hz
 * - `peak_share`: share of the power within a sixth of an octave of the strongest partial from 40 Hz up
 * - `spread_oct`: standard deviation of the power over octaves
 * - `early_ratio`: energy of the first 30 ms over all energy
 * - `bursts`: rises of the envelope in the first 60 ms after a fall of at least 4 dB, 0..5: hands clapping
 */
export type Timbre = Readonly<Record<TimbreFeature, number>>;

export function measureTimbre(hit: MonoAudio, spectrum: PowerSpectrum): Timbre {
  const { samples, sampleRate } = hit;
  const sums = squareSums(samples);
  const total = sums[samples.length]!;
  const early = sums[Math.min(samples.length, Math.round(0.03 * sampleRate))]!;
  const strongest = strongestHertz(spectrum, 40, Infinity);
  return {
    mid_ratio: powerShare(spectrum, 700, 5000),
    top_ratio: powerShare(spectrum, 10000, Infinity),
    sub_ratio: powerShare(spectrum, 20, 80),
    pitch_oct: Math.log2(strongestHertz(spectrum, 40, 1000) / 40),
    peak_share: powerShare(spectrum, strongest / 2 ** (1 / 6), strongest * 2 ** (1 / 6)),
    spread_oct: spreadOctaves(spectrum),
    early_ratio: early / total,
    bursts: countBursts(samples, sampleRate),
  };
}

/** Frequency of the largest bin, never below `low`. */
function strongestHertz({ power, hertzPerBin }: PowerSpectrum, low: number, high: number): number {
  let best = Math.ceil(low / hertzPerBin);
  const last = Math.min(power.length - 1, Math.floor(high / hertzPerBin));
  for (let bin = best; bin <= last; bin++) if (power[bin]! > (power[best] ?? 0)) best = bin;
  return Math.max(low, best * hertzPerBin);
}

function spreadOctaves({ power, hertzPerBin }: PowerSpectrum): number {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (let bin = Math.ceil(30 / hertzPerBin); bin < power.length; bin++) {
    const octave = Math.log2(bin * hertzPerBin);
    total += power[bin]!;
    sum += power[bin]! * octave;
    squares += power[bin]! * octave * octave;
  }
  if (total <= 0) return 0;
  return Math.sqrt(Math.max(0, squares / total - (sum / total) ** 2));
}

/** A hand clap is three or four bursts about 10 ms apart; the 3 ms RMS between them falls well below both neighbours. */
function countBursts(samples: Float32Array, sampleRate: number): number {
  const window = Math.round(0.003 * sampleRate);
  const hop = Math.max(1, Math.round(0.001 * sampleRate));
  const sums = squareSums(samples);
  const levels: number[] = [];
  for (
    let start = 0;
    start + window <= Math.min(samples.length, Math.round(0.06 * sampleRate));
    start += hop
  ) {
    levels.push(10 * Math.log10((sums[start + window]! - sums[start]!) / window + 1e-6));
  }
  let bursts = 0;
  let high = -Infinity;
  let low = Infinity;
  let isFalling = false;
  for (const level of levels) {
    if (isFalling) {
      low = Math.min(low, level);
      if (level < low + 4) continue;
      bursts++;
      isFalling = false;
      high = level;
    } else {
      high = Math.max(high, level);
      if (level > high - 4) continue;
      isFalling = true;
      low = level;
    }
  }
  return Math.min(5, bursts);
}
