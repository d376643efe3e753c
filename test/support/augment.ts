import { type AugmentContext, transformNamed } from '#shared/augment';
import { Random } from '#shared/base';
import { HalfSizeRealFft, RealFft } from '#shared/dsp';
import type { PlanarAudio } from '#shared/model';

export const RATE = 44_100;

/** Knocks at `times` seconds over `seconds`: 60 ms of a falling 400 Hz and its octaves. */
export function knocks(times: readonly number[], seconds = 2, channels = 1): PlanarAudio {
  const samples = new Float32Array(Math.round(seconds * RATE));
  for (const time of times) {
    const start = Math.round(time * RATE);
    for (let frame = 0; frame < 0.06 * RATE && start + frame < samples.length; frame++) {
      const angle = (2 * Math.PI * 400 * frame) / RATE;
      samples[start + frame]! +=
        0.4 *
        Math.exp(-frame / 500) *
        (Math.cos(angle) + 0.5 * Math.cos(2 * angle) + 0.3 * Math.cos(11 * angle));
    }
  }
  return { sampleRate: RATE, channels: Array.from({ length: channels }, () => Float32Array.from(samples)) };
}

export const tone = (hertz: number, seconds = 1, amplitude = 0.5): PlanarAudio => ({
  sampleRate: RATE,
  channels: [
    Float32Array.from(
      { length: Math.round(seconds * RATE) },
      (_, frame) => amplitude * Math.sin((2 * Math.PI * hertz * frame) / RATE),
    ),
  ],
});

export const whiteNoise = (seconds = 1, amplitude = 0.1): PlanarAudio => {
  const random = Random.ofSeed('white');
  return {
    sampleRate: RATE,
    channels: [Float32Array.from({ length: Math.round(seconds * RATE) }, () => amplitude * random.normal())],
  };
};

/** Power of `samples` at `hertz` +- 2 % under a Hann window, dB. */
export function powerNear(samples: Float32Array, hertz: number): number {
  let sum = 0;
  for (const factor of [0.98, 0.99, 1, 1.01, 1.02]) {
    let real = 0;
    let imaginary = 0;
    for (let frame = 0; frame < samples.length; frame++) {
      const angle = (2 * Math.PI * hertz * factor * frame) / RATE;
      const window = 1 - Math.cos((2 * Math.PI * frame) / samples.length);
      real += window * samples[frame]! * Math.cos(angle);
      imaginary += window * samples[frame]! * Math.sin(angle);
    }
    sum += real * real + imaginary * imaginary;
  }
  return 10 * Math.log10(sum / samples.length ** 2 + 1e-30);
}

/** Mean power a bin of the octave round `hertz`, dB. */
export function bandPower(samples: Float32Array, hertz: number): number {
  const fft = new RealFft(8192);
  const spectrum = new Float64Array(2 * fft.binCount);
  const bins = [
    Math.round((hertz * 8192) / RATE / Math.SQRT2),
    Math.round((hertz * 8192 * Math.SQRT2) / RATE),
  ] as const;
  let sum = 0;
  for (let start = 0; start + 8192 <= samples.length; start += 8192) {
    fft.forward(samples.subarray(start, start + 8192), spectrum);
    for (let bin = bins[0]; bin < bins[1]; bin++)
      sum += spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2;
  }
  return 10 * Math.log10(sum / (bins[1] - bins[0]));
}

/** By its spectrum in double precision, all at once. */
export function convolved(input: Float32Array, response: Float32Array): Float32Array {
  const length = Math.max(0, input.length + response.length - 1);
  const fft = new HalfSizeRealFft(2 ** Math.ceil(Math.log2(Math.max(8, length))));
  const spectrumOf = (values: Float32Array): Float64Array => {
    const time = new Float64Array(fft.size);
    time.set(values);
    const spectrum = new Float64Array(2 * fft.binCount);
    fft.forward(time, spectrum);
    return spectrum;
  };
  const [a, b] = [spectrumOf(input), spectrumOf(response)];
  const product = new Float64Array(a.length);
  for (let at = 0; at < a.length; at += 2) {
    product[at] = a[at]! * b[at]! - a[at + 1]! * b[at + 1]!;
    product[at + 1] = a[at]! * b[at + 1]! + a[at + 1]! * b[at]!;
  }
  const output = new Float64Array(fft.size);
  fft.inverse(product, output);
  return Float32Array.from(output.subarray(0, length));
}

/** One recording: a second of pink-ish noise whatever it is asked for. */
export const CONTEXT: AugmentContext = {
  recording: () => whiteNoise(1, 0.2),
  convolved,
  coded: () => {
    throw new Error('needs a codec: see test/process/augment-codecs.test.ts');
  },
  stretched: () => {
    throw new Error('needs a stretcher: see test/process/augment-codecs.test.ts');
  },
};

/** `name` with these parameters on `audio`. */
export function through(name: string, audio: PlanarAudio, params: unknown, context = CONTEXT) {
  const step = transformNamed(name);
  if (!step) throw new RangeError(`no transform ${name}`);
  return step.apply(audio, params, context);
}

export const samplesOf = (audio: PlanarAudio, channel = 0): Float32Array =>
  audio.channels[channel] ?? new Float32Array();
