import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, type WavFile } from '#main/platform';
import {
  attackLevel,
  DEFAULT_SLICING,
  endOfDecay,
  Fingerprinter,
  fadeEnds,
  fadeLengths,
  normalisingGain,
  type OnsetsFile,
  OnsetsFileSchema,
  type PlannedSlice,
  peakOf,
  planSlices,
  sliceQuality,
  velocityOf,
} from '#shared/analysis';
import { FLAM_POLICIES, frameCount, type PlanarAudio, toMono } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { withWav } from '../streaming';
import { createSlices, sliceRecord } from './slices-file';

const SlicesInputSchema = z.object({
  drums: FileRefSchema,
  onsets: FileRefSchema,
  preRollMs: z.number().min(0).max(100).default(DEFAULT_SLICING.preRollMs),
  fadeMs: z.number().min(0).max(100).default(DEFAULT_SLICING.fadeMs),
  flamMs: z.number().min(0).max(200).default(DEFAULT_SLICING.flamMs),
  flams: z.enum(FLAM_POLICIES).default(DEFAULT_SLICING.flams),
  maxSeconds: z.number().positive().max(60).default(DEFAULT_SLICING.maxSeconds),
  /** Whether the gain brings the slice's peak to -1 dBFS; it is 1 otherwise. */
  normalise: z.boolean().default(true),
});
export type SlicesInput = z.output<typeof SlicesInputSchema>;

export interface SlicesValues {
  readonly count: number;
}

/** How much of the stem before a slice tells what bleeds into it. */
const FLOOR_SECONDS = 0.02;
const ATTACK_SECONDS = 0.05;
/** More than a fingerprint looks at. */
const COMPARED_SECONDS = 0.3;
/** Share of the work that finding the loudest hit is. */
const LEVELS_SHARE = 0.15;

/**
 * Finds where slices lie in a drum stem and what they are like. No audio is written here: the `kit` stage cuts the ones that are
 * kept. At most one slice is in memory.
 */
export const slicesStage: Stage<SlicesInput, SlicesValues> = {
  name: 'slices',
  title: 'Cutting slices',
  version: 1,
  input: SlicesInputSchema,
  async run(input, context) {
    const onsets = await readOnsets(input.onsets.path);
    if (!onsets.ok) return onsets;
    const { drums } = input;
    return withWav(drums, async wav => {
      if (wav.sampleRate !== onsets.value.sampleRate) {
        const problem = `it was made at ${onsets.value.sampleRate} Hz, the audio is at ${wav.sampleRate} Hz`;
        throw new Failed(badOnsets(input.onsets.path, problem));
      }
      const frames = onsets.value.onsets.map(({ frame }) => frame);
      const plan = planSlices(frames, wav.frames, wav.sampleRate, input);
      if (plan.length === 0) {
        throw new Failed({ code: 'noHits', path: drums.path, seconds: wav.frames / wav.sampleRate });
      }
      await writeSlices(wav, plan, input, context);
      return { values: { count: plan.length }, files: { slices: 'slices.json' } };
    });
  },
};

const badOnsets = (path: string, problem: string): Failure => ({
  code: 'badFile',
  path,
  format: 'onsets file',
  problems: [problem],
});

const readOnsets = (path: string) =>
  attempt(path, async (): Promise<OnsetsFile> => {
    const text = await readFile(path, 'utf8');
    try {
      return OnsetsFileSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new Failed(badOnsets(path, error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''));
    }
  });

async function writeSlices(
  wav: WavFile,
  plan: readonly PlannedSlice[],
  input: SlicesInput,
  context: StageContext,
): Promise<void> {
  const { sampleRate, channelCount, frames } = wav;
  const began = performance.now();
  const levels = new Float64Array(plan.length);
  for (const [index, { onsetFrame, limitFrame }] of plan.entries()) {
    throwIfCancelled(context.signal);
    const count = Math.min(Math.round(ATTACK_SECONDS * sampleRate), limitFrame - onsetFrame);
    levels[index] = attackLevel(await wav.read(onsetFrame, count));
    context.report((LEVELS_SHARE * (index + 1)) / plan.length);
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const fingerprinter = new Fingerprinter(sampleRate);
  const head = {
    version: 1,
    sample_rate: sampleRate,
    channel_count: channelCount,
    stem_frames: frames,
  } as const;
  const writer = await createSlices(join(context.folder, 'slices.json'), head);
  try {
    for (const [index, planned] of plan.entries()) {
      throwIfCancelled(context.signal);
      const { slice, fingerprint } = await examine(wav, planned, input, fingerprinter);
      const velocity = velocityOf(levels[index]!, loudest);
      await writer.write(sliceRecord({ index, ...slice, velocity }, fingerprint));
      const rate = ((index + 1) * 1000) / Math.max(1, performance.now() - began);
      context.report(
        LEVELS_SHARE + ((1 - LEVELS_SHARE) * (index + 1)) / plan.length,
        `${rate.toFixed(0)} hits / s`,
      );
    }
  } catch (error) {
    await writer.close();
    throw error;
  }
  await writer.finish();
}

async function examine(
  wav: WavFile,
  planned: PlannedSlice,
  input: SlicesInput,
  fingerprinter: Fingerprinter,
) {
  const { sampleRate } = wav;
  const { startFrame, onsetFrame, limitFrame, flamFrames } = planned;
  const onsetOffset = onsetFrame - startFrame;
  const beforeFrames = Math.min(startFrame, Math.round(FLOOR_SECONDS * sampleRate));
  const read = await wav.read(startFrame - beforeFrames, beforeFrames + limitFrame - startFrame);
  const before = part(read, 0, beforeFrames);
  const whole = part(read, beforeFrames, frameCount(read));
  const frames = Math.max(onsetOffset + 1, endOfDecay(whole, onsetOffset));
  const audio = part(whole, 0, frames);
  const isCutOff = startFrame + frames >= limitFrame;
  const compared = Math.min(frames, onsetOffset + Math.round(COMPARED_SECONDS * sampleRate));
  const fingerprint = fingerprinter.fingerprint(toMono(part(audio, onsetOffset, compared)), isCutOff);
  const quality = sliceQuality(before, audio, onsetOffset);
  const fades = fadeLengths(frames, onsetOffset, input.fadeMs, sampleRate);
  fadeEnds(audio, fades);
  return {
    fingerprint,
    slice: {
      onset_frame: onsetFrame,
      start_frame: startFrame,
      frames,
      fade_in_frames: fades.fadeInFrames,
      fade_out_frames: fades.fadeOutFrames,
      flam_frames: flamFrames !== null && onsetOffset + flamFrames < frames ? flamFrames : null,
      gain: input.normalise ? normalisingGain(peakOf(audio)) : 1,
      quality,
    },
  };
}

const part = ({ sampleRate, channels }: PlanarAudio, from: number, to: number): PlanarAudio => ({
  sampleRate,
  channels: channels.map(channel => channel.subarray(from, to)),
});
