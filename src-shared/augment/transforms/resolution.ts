import { z } from 'zod';
import { Resampler, TpdfDither } from '../../dsp';
import { frameCount, type PlanarAudio } from '../../model';
import { unmoved } from '../augmentation';
import { eachChannel, transform } from '../transform';

/** `audio` at another rate, or itself. */
export function atRate(audio: PlanarAudio, sampleRate: number): PlanarAudio {
  if (audio.sampleRate === sampleRate) return audio;
  const resampler = new Resampler(audio.sampleRate, sampleRate, audio.channels.length);
  const head = resampler.push(audio.channels);
  const rest = resampler.finish();
  return {
    sampleRate,
    channels: head.map((samples, channel) => {
      const whole = new Float32Array(samples.length + (rest[channel]?.length ?? 0));
      whole.set(samples);
      whole.set(rest[channel] ?? [], samples.length);
      return whole;
    }),
  };
}

/** As long as `like`. */
const asLongAs = (channels: readonly Float32Array[], frames: number): Float32Array[] =>
  channels.map(samples => {
    const same = new Float32Array(frames);
    same.set(samples.subarray(0, frames));
    return same;
  });

/** Down to a rate and back, the high end lost, the rate as it was. */
export const resample = transform({
  name: 'Resample',
  ranges: z.object({
    min_sample_rate: z.number().int().min(2000).default(8000),
    max_sample_rate: z.number().int().max(192_000).default(44_100),
  }),
  params: z.object({ sampleRate: z.number().int().min(2000) }),
  draw: (random, { min_sample_rate, max_sample_rate }) => ({
    // In steps of 25 Hz, so that the polyphase filter stays small.
    sampleRate: 25 * Math.round(random.between(min_sample_rate, max_sample_rate) / 25),
  }),
  apply: (audio, { sampleRate }) =>
    unmoved(
      audio.sampleRate,
      asLongAs(atRate(atRate(audio, sampleRate), audio.sampleRate).channels, frameCount(audio)),
    ),
});

/** Down to a rate without a filter before, so that the high end folds over the low. */
export const aliasing = transform({
  name: 'Aliasing',
  ranges: z.object({
    min_sample_rate: z.number().int().min(1000).default(8000),
    max_sample_rate: z.number().int().default(30_000),
  }),
  params: z.object({ sampleRate: z.number().int().min(1000) }),
  draw: (random, { min_sample_rate, max_sample_rate }) => ({
    sampleRate: Math.round(random.between(min_sample_rate, max_sample_rate)),
  }),
  apply: (audio, { sampleRate }) => {
    const ratio = audio.sampleRate / sampleRate;
    return eachChannel(audio, samples => {
      if (ratio <= 1) return samples;
      const last = Math.floor((samples.length - 1) / ratio);
      const kept = (index: number): number => samples[Math.round(Math.min(index, last) * ratio)] ?? 0;
      return samples.map((_, frame) => {
        const place = frame / ratio;
        const index = Math.floor(place);
        return kept(index) + (place - index) * (kept(index + 1) - kept(index));
      });
    });
  },
});

/** Fewer bits, rounded as they are: harsh. */
export const bitCrush = transform({
  name: 'BitCrush',
  ranges: z.object({
    min_bit_depth: z.number().int().min(1).max(32).default(5),
    max_bit_depth: z.number().int().min(1).max(32).default(10),
  }),
  params: z.object({ bits: z.number().int().min(1).max(32) }),
  draw: (random, { min_bit_depth, max_bit_depth }) => ({
    bits: min_bit_depth + random.below(max_bit_depth - min_bit_depth + 1),
  }),
  apply: (audio, { bits }) => {
    const steps = 2 ** (bits - 1);
    return eachChannel(audio, samples => samples.map(value => Math.round(value * steps) / steps));
  },
});

/** Fewer bits with triangular dither, as a converter of that depth. */
export const bitDepth = transform({
  name: 'BitDepth',
  ranges: z.object({ depths: z.array(z.number().int().min(4).max(24)).min(1).default([24, 16, 12, 8]) }),
  params: z.object({ bits: z.number().int().min(4).max(24), seed: z.number().int().min(0) }),
  draw: (random, { depths }) => ({ bits: random.pick(depths), seed: random.below(2 ** 31) }),
  apply: (audio, { bits, seed }) => {
    const steps = 2 ** (bits - 1);
    return eachChannel(audio, (samples, channel) => {
      const dither = new TpdfDither(seed, channel);
      return samples.map(value => dither.quantise(value, bits) / steps);
    });
  },
});
