import { z } from 'zod';
import { CurveTable } from '../../dsp';
import type { PlanarAudio } from '../../model';
import { gainOfDecibels } from '../../units';
import type { Augmented } from '../augmentation';
import { eachChannel, peakOf, transform } from '../transform';

/** Size of every frame's loudest channel, and of `more` silent frames behind the last. */
function levelsOf({ channels }: PlanarAudio, more: number): Float32Array {
  const frames = channels[0]?.length ?? 0;
  const levels = new Float32Array(frames + more);
  for (const samples of channels)
    for (let frame = 0; frame < frames; frame++) {
      const size = Math.abs(samples[frame]!);
      if (size > levels[frame]!) levels[frame] = size;
    }
  return levels;
}

/** `gains` on all channels, each `ahead` frames before the level that asked for it. */
const ridden = (audio: PlanarAudio, gains: Float32Array, ahead: number): Augmented =>
  eachChannel(audio, samples => {
    const output = new Float32Array(samples.length);
    for (let frame = 0; frame < samples.length; frame++)
      output[frame] = samples[frame]! * gains[frame + ahead]!;
    return output;
  });

const CompressorParams = z.object({
  thresholdDecibels: z.number(),
  ratio: z.number().min(1),
  attackMilliseconds: z.number().positive(),
  releaseMilliseconds: z.number().positive(),
  kneeDecibels: z.number().min(0),
  lookaheadMilliseconds: z.number().min(0),
  makeupDecibels: z.number(),
  /** Share of the compressed sound; the rest is the sound as it was. */
  mix: z.number().min(0).max(1),
  /** The detector hears only what is above it; null hears all. */
  sidechainHertz: z.number().positive().nullable(),
});
type CompressorSettings = z.infer<typeof CompressorParams>;

/** How far a level that stands still is taken down, dB >= 0. @see Giannoulis, Massberg & Reiss 2012, equation 4 */
function staticReduction(
  level: number,
  settings: Pick<CompressorSettings, 'thresholdDecibels' | 'ratio' | 'kneeDecibels'>,
): number {
  const { thresholdDecibels, ratio, kneeDecibels } = settings;
  const above = level - thresholdDecibels;
  const slope = 1 - 1 / ratio;
  if (2 * above <= -kneeDecibels) return 0;
  if (2 * above >= kneeDecibels) return slope * above;
  return (slope * (above + kneeDecibels / 2) ** 2) / (2 * kneeDecibels);
}

/** Of `levels` leaves what the detector hears above `hertz`. */
function sidechain(levels: Float32Array, hertz: number, sampleRate: number): void {
  const keep = Math.exp((-2 * Math.PI * hertz) / sampleRate);
  let low = 0;
  for (let frame = 0; frame < levels.length; frame++) {
    low = levels[frame]! + keep * (low - levels[frame]!);
    levels[frame] = Math.max(0, levels[frame]! - low);
  }
}

/** e^(this x dB) is the gain. */
const NEPERS = Math.LN10 / 20;
const GAIN_OF_REDUCTION = new CurveTable(reduction => Math.exp(-NEPERS * reduction), 0, 60);

/** Makes `levels` gains. What is under the knee asks for nothing, and most of a drum's sound is: no logarithm is taken of it. */
function compress(levels: Float32Array, sampleRate: number, settings: CompressorSettings): void {
  const { thresholdDecibels, kneeDecibels, mix } = settings;
  const keep = (milliseconds: number): number => Math.exp(-1000 / (milliseconds * sampleRate));
  const attack = keep(settings.attackMilliseconds);
  const release = keep(settings.releaseMilliseconds);
  const kneeFrom = gainOfDecibels(thresholdDecibels - kneeDecibels / 2);
  const most = mix * gainOfDecibels(settings.makeupDecibels);
  let asked = 0;
  let reduction = 0;
  for (let frame = 0; frame < levels.length; frame++) {
    const level = levels[frame]!;
    const wanted = level > kneeFrom ? staticReduction(Math.log(level) / NEPERS, settings) : 0;
    asked = Math.max(wanted, wanted + release * (asked - wanted));
    reduction = asked + attack * (reduction - asked);
    levels[frame] = most * GAIN_OF_REDUCTION.at(reduction) + 1 - mix;
  }
}

function compressed(audio: PlanarAudio, settings: CompressorSettings): Augmented {
  const { sampleRate } = audio;
  const ahead = Math.round((settings.lookaheadMilliseconds * sampleRate) / 1000);
  const levels = levelsOf(audio, ahead);
  if (settings.sidechainHertz !== null) sidechain(levels, settings.sidechainHertz, sampleRate);
  compress(levels, sampleRate, settings);
  return ridden(audio, levels, ahead);
}

