import type { MonoAudio } from '../../model';
import { decibelsOfGain } from '../../units';
import { attackMilliseconds, decayMilliseconds, rmsEnvelope, squareSums } from './envelope';
import { centroidHertz, flatness, type PowerSpectrum, powerShare, type SpectrumMeter } from './spectrum';

/** The eleven features that roles are judged by, in the order in which files list them. */
export const FEATURES = [
  'energy_db',
  'crest_db',
  'low_ratio',
  'lowmid_ratio',
  'high_ratio',
  'centroid_oct',
  'flatness',
  'attack_ms',
  'decay_ms',
  'sustain_ratio',
  'tonality',
] as const;
export type Feature = (typeof FEATURES)[number];

/**
 * - `energy_db`: RMS of the first 200 ms in dB of the peak
 * - `crest_db`: peak over RMS of the first 100 ms, dB
 * - `low_ratio`, `lowmid_ratio`, `high_ratio`: share of the first 500 ms' power at 20-150 Hz, 150-700 Hz, from 5 kHz up
 * - `centroid_oct`: octaves of the spectral centroid above 100 Hz
 * - `flatness`: geometric over arithmetic mean of the power, 100 Hz-16 kHz
 * - `attack_ms`: 10 % to 90 % of the 2 ms RMS envelope's peak
 * - `decay_ms`: Schroeder integral from the peak to -20 dB
 * - `sustain_ratio`: energy after 150 ms over all energy
 * - `tonality`: largest autocorrelation peak at 40-1000 Hz, 20-220 ms after the onset
 */
export type Features = Readonly<Record<Feature, number>>;

/** Measures a hit that `prepareHit` made. */
export function measureFeatures(hit: MonoAudio, spectrum: PowerSpectrum, meter: SpectrumMeter): Features {
  const { samples, sampleRate } = hit;
  const sums = squareSums(samples);
  const energyUntil = (time: number): number =>
    sums[Math.min(samples.length, Math.round(time * sampleRate))]!;
  const rms = (time: number): number => Math.sqrt(energyUntil(time) / (time * sampleRate));
  const total = energyUntil(Infinity);
  const envelope = rmsEnvelope(samples, sampleRate);
  return {
    energy_db: decibelsOfGain(rms(0.2)),
    crest_db: -decibelsOfGain(rms(0.1)),
    low_ratio: powerShare(spectrum, 20, 150),
    lowmid_ratio: powerShare(spectrum, 150, 700),
    high_ratio: powerShare(spectrum, 5000, Infinity),
    centroid_oct: Math.log2(Math.max(1, centroidHertz(spectrum)) / 100),
    flatness: flatness(spectrum),
    attack_ms: attackMilliseconds(envelope),
    decay_ms: decayMilliseconds(envelope),
    sustain_ratio: (total - energyUntil(0.15)) / total,
    tonality: meter.tonality(samples, sampleRate),
  };
}
