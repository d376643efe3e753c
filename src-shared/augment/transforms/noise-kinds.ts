import type { Random } from '../../base';
import { bandPass, type BiquadCoefficients, highPass, lowPass } from '../../dsp';
import { shapedNoise, slopedBy } from './coloured-noise';

/** The seed's noises and the others of DATASET.md section 4.4. */
export const NOISE_KINDS = [
  'white',
  'pink',
  'brown',
  'blue',
  'violet',
  'hvac',
  'hum',
  'room_tone',
  'tape_hiss',
  'vinyl',
  'crowd',
  'rain',
  'wind',
] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

/** Mains in most of the world; in the Americas 60. */
const MAINS_HERTZ = [50, 60] as const;

/** dB an octave of the plain colours. */
const SLOPES: Partial<Readonly<Record<NoiseKind, number>>> = {
  white: 0,
  pink: -3,
  brown: -6,
  blue: 3,
  violet: 6,
};

/** RMS 1. */
export function noiseOf(kind: NoiseKind, random: Random, frames: number, sampleRate: number): Float32Array {
  const sloped = (slope: number, ...more: readonly BiquadCoefficients[]): Float32Array =>
    shapedNoise(random.fork('noise'), [...slopedBy(slope, sampleRate), ...more], frames);
  switch (kind) {
    case 'hvac':
      return scaled(added(sloped(-6), humOf(random, sampleRate, 6), 0.35));
    case 'hum':
      return scaled(added(new Float32Array(frames), humOf(random, sampleRate, 12), 1));
    case 'room_tone':
      return sloped(-4.5, lowPass(sampleRate, 6000));
    case 'tape_hiss':
      return sloped(3, lowPass(sampleRate, 12_000));
    case 'vinyl':
      return scaled(added(sloped(-3), cracklesOf(random.fork('crackle'), frames, sampleRate), 1.5));
    case 'crowd':
      return breathing(
        sloped(0, bandPass(sampleRate, 500, 0.4), lowPass(sampleRate, 4000)),
        random.fork('swell'),
        4,
        0.6,
        sampleRate,
      );
    case 'rain':
      return scaled(
        added(
          sloped(0, highPass(sampleRate, 400), lowPass(sampleRate, 9000)),
          cracklesOf(random.fork('drops'), frames, sampleRate, 120),
          0.8,
        ),
      );
    case 'wind':
      return breathing(sloped(-6, lowPass(sampleRate, 200)), random.fork('gusts'), 0.4, 0.9, sampleRate);
    default:
      return sloped(SLOPES[kind] ?? 0);
  }
}

function scaled(samples: Float32Array): Float32Array {
  let sum = 0;
  for (let frame = 0; frame < samples.length; frame++) sum += samples[frame]! ** 2;
  const factor = 1 / (Math.sqrt(sum / Math.max(1, samples.length)) || 1);
  const output = new Float32Array(samples.length);
  for (let frame = 0; frame < samples.length; frame++) output[frame] = factor * samples[frame]!;
  return output;
}

/** `others` begin again where they end. */
function added(samples: Float32Array, others: Float32Array, share: number): Float32Array {
  const output = new Float32Array(samples.length);
  for (let start = 0; start < samples.length; start += others.length) {
    const end = Math.min(samples.length, start + others.length);
    for (let frame = start; frame < end; frame++)
      output[frame] = samples[frame]! + share * others[frame - start]!;
  }
  return output;
}

/** Mains and its harmonics, falling by 1 / n, each with a phase of its own: one turn of it, after which it begins again. */
function humOf(random: Random, sampleRate: number, harmonics: number): Float32Array {
  const drawn = random.fork('hum');
  const mains = drawn.pick(MAINS_HERTZ);
  const samples = new Float32Array(sampleRate / commonDivisor(sampleRate, mains));
  for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
    const phase = drawn.between(0, 2 * Math.PI);
    const step = (2 * Math.PI * mains * harmonic) / sampleRate;
    for (let frame = 0; frame < samples.length; frame++)
      samples[frame]! += (Math.SQRT2 / harmonic) * Math.sin(step * frame + phase);
  }
  return samples;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

const CRACKLE_SECONDS = 0.0006;

/** Short decaying knocks at random times, `rate` a second, of random height. */
function cracklesOf(random: Random, frames: number, sampleRate: number, rate = 8): Float32Array {
  const samples = new Float32Array(frames);
  const fall = Math.exp(-1 / (CRACKLE_SECONDS * sampleRate));
  let at = 0;
  for (;;) {
    at += -Math.log(1 - random.unit()) * (sampleRate / rate);
    if (at >= frames) return samples;
    const height = random.normal() * Math.exp(random.normal(0, 0.8)) * 20;
    let level = height;
    for (let frame = Math.floor(at); frame < frames && Math.abs(level) > 1e-3 * Math.abs(height); frame++) {
      samples[frame]! += level;
      level *= -fall;
    }
  }
}

/** Rising and falling slowly, about `rate` times a second, by up to `depth` of its amplitude. */
function breathing(
  samples: Float32Array,
  random: Random,
  rate: number,
  depth: number,
  sampleRate: number,
): Float32Array {
  const step = Math.max(1, Math.round(sampleRate / rate));
  const points = Array.from(
    { length: Math.ceil(samples.length / step) + 2 },
    () => 1 - depth * random.unit(),
  );
  return scaled(
    samples.map((value, frame) => {
      const index = Math.floor(frame / step);
      const share = 0.5 - 0.5 * Math.cos((Math.PI * (frame - index * step)) / step);
      return value * ((points[index] ?? 1) * (1 - share) + (points[index + 1] ?? 1) * share);
    }),
  );
}
