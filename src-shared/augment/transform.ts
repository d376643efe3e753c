import type { z } from 'zod';
import type { Random } from '../base';
import { frameCount, type PlanarAudio } from '../model';
import {
  type AugmentContext,
  type Augmentation,
  type Augmented,
  type AugmentStep,
  unmoved,
} from './augmentation';

/** What is known of the recording before a step's parameters are drawn. */
export interface Drawn {
  readonly sampleRate: number;
  readonly seconds: number;
  readonly channelCount: number;
  /** SHA-256 of the recordings that may be mixed in or convolved with, by what they are for. */
  readonly recordings: Readonly<
    Partial<Record<'noise' | 'short-noise' | 'impulse' | 'mix', readonly string[]>>
  >;
}

/** A step whose parameters are drawn from ranges that a user sets. */
export interface Transform<Ranges = unknown, Params = unknown> extends Augmentation<Params> {
  /** With defaults for everything: `{}` is valid. */
  readonly ranges: z.ZodType<Ranges>;
  readonly draw: (random: Random, ranges: Ranges, recording: Drawn) => Params;
}

/** A transform as the lists hold it: its ranges and parameters pass its own schemas before they are used. */
export interface AnyTransform {
  readonly name: string;
  readonly ranges: z.ZodType;
  readonly params: z.ZodType;
  /** Parameters from ranges as a user wrote them; throws a ZodError on wrong ones. */
  readonly draw: (random: Random, ranges: unknown, recording: Drawn) => AugmentStep;
  readonly apply: (audio: PlanarAudio, params: unknown, context: AugmentContext) => Augmented;
}

export const transform = <Ranges, Params>(given: Transform<Ranges, Params>): AnyTransform => ({
  name: given.name,
  ranges: given.ranges,
  params: given.params,
  draw: (random, ranges, recording) => ({
    name: given.name,
    params: given.draw(random, given.ranges.parse(ranges), recording),
  }),
  apply: (audio, params, context) => given.apply(audio, given.params.parse(params), context),
});

/** Every channel by itself, its length and time as they were. */
export const eachChannel = (
  audio: PlanarAudio,
  change: (samples: Float32Array, channel: number) => Float32Array,
): Augmented => unmoved(audio.sampleRate, audio.channels.map(change));

/** Every value by itself. */
export const eachValue = (audio: PlanarAudio, change: (value: number) => number): Augmented =>
  eachChannel(audio, samples => samples.map(change));

/** Louder or softer throughout. */
export const scaledBy = (audio: PlanarAudio, factor: number): Augmented =>
  eachChannel(audio, samples => {
    const output = new Float32Array(samples.length);
    for (let frame = 0; frame < samples.length; frame++) output[frame] = factor * samples[frame]!;
    return output;
  });

export const secondsOf = (audio: PlanarAudio): number => frameCount(audio) / audio.sampleRate;

export function peakOf({ channels }: PlanarAudio): number {
  let peak = 0;
  for (const channel of channels) {
    for (let frame = 0; frame < channel.length; frame++) {
      const size = Math.abs(channel[frame]!);
      if (size > peak) peak = size;
    }
  }
  return peak;
}

/** RMS over all channels and frames. */
export function levelOf({ channels }: PlanarAudio): number {
  let sum = 0;
  let count = 0;
  for (const channel of channels) {
    count += channel.length;
    for (let frame = 0; frame < channel.length; frame++) sum += channel[frame]! ** 2;
  }
  return Math.sqrt(sum / Math.max(1, count));
}

const BLOCK_SECONDS = 0.01;
/** A block this far under the loudest is taken for silence. */
const ACTIVE_DECIBELS = 40;

/** RMS of the blocks of 10 ms in which something sounds, so that pauses do not change what a signal-to-noise ratio means. */
export function activeLevelOf(audio: PlanarAudio): number {
  const block = Math.max(1, Math.round(BLOCK_SECONDS * audio.sampleRate));
  const powers: number[] = [];
  const total = frameCount(audio);
  for (let start = 0; start < total; start += block) {
    const end = Math.min(total, start + block);
    let sum = 0;
    for (const channel of audio.channels)
      for (let frame = start; frame < end; frame++) sum += channel[frame]! ** 2;
    powers.push(sum / ((end - start) * audio.channels.length));
  }
  const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
  const active = powers.filter(power => power > loudest * 10 ** (-ACTIVE_DECIBELS / 10));
  return Math.sqrt(active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length));
}
