import { z } from 'zod';
import { Random } from '../../base';
import { frameCount, type PlanarAudio, toMono } from '../../model';
import { gainOfDecibels } from '../../units';
import type { Augmented } from '../augmentation';
import { activeLevelOf, eachChannel, levelOf, peakOf, secondsOf, transform } from '../transform';
import { withWhiteNoise } from '../noise-source';
import { aWeighted, shapedNoise, slopedBy } from './coloured-noise';
import { NOISE_KINDS, noiseOf } from './noise-kinds';
import { atRate } from './resolution';

const seed = z.number().int().min(0);
const drawSeed = (random: Random): number => random.below(2 ** 31);

/** `noise(channel)` of RMS 1 and as long as the channel, added `snr` dB under what sounds, or under the loudest peak. */
function withNoise(
  audio: PlanarAudio,
  snr: number,
  noise: (channel: number) => Float32Array,
  under: 'active' | 'peak' = 'active',
): Augmented {
  const level = (under === 'peak' ? peakOf(audio) : activeLevelOf(audio)) * gainOfDecibels(-snr);
  return eachChannel(audio, (samples, channel) => {
    const added = noise(channel);
    const output = new Float32Array(samples.length);
    for (let frame = 0; frame < samples.length; frame++)
      output[frame] = samples[frame]! + level * added[frame]!;
    return output;
  });
}

export const addColorNoise = transform({
  name: 'AddColorNoise',
  ranges: z.object({
    min_snr_db: z.number().default(5),
    max_snr_db: z.number().default(40),
    min_f_decay: z.number().default(-6),
    max_f_decay: z.number().default(6),
    p_apply_a_weighting: z.number().min(0).max(1).default(0),
  }),
  params: z.object({ snr: z.number(), slope: z.number(), isWeighted: z.boolean(), seed }),
  draw: (random, ranges) => ({
    snr: random.between(ranges.min_snr_db, ranges.max_snr_db),
    slope: random.between(ranges.min_f_decay, ranges.max_f_decay),
    isWeighted: random.chance(ranges.p_apply_a_weighting),
    seed: drawSeed(random),
  }),
  apply: (audio, { snr, slope, isWeighted, seed: drawn }) =>
    withNoise(audio, snr, channel => {
      const weighting = isWeighted ? aWeighted(audio.sampleRate) : [];
      const sections = [...slopedBy(slope, audio.sampleRate), ...weighting];
      return shapedNoise(Random.ofSeed(drawn).fork(channel), sections, frameCount(audio));
    }),
});

/** White noise of a fixed amplitude, whatever the sound's level. */
export const addGaussianNoise = transform({
  name: 'AddGaussianNoise',
  ranges: z.object({
    min_amplitude: z.number().min(0).default(0.001),
    max_amplitude: z.number().min(0).default(0.015),
  }),
  params: z.object({ amplitude: z.number().min(0), seed }),
  draw: (random, ranges) => ({
    amplitude: random.between(ranges.min_amplitude, ranges.max_amplitude),
    seed: drawSeed(random),
  }),
  apply: (audio, { amplitude, seed: drawn }) =>
    eachChannel(audio, (samples, channel) =>
      withWhiteNoise(samples, Random.ofSeed(drawn).fork(channel), amplitude),
    ),
});

export const addGaussianSnr = transform({
  name: 'AddGaussianSNR',
  ranges: z.object({ min_snr_db: z.number().default(5), max_snr_db: z.number().default(40) }),
  params: z.object({ snr: z.number(), seed }),
  draw: (random, ranges) => ({
    snr: random.between(ranges.min_snr_db, ranges.max_snr_db),
    seed: drawSeed(random),
  }),
  apply: (audio, { snr, seed: drawn }) =>
    withNoise(audio, snr, channel => shapedNoise(Random.ofSeed(drawn).fork(channel), [], frameCount(audio))),
});

