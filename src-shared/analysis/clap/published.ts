import { z } from 'zod';
import { hannWindow, RealFft, Resampler, slaneyBands } from '../../dsp';
import type { MonoAudio } from '../../model';

/** What is read of a `preprocessor_config.json`. Only what the unfused models publish can be followed: other values are refused. */
export const ClapPreprocessorSchema = z.looseObject({
  sampling_rate: z.number().int().positive(),
  feature_size: z.number().int().positive(),
  fft_window_size: z
    .number()
    .int()
    .refine(size => size >= 2 && (size & (size - 1)) === 0, 'must be a power of two'),
  hop_length: z.number().int().positive(),
  frequency_min: z.number().min(0),
  frequency_max: z.number().positive(),
  nb_max_samples: z.number().int().positive(),
  padding: z.literal('repeatpad'),
  truncation: z.literal('rand_trunc'),
});
export type ClapPreprocessor = z.infer<typeof ClapPreprocessorSchema>;

/** Where powers are cut off before their logarithm. */
const LEAST_POWER = 1e-10;

/**
 * The log-mel spectrogram that `clap-htsat-unfused` was trained on: the sound repeated as often as it fits as a whole into ten seconds,
 * then zeros; centred Hann windows, ends reflected; power in triangles of equal area on Slaney's scale; 10 log10. What is longer loses
 * its end (the published code cuts at random).
 *
 * @see Wu et al., "Large-scale contrastive language-audio pretraining", ICASSP 2023
 */
export class PublishedClapPainter {
  readonly #config: ClapPreprocessor;
  readonly #window: Float64Array;
  readonly #fft: RealFft;
  readonly #spectrum: Float64Array;
  readonly #windowed: Float64Array;
  readonly #bands: readonly { readonly first: number; readonly weights: Float64Array }[];
  /** 1001 for ten seconds at 48 kHz. */
  readonly frames: number;
  readonly bands: number;

  constructor(config: ClapPreprocessor) {
    this.#config = config;
    const size = config.fft_window_size;
    this.#window = hannWindow(size);
    this.#fft = new RealFft(size);
    this.#spectrum = new Float64Array(2 * this.#fft.binCount);
    this.#windowed = new Float64Array(size);
    this.bands = config.feature_size;
    this.#bands = slaneyBands(
      config.feature_size,
      size,
      config.sampling_rate,
      config.frequency_min,
      config.frequency_max,
    ).map(({ first, weights, hertz }) => ({ first, weights: weights.map(weight => (2 * weight) / hertz) }));
    this.frames = 1 + Math.floor(config.nb_max_samples / config.hop_length);
  }

  /** `frames` rows of `bands` values in dB. */
  paint(sound: MonoAudio): Float32Array {
    const samples = repeated(this.#atRate(sound), this.#config.nb_max_samples);
    const { hop_length: hop, fft_window_size: size } = this.#config;
    const last = samples.length - 1;
    const picture = new Float32Array(this.frames * this.bands);
    for (let frame = 0; frame < this.frames; frame++) {
      const start = frame * hop - size / 2;
      for (let index = 0; index < size; index++) {
        const at = start + index;
        this.#windowed[index] =
          samples[at < 0 ? -at : at > last ? 2 * last - at : at]! * this.#window[index]!;
      }
      this.#fft.forward(this.#windowed, this.#spectrum);
      for (const [band, { first, weights }] of this.#bands.entries()) {
        let power = 0;
        for (let index = 0; index < weights.length; index++) {
          const bin = 2 * (first + index);
          power += weights[index]! * (this.#spectrum[bin]! ** 2 + this.#spectrum[bin + 1]! ** 2);
        }
        picture[frame * this.bands + band] = 10 * Math.log10(Math.max(LEAST_POWER, power));
      }
    }
    return picture;
  }

  #atRate({ samples, sampleRate }: MonoAudio): Float32Array {
    const { sampling_rate: rate } = this.#config;
    if (sampleRate === rate) return samples;
    const resampler = new Resampler(sampleRate, rate, 1);
    const [body = new Float32Array(0)] = resampler.push([samples]);
    const [tail = new Float32Array(0)] = resampler.finish();
    const joined = new Float32Array(body.length + tail.length);
    joined.set(body);
    joined.set(tail, body.length);
    return joined;
  }
}

/** As often as it fits whole, once at least; then zeros. A length that divides `length` fills it: no repetition is lost. */
export function repeated(samples: Float32Array, length: number): Float32Array {
  const whole = new Float32Array(length);
  if (samples.length >= length) {
    whole.set(samples.subarray(0, length));
    return whole;
  }
  if (samples.length === 0) return whole;
  const times = Math.floor(length / samples.length);
  for (let time = 0; time < times; time++) whole.set(samples, time * samples.length);
  return whole;
}
