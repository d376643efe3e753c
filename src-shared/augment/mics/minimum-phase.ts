import { RealFft } from '../../dsp';

/** Bins of about 2.7 Hz at 44.1 kHz: a table's point at 20 Hz is met. */
const SIZE = 16_384;
const TAPS = 8192;
const FADE_TAPS = 1024;
const FLOOR_DECIBELS = -80;

/**
 * Causal response whose magnitude is `decibels(hertz)` and whose energy comes as early as it can, as a capsule's does.
 * @see Oppenheim & Schafer, "Discrete-Time Signal Processing", 13.5 (folded cepstrum)
 */
export function minimumPhase(decibels: (hertz: number) => number, sampleRate: number): Float32Array {
  const fft = new RealFft(SIZE);
  const spectrum = new Float64Array(2 * fft.binCount);
  const cepstrum = new Float64Array(SIZE);
  for (let bin = 0; bin < fft.binCount; bin++) {
    const level = Math.max(FLOOR_DECIBELS, decibels((bin * sampleRate) / SIZE));
    spectrum[2 * bin] = (level * Math.LN10) / 20;
  }
  fft.inverse(spectrum, cepstrum);
  for (let index = 1; index < SIZE / 2; index++) {
    cepstrum[index]! *= 2;
    cepstrum[SIZE - index] = 0;
  }
  fft.forward(cepstrum, spectrum);
  for (let bin = 0; bin < fft.binCount; bin++) {
    const gain = Math.exp(spectrum[2 * bin]!);
    const phase = spectrum[2 * bin + 1]!;
    spectrum[2 * bin] = gain * Math.cos(phase);
    spectrum[2 * bin + 1] = gain * Math.sin(phase);
  }
  fft.inverse(spectrum, cepstrum);
  return Float32Array.from(cepstrum.subarray(0, TAPS), (value, tap) => value * fadeAt(tap));
}

const fadeAt = (tap: number): number =>
  tap < TAPS - FADE_TAPS ? 1 : 0.5 + 0.5 * Math.cos((Math.PI * (tap - TAPS + FADE_TAPS)) / FADE_TAPS);
