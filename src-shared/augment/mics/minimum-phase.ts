import { HalfSizeRealFft } from '../../dsp';

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
  const fft = new HalfSizeRealFft(SIZE);
  const spectrum = new Float64Array(2 * fft.binCount);
  const cepstrum = new Float64Array(SIZE);
  const levelOf = sampled(decibels, sampleRate / SIZE, sampleRate / 2);
  for (let bin = 0; bin < fft.binCount; bin++) {
    const level = Math.max(FLOOR_DECIBELS, levelOf((bin * sampleRate) / SIZE));
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

/** Points an octave that a curve is asked at; straight over log frequency between them. */
const POINTS_AN_OCTAVE = 48;

/** `decibels` from a few hundred points between `low` and `high` Hz: thousands of bins ask for it. */
function sampled(decibels: (hertz: number) => number, low: number, high: number): (hertz: number) => number {
  const count = Math.ceil(POINTS_AN_OCTAVE * Math.log2(high / low)) + 2;
  const points = Float64Array.from({ length: count }, (_, at) =>
    decibels(low * 2 ** (at / POINTS_AN_OCTAVE)),
  );
  return hertz => {
    if (hertz < low) return decibels(hertz);
    const place = POINTS_AN_OCTAVE * Math.log2(hertz / low);
    const at = Math.min(count - 2, Math.floor(place));
    return points[at]! + (place - at) * (points[at + 1]! - points[at]!);
  };
}

const fadeAt = (tap: number): number =>
  tap < TAPS - FADE_TAPS ? 1 : 0.5 + 0.5 * Math.cos((Math.PI * (tap - TAPS + FADE_TAPS)) / FADE_TAPS);
