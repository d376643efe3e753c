import { z } from 'zod';
import { frameCount, type PlanarAudio } from '../../model';
import { gainOfDecibels } from '../../units';
import type { Augmented } from '../augmentation';
import { eachChannel, peakOf, transform } from '../transform';

/** `gains(level)` of every frame, from the loudest channel, on all of them. */
function ridden(audio: PlanarAudio, ahead: number, gainOf: (level: number) => number): Augmented {
  const frames = frameCount(audio);
  const gains = new Float32Array(frames);
  for (let frame = 0; frame < frames + ahead; frame++) {
    let level = 0;
    for (const samples of audio.channels) level = Math.max(level, Math.abs(samples[frame] ?? 0));
    const factor = gainOf(level);
    if (frame >= ahead) gains[frame - ahead] = factor;
  }
  return eachChannel(audio, samples => samples.map((value, frame) => value * gains[frame]!));
}

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

function compressed(audio: PlanarAudio, settings: CompressorSettings): Augmented {
  const rate = audio.sampleRate;
  const keep = (milliseconds: number): number => Math.exp(-1000 / (milliseconds * rate));
  const attack = keep(settings.attackMilliseconds);
  const release = keep(settings.releaseMilliseconds);
  const highPassKeep =
    settings.sidechainHertz === null ? 0 : Math.exp((-2 * Math.PI * settings.sidechainHertz) / rate);
  let asked = 0;
  let reduction = 0;
  let low = 0;
  const makeup = gainOfDecibels(settings.makeupDecibels);
  return ridden(audio, Math.round((settings.lookaheadMilliseconds * rate) / 1000), level => {
    let heard = level;
    if (settings.sidechainHertz !== null) {
      low = level + highPassKeep * (low - level);
      heard = Math.max(0, level - low);
    }
    const wanted = heard > 1e-7 ? staticReduction(20 * Math.log10(heard), settings) : 0;
    asked = Math.max(wanted, wanted + release * (asked - wanted));
    reduction = asked + attack * (reduction - asked);
    return settings.mix * makeup * gainOfDecibels(-reduction) + 1 - settings.mix;
  });
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
    let gain = 1;
    // The gain has the attack's time to fall before a peak comes; what it then lacks is cut.
    const soft = ridden(audio, ahead, level => {
      const wanted = level > threshold ? threshold / level : 1;
      gain += (wanted - gain) * (wanted < gain ? attack : release);
      return gain;
    });
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
    let heard = target;
    return ridden(audio, 0, level => {
      heard += (level - heard) * (level > heard ? attack : release);
      return Math.min(most, target / Math.max(1e-9, heard));
    });
  },
});