/** A noise by its name, so far under what sounds. */
export const addNoise = transform({
  name: 'AddNoise',
  ranges: z.object({
    kinds: z.array(z.enum(NOISE_KINDS)).min(1).default(['pink']),
    min_snr_db: z.number().default(5),
    max_snr_db: z.number().default(40),
    under: z.enum(['active', 'peak']).default('active'),
  }),
  params: z.object({
    kind: z.enum(NOISE_KINDS),
    snr: z.number(),
    /** What `snr` is counted from: the RMS of what sounds, or the loudest peak. */
    under: z.enum(['active', 'peak']),
    seed,
  }),
  draw: (random, { kinds, min_snr_db, max_snr_db, under }) => ({
    kind: random.pick(kinds),
    snr: random.between(min_snr_db, max_snr_db),
    under,
    seed: drawSeed(random),
  }),
  apply: (audio, { kind, snr, under, seed: drawn }) =>
    withNoise(
      audio,
      snr,
      channel => noiseOf(kind, Random.ofSeed(drawn).fork(channel), frameCount(audio), audio.sampleRate),
      under,
    ),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A stretch of `recording` as long as `frames`, from a share of its length on, begun again where it ends; RMS 1, mono. */
function stretchOf(recording: PlanarAudio, from: number, frames: number, sampleRate: number): Float32Array {
  const { samples } = toMono(atRate(recording, sampleRate));
  const start = Math.floor(from * samples.length);
  const stretch = Float32Array.from({ length: frames }, (_, frame) =>
    samples.length === 0 ? 0 : samples[(start + frame) % samples.length]!,
  );
  const level = levelOf({ sampleRate, channels: [stretch] }) || 1;
  return stretch.map(value => value / level);
}

export const addBackgroundNoise = transform({
  name: 'AddBackgroundNoise',
  ranges: z.object({
    min_snr_db: z.number().default(3),
    max_snr_db: z.number().default(30),
    noise_rms: z.enum(['relative', 'absolute']).default('relative'),
    min_absolute_rms_db: z.number().default(-45),
    max_absolute_rms_db: z.number().default(-15),
  }),
  params: z.object({
    /** null: there was no recording to take. */
    recording: sha256.nullable(),
    from: z.number().min(0).max(1),
    snr: z.number().nullable(),
    /** dBFS; beside `snr` exactly one is set. */
    level: z.number().nullable(),
  }),
  draw: (random, ranges, { recordings }) => {
    const isRelative = ranges.noise_rms === 'relative';
    return {
      recording: recordings.noise?.length ? random.pick(recordings.noise) : null,
      from: random.unit(),
      snr: isRelative ? random.between(ranges.min_snr_db, ranges.max_snr_db) : null,
      level: isRelative ? null : random.between(ranges.min_absolute_rms_db, ranges.max_absolute_rms_db),
    };
  },
  apply: (audio, { recording, from, snr, level }, context) => {
    if (recording === null) return eachChannel(audio, samples => samples);
    const noise = stretchOf(context.recording(recording), from, frameCount(audio), audio.sampleRate);
    const factor =
      level === null ? activeLevelOf(audio) * gainOfDecibels(-(snr ?? 0)) : gainOfDecibels(level);
    return eachChannel(audio, samples => samples.map((value, frame) => value + factor * noise[frame]!));
  },
});

const Burst = z.object({
  recording: sha256,
  at: z.number().min(0),
  seconds: z.number().positive(),
  snr: z.number(),
  fadeIn: z.number().min(0),
  fadeOut: z.number().min(0),
});

/** Noises that come and go, in bursts. */
export const addShortNoises = transform({
  name: 'AddShortNoises',
  ranges: z.object({
    min_snr_db: z.number().default(-6),
    max_snr_db: z.number().default(18),
    min_time_between_sounds: z.number().positive().default(2),
    max_time_between_sounds: z.number().positive().default(8),
    min_duration: z.number().positive().default(0.1),
    max_duration: z.number().positive().default(1.5),
    burst_probability: z.number().min(0).max(1).default(0.22),
    min_pause_factor_during_burst: z.number().min(0).default(0.1),
    max_pause_factor_during_burst: z.number().min(0).default(1.1),
    min_fade_in_time: z.number().min(0).default(0.005),
    max_fade_in_time: z.number().min(0).default(0.08),
    min_fade_out_time: z.number().min(0).default(0.01),
    max_fade_out_time: z.number().min(0).default(0.1),
    signal_gain_db_during_noise: z.number().nullable().default(null),
  }),
  params: z.object({ bursts: z.array(Burst), signalDecibels: z.number().nullable() }),
  draw: (random, ranges, { seconds, recordings }) => {
    const choice = recordings['short-noise'] ?? recordings.noise ?? [];
    const bursts: z.infer<typeof Burst>[] = [];
    const pause = (): number =>
      random.between(ranges.min_time_between_sounds, ranges.max_time_between_sounds);
    let at = random.unit() * pause();
    while (choice.length > 0 && at < seconds) {
      const length = random.between(ranges.min_duration, ranges.max_duration);
      bursts.push({
        recording: random.pick(choice),
        at,
        seconds: length,
        snr: random.between(ranges.min_snr_db, ranges.max_snr_db),
        fadeIn: random.between(ranges.min_fade_in_time, ranges.max_fade_in_time),
        fadeOut: random.between(ranges.min_fade_out_time, ranges.max_fade_out_time),
      });
      const goesOn = random.chance(ranges.burst_probability);
      at += goesOn
        ? length *
          (1 + random.between(ranges.min_pause_factor_during_burst, ranges.max_pause_factor_during_burst))
        : length + pause();
    }
    return { bursts, signalDecibels: ranges.signal_gain_db_during_noise };
  },
  apply: (audio, { bursts, signalDecibels }, context) => {
    const level = activeLevelOf(audio);
    const rate = audio.sampleRate;
    const noises = bursts.map(burst => ({
      ...burst,
      samples: stretchOf(context.recording(burst.recording), 0, Math.round(burst.seconds * rate), rate),
    }));
    return eachChannel(audio, samples => {
      const output = Float32Array.from(samples);
      for (const { at, snr, fadeIn, fadeOut, samples: noise } of noises) {
        const start = Math.round(at * rate);
        const factor = level * gainOfDecibels(-snr);
        for (let frame = 0; frame < noise.length && start + frame < output.length; frame++) {
          const into = fadeIn === 0 ? 1 : Math.min(1, frame / (fadeIn * rate));
          const left = fadeOut === 0 ? 1 : Math.min(1, (noise.length - frame) / (fadeOut * rate));
          const share = Math.min(into, left);
          const kept = signalDecibels === null ? 1 : gainOfDecibels(share * signalDecibels);
          output[start + frame] = output[start + frame]! * kept + factor * share * noise[frame]!;
        }
      }
      return output;
    });
  },
});

/** Another recording beside this one. */
export const mix = transform({
  name: 'Mix',
  ranges: z.object({ min_snr_in_db: z.number().default(0), max_snr_in_db: z.number().default(5) }),
  params: z.object({ recording: sha256.nullable(), snr: z.number() }),
  draw: (random, { min_snr_in_db, max_snr_in_db }, { recordings }) => ({
    recording: recordings.mix?.length ? random.pick(recordings.mix) : null,
    snr: random.between(min_snr_in_db, max_snr_in_db),
  }),
  apply: (audio, { recording, snr }, context) => {
    if (recording === null || secondsOf(audio) === 0) return eachChannel(audio, samples => samples);
    const other = toMono(atRate(context.recording(recording), audio.sampleRate)).samples;
    const level = activeLevelOf({ sampleRate: audio.sampleRate, channels: [other] }) || 1;
    const factor = (activeLevelOf(audio) / level) * gainOfDecibels(-snr);
    return eachChannel(audio, samples => samples.map((value, frame) => value + factor * (other[frame] ?? 0)));
  },
});
