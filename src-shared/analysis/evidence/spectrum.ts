import { RealFft } from '../../dsp';

/** What the spectrum says is measured on this much of the hit. */
const SPECTRUM_SECONDS = 0.5;
/** The end is faded out so that a hit longer than that does not splatter. */
const FADE_SECONDS = 0.02;

/** Power of the first half second, bin by bin. */
export interface PowerSpectrum {
  readonly power: Float64Array;
  readonly hertzPerBin: number;
}

/** Keeps FFT tables between hits; holds nothing of one hit that another could see. */
export class SpectrumMeter {
  readonly #ffts = new Map<number, RealFft>();

  fft(size: number): RealFft {
    const known = this.#ffts.get(size);
    if (known) return known;
    const fft = new RealFft(size);
    this.#ffts.set(size, fft);
    return fft;
  }

  powerSpectrum(samples: Float32Array, sampleRate: number): PowerSpectrum {
    const wanted = Math.round(SPECTRUM_SECONDS * sampleRate);
    const size = powerOfTwoFrom(wanted);
    const input = new Float64Array(size);
    input.set(samples.subarray(0, wanted));
    const fade = Math.round(FADE_SECONDS * sampleRate);
    if (samples.length > wanted - fade) {
      const end = Math.min(samples.length, wanted);
      for (let frame = Math.max(0, end - fade); frame < end; frame++) {
        input[frame]! *= 0.5 - 0.5 * Math.cos((Math.PI * (end - frame)) / fade);
      }
    }
    const fft = this.fft(size);
    const spectrum = new Float64Array(2 * fft.binCount);
    fft.forward(input, spectrum);
    const power = new Float64Array(fft.binCount);
    for (let bin = 0; bin < power.length; bin++)
      power[bin] = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2;
    return { power, hertzPerBin: sampleRate / size };
  }

  /**
   * Largest peak of the normalised autocorrelation at lags of 40-1000 Hz, 0..1: near 1 for a pitched sound, near 0 for noise.
   * Each lag is normalised by the energies of the two stretches that it compares, so that decay does not lower it.
   */
  tonality(samples: Float32Array, sampleRate: number): number {
    const start = Math.min(samples.length, Math.round(0.02 * sampleRate));
    const stretch = samples.subarray(start, Math.min(samples.length, Math.round(0.22 * sampleRate)));
    const longest = Math.min(Math.round(sampleRate / 40), Math.floor(stretch.length / 2));
    const shortest = Math.max(2, Math.round(sampleRate / 1000));
    if (longest <= shortest + 2) return 0;
    const size = powerOfTwoFrom(stretch.length + longest);
    const fft = this.fft(size);
    const input = new Float64Array(size);
    input.set(stretch);
    const spectrum = new Float64Array(2 * fft.binCount);
    fft.forward(input, spectrum);
    for (let bin = 0; bin < fft.binCount; bin++) {
      spectrum[2 * bin] = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2;
      spectrum[2 * bin + 1] = 0;
    }
    const products = new Float64Array(size);
    fft.inverse(spectrum, products);
    const energy = new Float64Array(stretch.length + 1);
    for (let frame = 0; frame < stretch.length; frame++)
      energy[frame + 1] = energy[frame]! + stretch[frame]! ** 2;
    const total = energy[stretch.length]!;
    if (total <= 1e-9) return 0;
    const at = (lag: number): number => {
      const norm = Math.sqrt(energy[stretch.length - lag]! * (total - energy[lag]!));
      return norm > 1e-9 * total ? products[lag]! / norm : 0;
    };
    let best = 0;
    for (let lag = shortest; lag < longest; lag++) {
      const value = at(lag);
      if (value > best && value >= at(lag - 1) && value >= at(lag + 1)) best = value;
    }
    return Math.min(1, best);
  }
}

/** Share of the power between `low` and `high` Hz, 0..1. */
export function powerShare(spectrum: PowerSpectrum, low: number, high: number): number {
  let inside = 0;
  let total = 0;
  for (let bin = 1; bin < spectrum.power.length; bin++) {
    const hertz = bin * spectrum.hertzPerBin;
    total += spectrum.power[bin]!;
    if (hertz >= low && hertz < high) inside += spectrum.power[bin]!;
  }
  return total > 0 ? inside / total : 0;
}

/** Power-weighted mean frequency in Hz. */
export function centroidHertz(spectrum: PowerSpectrum): number {
  let weighted = 0;
  let total = 0;
  for (let bin = 1; bin < spectrum.power.length; bin++) {
    weighted += spectrum.power[bin]! * bin * spectrum.hertzPerBin;
    total += spectrum.power[bin]!;
  }
  return total > 0 ? weighted / total : 0;
}

/** Geometric over arithmetic mean of the power between 100 Hz and 16 kHz, 0..1: near 0 for tones, higher for noise. */
export function flatness(spectrum: PowerSpectrum): number {
  let logs = 0;
  let sum = 0;
  let count = 0;
  for (let bin = 1; bin < spectrum.power.length; bin++) {
    const hertz = bin * spectrum.hertzPerBin;
    if (hertz < 100 || hertz >= 16000) continue;
    logs += Math.log(spectrum.power[bin]! + 1e-12);
    sum += spectrum.power[bin]!;
    count++;
  }
  return count > 0 && sum > 0 ? Math.exp(logs / count) / (sum / count) : 0;
}

function powerOfTwoFrom(length: number): number {
  let size = 2;
  while (size < length) size *= 2;
  return size;
}