export const compressor = transform({
  name: 'Compressor',
  ranges: z.object({
    min_threshold_db: z.number().default(-24),
    max_threshold_db: z.number().default(-6),
    min_ratio: z.number().min(1).default(1.5),
    max_ratio: z.number().min(1).default(10),
    min_attack_ms: z.number().positive().default(0.1),
    max_attack_ms: z.number().positive().default(30),
    min_release_ms: z.number().positive().default(30),
    max_release_ms: z.number().positive().default(300),
    min_knee_db: z.number().min(0).default(0),
    max_knee_db: z.number().min(0).default(12),
    max_lookahead_ms: z.number().min(0).default(5),
    p_parallel: z.number().min(0).max(1).default(0.2),
    p_sidechain: z.number().min(0).max(1).default(0.2),
  }),
  params: CompressorParams,
  draw: (random, ranges) => ({
    thresholdDecibels: random.between(ranges.min_threshold_db, ranges.max_threshold_db),
    ratio: random.between(ranges.min_ratio, ranges.max_ratio),
    attackMilliseconds: Math.exp(
      random.between(Math.log(ranges.min_attack_ms), Math.log(ranges.max_attack_ms)),
    ),
    releaseMilliseconds: random.between(ranges.min_release_ms, ranges.max_release_ms),
    kneeDecibels: random.between(ranges.min_knee_db, ranges.max_knee_db),
    lookaheadMilliseconds: random.chance(0.5) ? random.between(0, ranges.max_lookahead_ms) : 0,
    makeupDecibels: 0,
    mix: random.chance(ranges.p_parallel) ? random.between(0.3, 0.8) : 1,
    sidechainHertz: random.chance(ranges.p_sidechain) ? random.between(60, 200) : null,
  }),
  apply: compressed,
});

export const limiter = transform({
  name: 'Limiter',
  ranges: z.object({
    min_threshold_db: z.number().default(-24),
    max_threshold_db: z.number().default(-2),
    min_attack: z.number().positive().default(0.0005),
    max_attack: z.number().positive().default(0.025),
    min_release: z.number().positive().default(0.05),
    max_release: z.number().positive().default(0.7),
    threshold_mode: z.enum(['relative_to_signal_peak', 'absolute']).default('relative_to_signal_peak'),
  }),
  params: z.object({
    thresholdDecibels: z.number(),
    attackSeconds: z.number().positive(),
    releaseSeconds: z.number().positive(),
    isRelative: z.boolean(),
  }),
  draw: (random, ranges) => ({
    thresholdDecibels: random.between(ranges.min_threshold_db, ranges.max_threshold_db),
    attackSeconds: random.between(ranges.min_attack, ranges.max_attack),
    releaseSeconds: random.between(ranges.min_release, ranges.max_release),
    isRelative: ranges.threshold_mode === 'relative_to_signal_peak',
  }),
  apply: (audio, { thresholdDecibels, attackSeconds, releaseSeconds, isRelative }) => {
    const threshold = gainOfDecibels(thresholdDecibels) * (isRelative ? peakOf(audio) : 1);
    const rate = audio.sampleRate;
    const ahead = Math.max(1, Math.round(attackSeconds * rate));
    const attack = 1 - 0.01 ** (1 / ahead);
    const release = 1 - Math.exp(-1 / (releaseSeconds * rate));
    const gains = levelsOf(audio, ahead);
    let gain = 1;
    for (let frame = 0; frame < gains.length; frame++) {
      const wanted = gains[frame]! > threshold ? threshold / gains[frame]! : 1;
      gain += (wanted - gain) * (wanted < gain ? attack : release);
      gains[frame] = gain;
    }
    // The gain has the attack's time to fall before a peak comes; what it then lacks is cut.
    const soft = ridden(audio, gains, ahead);
    return eachChannel(soft.audio, samples =>
      samples.map(value => Math.max(-threshold, Math.min(threshold, value))),
    );
  },
});

/** What a telephone's automatic gain does: loud parts quickly down, soft parts slowly up. */
export const automaticGain = transform({
  name: 'AutomaticGain',
  ranges: z.object({
    target_db: z.number().default(-18),
    max_boost_db: z.number().min(0).default(18),
    min_attack: z.number().positive().default(0.005),
    max_attack: z.number().positive().default(0.02),
    min_release: z.number().positive().default(0.3),
    max_release: z.number().positive().default(1),
  }),
  params: z.object({
    targetDecibels: z.number(),
    mostDecibels: z.number().min(0),
    attackSeconds: z.number().positive(),
    releaseSeconds: z.number().positive(),
  }),
  draw: (random, ranges) => ({
    targetDecibels: ranges.target_db,
    mostDecibels: ranges.max_boost_db,
    attackSeconds: random.between(ranges.min_attack, ranges.max_attack),
    releaseSeconds: random.between(ranges.min_release, ranges.max_release),
  }),
  apply: (audio, { targetDecibels, mostDecibels, attackSeconds, releaseSeconds }) => {
    const target = gainOfDecibels(targetDecibels);
    const most = gainOfDecibels(mostDecibels);
    const attack = 1 - Math.exp(-1 / (attackSeconds * audio.sampleRate));
    const release = 1 - Math.exp(-1 / (releaseSeconds * audio.sampleRate));
    const gains = levelsOf(audio, 0);
    let heard = target;
    for (let frame = 0; frame < gains.length; frame++) {
      const level = gains[frame]!;
      heard += (level - heard) * (level > heard ? attack : release);
      gains[frame] = Math.min(most, target / Math.max(1e-9, heard));
    }
    return ridden(audio, gains, 0);
  },
});
