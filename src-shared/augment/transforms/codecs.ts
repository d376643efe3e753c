import { z } from 'zod';
import { frameCount } from '../../model';
import { CODECS, unmoved } from '../augmentation';
import { eachChannel, transform } from '../transform';
import { highPassFilter, lowPassFilter } from './filters';
import { atRate } from './resolution';

const KILOBITS = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;

const bitrates = (low: number, high: number) =>
  z.object({
    min_bitrate: z.number().int().min(8).default(low),
    max_bitrate: z.number().int().max(320).default(high),
  });
const drawKilobits = (
  random: { pick: (items: readonly number[]) => number },
  { min_bitrate, max_bitrate }: { readonly min_bitrate: number; readonly max_bitrate: number },
): number => {
  const choice = KILOBITS.filter(kilobits => kilobits >= min_bitrate && kilobits <= max_bitrate);
  return choice.length > 0 ? random.pick(choice) : max_bitrate;
};

export const mp3Compression = transform({
  name: 'Mp3Compression',
  ranges: bitrates(8, 64),
  params: z.object({ kilobits: z.number().int() }),
  draw: (random, ranges) => ({ kilobits: drawKilobits(random, ranges) }),
  apply: (audio, { kilobits }, context) =>
    unmoved(audio.sampleRate, context.coded(audio, 'mp3', kilobits).channels),
});

export const lossyCodec = transform({
  name: 'LossyCodec',
  ranges: bitrates(48, 128).extend({
    codecs: z
      .array(z.enum(CODECS))
      .min(1)
      .default([...CODECS]),
  }),
  params: z.object({ codec: z.enum(CODECS), kilobits: z.number().int() }),
  draw: (random, ranges) => ({ codec: random.pick(ranges.codecs), kilobits: drawKilobits(random, ranges) }),
  apply: (audio, { codec, kilobits }, context) =>
    unmoved(audio.sampleRate, context.coded(audio, codec, kilobits).channels),
});

const MU = 255;
const TELEPHONE_RATE = 8000;
const WIDE_RATE = 16_000;

/** Eight bits by the mu law. ITU-T G.711 */
const companded = (value: number): number => {
  const size = Math.min(1, Math.abs(value));
  const level = Math.round((127 * Math.log1p(MU * size)) / Math.log1p(MU));
  return (Math.sign(value) * Math.expm1((level / 127) * Math.log1p(MU))) / MU;
};

/** A telephone call: 300-3400 Hz at 8 kHz, or 50-7000 Hz at 16 kHz, eight bits by the mu law. */
export const voiceCall = transform({
  name: 'VoiceCall',
  ranges: z.object({ p_wide: z.number().min(0).max(1).default(0.3) }),
  params: z.object({ isWide: z.boolean() }),
  draw: (random, { p_wide }) => ({ isWide: random.chance(p_wide) }),
  apply: (audio, { isWide }, context) => {
    const [low, high] = isWide ? [50, 7000] : [300, 3400];
    const band = { rolloff: 24, zeroPhase: false };
    const above = highPassFilter.apply(audio, { ...band, hertz: low }, context).audio;
    const within = lowPassFilter.apply(above, { ...band, hertz: high }, context).audio;
    const sent = eachChannel(atRate(within, isWide ? WIDE_RATE : TELEPHONE_RATE), samples =>
      samples.map(companded),
    );
    const frames = frameCount(audio);
    return unmoved(
      audio.sampleRate,
      atRate(sent.audio, audio.sampleRate).channels.map(samples => {
        const same = new Float32Array(frames);
        same.set(samples.subarray(0, frames));
        return same;
      }),
    );
  },
});
