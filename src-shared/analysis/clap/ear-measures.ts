import type { MonoAudio } from '../../model';
import { squareSums } from '../evidence/envelope';
import type { SpectrumMeter } from '../evidence';

const LONGEST_SECONDS = 2;
const SPECTRUM_FRAMES = 32768;
const THIRDS = 28;
const LOWEST_THIRD_HERTZ = 30;

/** `EAR_MEASURES` by the training code's own definitions (`measures.py`), of a hit that `prepareHit` made. */
export function measureForEar({ samples, sampleRate }: MonoAudio, meter: SpectrumMeter): Float64Array {
  const hit = samples.subarray(0, LONGEST_SECONDS * sampleRate);
  const sums = squareSums(hit);
  const energyUntil = (frame: number): number => sums[Math.min(hit.length, Math.floor(frame))]!;
  const total = energyUntil(hit.length) + 1e-12;
  const after = total - energyUntil(sampleRate / 10);
  const density = Math.sqrt(energyUntil(sampleRate / 5) / (sampleRate / 5));
  const { attackMs, decayMs } = strokeOf(sums, hit.length, sampleRate);
  const { centroid, flatness, lowShare, pitch } = coloursOf(hit, sampleRate, meter);
  return Float64Array.of(
    Math.log2(Math.max(centroid, 20) / 100),
    Math.log2(decayMs + 2),
    Math.log10(lowShare + 1e-4),
    Math.log10(flatness + 1e-5),
    -Math.log10(after / total + 1e-4),
    Math.log2(attackMs + 0.5),
    Math.log2(pitch),
    20 * Math.log10(density + 1e-6),
  );
}

/** Attack from 10 % to 90 % of the 2 ms envelope's peak; decay by Schroeder's integral of it, from the peak to -20 dB. */
function strokeOf(
  sums: Float64Array,
  length: number,
  sampleRate: number,
): { readonly attackMs: number; readonly decayMs: number } {
  const hop = Math.max(1, Math.floor(sampleRate / 4000));
  const window = Math.floor(sampleRate / 500);
  const count = Math.max(1, Math.ceil((length - window) / hop));
  const power = new Float64Array(count);
  let peakAt = 0;
  for (let index = 0; index < count; index++) {
    const start = index * hop;
    power[index] = (sums[Math.min(start + window, length)]! - sums[start]!) / window;
    if (power[index]! > power[peakAt]!) peakAt = index;
  }
  const peak = power[peakAt]!;
  const low = power.findIndex(value => value >= 0.01 * peak);
  const high = power.findIndex(value => value >= 0.81 * peak);
  let left = 0;
  for (let index = peakAt; index < count; index++) left += power[index]!;
  const threshold = left / 100;
  let frames = 0;
  for (let index = peakAt; index < count && left > threshold; index++) {
    frames++;
    left -= power[index]!;
  }
  const hopMs = (1000 * hop) / sampleRate;
  return { attackMs: Math.max(0, high - low) * hopMs, decayMs: frames * hopMs };
}

/** What the spectrum of the first half second says, its last 20 ms faded out. */
function coloursOf(
  hit: Float32Array,
  sampleRate: number,
  meter: SpectrumMeter,
): {
  readonly centroid: number;
  readonly flatness: number;
  readonly lowShare: number;
  readonly pitch: number;
} {
  const half = Math.min(hit.length, Math.floor(sampleRate / 2));
  const fade = Math.min(half, Math.floor(sampleRate / 50));
  const input = new Float64Array(SPECTRUM_FRAMES);
  for (let frame = 0; frame < Math.min(half, SPECTRUM_FRAMES); frame++) {
    const faded = frame - (half - fade);
    input[frame] = hit[frame]! * (faded < 0 ? 1 : 0.5 + 0.5 * Math.cos((Math.PI * faded) / fade));
  }
  const fft = meter.fft(SPECTRUM_FRAMES);
  const spectrum = new Float64Array(2 * fft.binCount);
  fft.forward(input, spectrum);
  const thirds = new Float64Array(THIRDS);
  let audible = 0;
  let weighted = 0;
  let low = 0;
  let logarithms = 0;
  let mean = 0;
  let counted = 0;
  for (let bin = 0; bin < fft.binCount; bin++) {
    const hertz = (bin * sampleRate) / SPECTRUM_FRAMES;
    if (hertz < 20) continue;
    const power = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2 + 1e-15;
    audible += power;
    weighted += hertz * power;
    if (hertz < 120) low += power;
    if (hertz >= 100 && hertz < 16000) {
      logarithms += Math.log(power);
      mean += power;
      counted++;
    }
    const third = Math.floor(3 * Math.log2(hertz / LOWEST_THIRD_HERTZ) + 1e-9);
    if (third >= 0 && third < THIRDS) thirds[third]! += power;
  }
  const strongest = thirds.indexOf(Math.max(...thirds));
  return {
    centroid: weighted / audible,
    flatness: Math.exp(logarithms / counted) / (mean / counted),
    lowShare: low / audible,
    pitch: LOWEST_THIRD_HERTZ * 2 ** (strongest / 3),
  };
}

/** How a vector moves where a sound's measures are not what the network guessed from pictures. */
export interface EarCorrection {
  /** Standard deviations of the measures, and how many of them a difference may count at most. */
  readonly deviations: readonly number[];
  readonly limit: number;
  /** A row for each measure, as long as a vector: what one standard deviation adds. */
  readonly rows: readonly (readonly number[])[];
}

/** Moves `vector` in place; its length is left to be made 1 again. */
export function correctVector(
  vector: Float32Array,
  guessed: ArrayLike<number>,
  measured: ArrayLike<number>,
  { deviations, limit, rows }: EarCorrection,
): void {
  for (const [index, row] of rows.entries()) {
    const apart = (measured[index]! - guessed[index]!) / deviations[index]!;
    const by = Math.min(limit, Math.max(-limit, apart));
    for (let at = 0; at < vector.length; at++) vector[at]! += by * row[at]!;
  }
}
