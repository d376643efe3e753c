import { addBandPower, cepstrum, type MelBands, melBands, nearestPowerOfTwo, RealFft } from '../../dsp';
import type { MonoAudio } from '../../model';

/** Borders of the stretches that are compared, seconds after the onset: attack, body, decay, tail. */
const STRETCHES_SECONDS = [0, 0.02, 0.05, 0.11, 0.23] as const;
const STRETCH_COUNT = STRETCHES_SECONDS.length - 1;
const WINDOW_SECONDS = 0.0232;
const HOPS_PER_WINDOW = 4;
const BAND_COUNT = 32;
const LOW_HERTZ = 30;
const HIGH_HERTZ = 16000;
const COEFFICIENTS = 13;
/** Bands this far under the loudest one of the hit count as silent: bleed and hiss live down there. */
const FLOOR_DECIBELS = -45;

export const FINGERPRINT_LENGTH = STRETCH_COUNT * COEFFICIENTS;

/**
 * Makes fingerprints: MFCC 0-12 (32 mel bands, 30 Hz-16 kHz, dB under the hit's loudest band, floor -45 dB) of four stretches of
 * the first 230 ms, the zeroth less its mean over the stretches, all of it scaled to length 1. Level does not matter; the spectrum's
 * shape and how it decays do. The cosine of two hits is the dot product of their fingerprints.
 *
 * A hit that the next one cuts off is continued at its own rate of decay, so that it still equals its uncut twin.
 */
export class Fingerprinter {
  readonly #sampleRate: number;
  readonly #window: number;
  readonly #fft: RealFft;
  readonly #bands: MelBands;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#window = Math.max(32, nearestPowerOfTwo(WINDOW_SECONDS * sampleRate));
    this.#fft = new RealFft(2 * this.#window);
    this.#bands = melBands(BAND_COUNT, 2 * this.#window, sampleRate, LOW_HERTZ, HIGH_HERTZ);
  }

  /**
   * @param hit from the onset on; 230 ms are enough
   * @param isCutOff whether `hit` ends because another one begins, not because it has died away
   */
  fingerprint(hit: MonoAudio, isCutOff: boolean): Float32Array {
    const levels = this.#levels(hit.samples, isCutOff);
    const cepstra = levels.map(stretch => cepstrum(stretch, COEFFICIENTS));
    const mean = cepstra.reduce((sum, [first]) => sum + first!, 0) / STRETCH_COUNT;
    const fingerprint = new Float32Array(FINGERPRINT_LENGTH);
    for (const [index, coefficients] of cepstra.entries()) {
      coefficients[0]! -= mean;
      fingerprint.set(coefficients, index * COEFFICIENTS);
    }
    const length = Math.hypot(...fingerprint);
    if (length > 0) for (let at = 0; at < FINGERPRINT_LENGTH; at++) fingerprint[at]! /= length;
    return fingerprint;
  }

  /** Level of each band in each stretch, dB under the loudest band of all, floored. */
  #levels(samples: Float32Array, isCutOff: boolean): Float64Array[] {
    const hop = this.#window / HOPS_PER_WINDOW;
    const powers = Array.from({ length: STRETCH_COUNT }, () => new Float64Array(BAND_COUNT));
    const counts = new Float64Array(STRETCH_COUNT);
    const input = new Float64Array(2 * this.#window);
    const spectrum = new Float64Array(2 * this.#fft.binCount);
    const last = isCutOff ? samples.length - this.#window : Infinity;
    for (let start = 0; start === 0 || start <= last; start += hop) {
      const centre = (start + this.#window / 2) / this.#sampleRate;
      const stretch = STRETCHES_SECONDS.findLastIndex(border => border <= centre);
      if (stretch >= STRETCH_COUNT) break;
      for (let frame = 0; frame < this.#window; frame++) {
        const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * (frame + 0.5)) / this.#window);
        input[frame] = hann * (samples[start + frame] ?? 0);
      }
      this.#fft.forward(input, spectrum);
      addBandPower(this.#bands, spectrum, powers[stretch]!);
      counts[stretch]!++;
    }
    const levels = powers.map((bands, stretch) =>
      counts[stretch]! > 0 ? bands.map(power => 10 * Math.log10(power / counts[stretch]! + 1e-20)) : null,
    );
    const loudest = Math.max(...levels.flatMap(bands => (bands ? [...bands] : [])));
    const relative = levels.map(
      bands => bands?.map(level => Math.max(FLOOR_DECIBELS, level - loudest)) ?? null,
    );
    return continued(relative);
  }
}

const middle = (stretch: number): number =>
  (STRETCHES_SECONDS[stretch]! + STRETCHES_SECONDS[stretch + 1]!) / 2;

/** Fills missing stretches at the end: each band goes on falling as between its last two stretches, never rising. */
function continued(levels: readonly (Float64Array | null)[]): Float64Array[] {
  const full: Float64Array[] = [];
  for (const [stretch, known] of levels.entries()) {
    const previous = full[stretch - 1];
    const before = full[stretch - 2];
    if (known) full.push(known);
    else if (!previous) full.push(new Float64Array(BAND_COUNT).fill(FLOOR_DECIBELS));
    else {
      const step = middle(stretch) - middle(stretch - 1);
      full.push(
        previous.map((level, band) => {
          const slope = before
            ? Math.min(0, (level - before[band]!) / (middle(stretch - 1) - middle(stretch - 2)))
            : 0;
          return Math.max(FLOOR_DECIBELS, level + slope * step);
        }),
      );
    }
  }
  return full;
}

/** Cosine of two fingerprints. */
export function similarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  for (let at = 0; at < a.length; at++) dot += a[at]! * b[at]!;
  return dot;
}
