import { z } from 'zod';
import { LoudnessMeter } from '../../dsp';
import { clamp, gainOfDecibels } from '../../units';
import { unmoved } from '../augmentation';
import { activeLevelOf, eachChannel, eachValue, peakOf, scaledBy, secondsOf, transform } from '../transform';

const decibels = z.object({ decibels: z.number() });

export const gain = transform({
  name: 'Gain',
  ranges: z.object({ min_gain_db: z.number().default(-12), max_gain_db: z.number().default(12) }),
  params: decibels,
  draw: (random, { min_gain_db, max_gain_db }) => ({ decibels: random.between(min_gain_db, max_gain_db) }),
  apply: (audio, params) => {
    const factor = gainOfDecibels(params.decibels);
    return scaledBy(audio, factor);
  },
});

/** From one gain to another over a while, straight in dB. */
export const gainTransition = transform({
  name: 'GainTransition',
  ranges: z.object({
    min_gain_db: z.number().default(-24),
    max_gain_db: z.number().default(6),
    min_duration: z.number().positive().default(0.2),
    max_duration: z.number().positive().default(6),
    duration_unit: z.enum(['seconds', 'fraction', 'samples']).default('seconds'),
  }),
  params: z.object({ from: z.number(), to: z.number(), start: z.number(), seconds: z.number().positive() }),
  draw: (random, ranges, { seconds, sampleRate }) => {
    const drawn = random.between(ranges.min_duration, ranges.max_duration);
    const unit = { seconds: 1, fraction: seconds, samples: 1 / sampleRate }[ranges.duration_unit];
    const length = drawn * unit;
    return {
      from: random.between(ranges.min_gain_db, ranges.max_gain_db),
      to: random.between(ranges.min_gain_db, ranges.max_gain_db),
      start: random.between(-length, seconds),
      seconds: length,
    };
  },
  apply: (audio, { from, to, start, seconds }) =>
    eachChannel(audio, samples =>
      samples.map((value, frame) => {
        const share = clamp((frame / audio.sampleRate - start) / seconds, 0, 1);
        return value * gainOfDecibels(from + share * (to - from));
      }),
    ),
});

export const normalize = transform({
  name: 'Normalize',
  ranges: z.object({ apply_to: z.enum(['all', 'only_too_loud_sounds']).default('all') }),
  params: z.object({ onlyTooLoud: z.boolean() }),
  draw: (_, { apply_to }) => ({ onlyTooLoud: apply_to === 'only_too_loud_sounds' }),
  apply: (audio, { onlyTooLoud }) => {
    const peak = peakOf(audio);
    if (peak === 0 || (onlyTooLoud && peak <= 1)) return unmoved(audio.sampleRate, audio.channels);
    return scaledBy(audio, 1 / peak);
  },
});

/** To a peak of -1 dB or another; what the seed calls `normalize` and `target_peak_db`. */
export const peakNormalization = transform({
  name: 'PeakNormalization',
  ranges: z.object({ target_peak_db: z.number().max(0).default(0) }),
  params: decibels,
  draw: (_, { target_peak_db }) => ({ decibels: target_peak_db }),
  apply: (audio, params) => {
    const peak = peakOf(audio);
    const factor = peak === 0 ? 1 : gainOfDecibels(params.decibels) / peak;
    return scaledBy(audio, factor);
  },
});

/** Integrated loudness of ITU-R BS.1770; what is too short or too soft to be measured goes by its active level. */
export const loudnessNormalization = transform({
  name: 'LoudnessNormalization',
  ranges: z.object({ min_lufs: z.number().default(-31), max_lufs: z.number().default(-13) }),
  params: z.object({ lufs: z.number() }),
  draw: (random, { min_lufs, max_lufs }) => ({ lufs: random.between(min_lufs, max_lufs) }),
  apply: (audio, { lufs }) => {
    const meter = new LoudnessMeter(audio.sampleRate, audio.channels.length);
    meter.push(audio.channels);
    const { integratedLufs } = meter.finish();
    const heard = Number.isFinite(integratedLufs)
      ? integratedLufs
      : 20 * Math.log10(activeLevelOf(audio) || 1);
    const factor = gainOfDecibels(lufs - heard);
    return scaledBy(audio, factor);
  },
});

export const clip = transform({
  name: 'Clip',
  ranges: z.object({ a_min: z.number().default(-1), a_max: z.number().default(1) }),
  params: z.object({ least: z.number(), most: z.number() }),
  draw: (_, { a_min, a_max }) => ({ least: a_min, most: a_max }),
  apply: (audio, { least, most }) => eachValue(audio, value => clamp(value, least, most)),
});

/** Clips the given percentage of the loudest values. */
export const clippingDistortion = transform({
  name: 'ClippingDistortion',
  ranges: z.object({
    min_percentile_threshold: z.number().min(0).max(100).default(0),
    max_percentile_threshold: z.number().min(0).max(100).default(40),
  }),
  params: z.object({ percentile: z.number().min(0).max(100) }),
  draw: (random, ranges) => ({
    percentile: random.between(ranges.min_percentile_threshold, ranges.max_percentile_threshold),
  }),
  apply: (audio, { percentile }) => {
    const values = Float32Array.from(audio.channels.flatMap(channel => [...channel])).sort();
    const cut = percentile / 200;
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0;
    return eachValue(audio, value => clamp(value, at(cut), at(1 - cut)));
  },
});

export const polarityInversion = transform({
  name: 'PolarityInversion',
  ranges: z.object({}),
  params: z.object({}),
  draw: () => ({}),
  apply: audio => eachValue(audio, value => -value),
});

export const dcOffset = transform({
  name: 'DcOffset',
  ranges: z.object({ min_offset: z.number().default(-0.05), max_offset: z.number().default(0.05) }),
  params: z.object({ offset: z.number() }),
  draw: (random, { min_offset, max_offset }) => ({ offset: random.between(min_offset, max_offset) }),
  apply: (audio, { offset }) => eachValue(audio, value => value + offset),
});

export const shuffleChannels = transform({
  name: 'ShuffleChannels',
  ranges: z.object({}),
  params: z.object({ order: z.array(z.number().int().min(0)) }),
  draw: (random, _, { channelCount }) => ({ order: random.shuffled([...Array(channelCount).keys()]) }),
  apply: (audio, { order }) =>
    unmoved(
      audio.sampleRate,
      order.map(
        channel =>
          audio.channels[channel] ?? new Float32Array(Math.round(secondsOf(audio) * audio.sampleRate)),
      ),
    ),
});

/** Stereo as mid and side, the side made wider or narrower: 0 mono, 1 as it was. */
export const stereoWidth = transform({
  name: 'StereoWidth',
  ranges: z.object({ min_width: z.number().min(0).default(0), max_width: z.number().min(0).default(1.5) }),
  params: z.object({ width: z.number().min(0) }),
  draw: (random, { min_width, max_width }) => ({ width: random.between(min_width, max_width) }),
  apply: (audio, { width }) => {
    const [left, right] = audio.channels;
    if (!left || !right) return unmoved(audio.sampleRate, audio.channels);
    const mid = left.map((value, frame) => (value + (right[frame] ?? 0)) / 2);
    const side = left.map((value, frame) => (width * (value - (right[frame] ?? 0))) / 2);
    return unmoved(audio.sampleRate, [
      mid.map((value, frame) => value + (side[frame] ?? 0)),
      mid.map((value, frame) => value - (side[frame] ?? 0)),
    ]);
  },
});
