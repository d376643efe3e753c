import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, type WavFile } from '#main/platform';
import {
  applySliceEdits,
  attackLevel,
  BLEED_SECONDS,
  SliceBleedMeter,
  chooseOnsets,
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
  tailLimits,
  velocityOf,
} from '#shared/analysis';
import { type BleedParts, frameCount, type PlanarAudio, toMono, TrackHearingSchema } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { withWav } from '../streaming';
import { createSlices, sliceRecord } from './slices-file';

const hearing = TrackHearingSchema.shape;

const SlicesInputSchema = z.object({
  drums: FileRefSchema,
  /** The mix without its drums, which tells what bleeds into a slice; null where there is none. */
  residual: FileRefSchema.nullable().default(null),
  onsets: FileRefSchema,
  /** Which of the onsets count; all of them unless given. */
  sensitivity: z.number().min(0).max(1).default(1),
  sensitivities: hearing.sensitivities,
  edits: hearing.edits,
  preRollMs: hearing.preRollMs,
  fadeMs: hearing.fadeMs,
  flamMs: hearing.flamMs,
  flams: hearing.flams,
  tails: hearing.tails,
  maxSeconds: hearing.maxSeconds,
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
/** A slice whose end lies this far under its loudest place is not heard to be cut off. */
const DIED_AWAY_DECIBELS = 50;
/** Share of the work that finding the loudest hit is. */
const LEVELS_SHARE = 0.15;

/**
 * Finds where slices lie in a drum stem and what they are like. No audio is written here: the `kit` stage cuts the ones that are
 * kept. At most one slice is in memory.
 */
export const slicesStage: Stage<SlicesInput, SlicesValues> = {
  name: 'slices',
  title: 'Cutting slices',
  version: 3,
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
      const space = { sampleRate: wav.sampleRate, stemFrames: wav.frames };
      const marks = applySliceEdits(chooseOnsets(onsets.value, input), input.edits, space);
      const plan = planSlices(marks, wav.frames, wav.sampleRate, input);
      if (plan.length === 0) {
        throw new Failed({ code: 'noHits', path: drums.path, seconds: wav.frames / wav.sampleRate });
      }
      const write = (residual: WavFile | null) => writeSlices({ drums: wav, residual }, plan, input, context);
      if (input.residual) {
        const done = await withWav(input.residual, write);
        if (!done.ok) throw new Failed(done.failure);
      } else await write(null);
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

interface Stems {
  readonly drums: WavFile;
  readonly residual: WavFile | null;
}

async function writeSlices(
  stems: Stems,
  plan: readonly PlannedSlice[],
  input: SlicesInput,
  context: StageContext,
): Promise<void> {
  const { sampleRate, channelCount, frames } = stems.drums;
  const began = performance.now();
  const levels = new Float64Array(plan.length);
  for (const [index, { onsetFrame, limitFrame }] of plan.entries()) {
    throwIfCancelled(context.signal);
    const count = Math.min(Math.round(ATTACK_SECONDS * sampleRate), limitFrame - onsetFrame);
    levels[index] = attackLevel(await stems.drums.read(onsetFrame, count));
    context.report((LEVELS_SHARE * (index + 1)) / plan.length);
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const longestFrames = Math.round(input.maxSeconds * sampleRate);
  const limits = tailLimits(plan, levels, input.tails, { stemFrames: frames, longestFrames });
  const ear = { fingerprinter: new Fingerprinter(sampleRate), bleed: new SliceBleedMeter(sampleRate) };
  const head = {
    version: 2,
    sample_rate: sampleRate,
    channel_count: channelCount,
    stem_frames: frames,
  } as const;
  const writer = await createSlices(join(context.folder, 'slices.json'), head);
  try {
    for (const [index, planned] of plan.entries()) {
      throwIfCancelled(context.signal);
      const limitFrame = limits[index] ?? planned.limitFrame;
      const { slice, fingerprint } = await examine(stems, { ...planned, limitFrame }, input, ear);
      const velocity = velocityOf(levels[index] ?? 0, loudest);
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

interface Ear {
  readonly fingerprinter: Fingerprinter;
  readonly bleed: SliceBleedMeter;
}

async function examine(stems: Stems, planned: PlannedSlice, input: SlicesInput, ear: Ear) {
  const { sampleRate } = stems.drums;
  const { startFrame, onsetFrame, limitFrame, flamFrames } = planned;
  const onsetOffset = onsetFrame - startFrame;
  const beforeFrames = Math.min(startFrame, Math.round(FLOOR_SECONDS * sampleRate));
  const read = await stems.drums.read(startFrame - beforeFrames, beforeFrames + limitFrame - startFrame);
  const before = part(read, 0, beforeFrames);
  const whole = part(read, beforeFrames, frameCount(read));
  const decayed = endOfDecay(whole, planned.lastStrokeFrame - startFrame);
  const frames = Math.max(planned.lastStrokeFrame - startFrame + 1, decayed);
  const audio = part(whole, 0, frames);
  const isCutOff = startFrame + frames >= limitFrame;
  const compared = Math.min(frames, onsetOffset + Math.round(COMPARED_SECONDS * sampleRate));
  const fingerprint = ear.fingerprinter.fingerprint(toMono(part(audio, onsetOffset, compared)), isCutOff);
  const quality = {
    ...sliceQuality(before, audio, onsetOffset),
    bleed: await bleedInto(stems, planned, part(audio, onsetOffset, frames), ear.bleed),
  };
  const isRinging = isCutOff && quality.tail_db < DIED_AWAY_DECIBELS;
  const fades = fadeLengths(frames, onsetOffset, { fadeMs: input.fadeMs, isRinging }, sampleRate);
  fadeEnds(audio, fades);
  return {
    fingerprint,
    slice: {
      onset_frame: onsetFrame,
      ...(planned.origin === onsetFrame ? {} : { origin_frame: planned.origin }),
      ...(isByHand(planned) ? { by_hand: true } : {}),
      start_frame: startFrame,
      frames,
      fade_in_frames: fades.fadeInFrames,
      fade_out_frames: fades.fadeOutFrames,
      flam_frames: flamFrames !== null && onsetOffset + flamFrames < frames ? flamFrames : null,
      gain: input.normalise ? normalisingGain(peakOf(audio)) : 1,
      quality,
      ...(planned.strokes.length === 0 ? {} : { strokes: [...planned.strokes] }),
    },
  };
}

const isByHand = ({ edited }: PlannedSlice): boolean =>
  edited === 'moved' || edited === 'added' || edited === 'split';

async function bleedInto(
  { drums, residual }: Stems,
  { onsetFrame, strokes }: PlannedSlice,
  fromOnset: PlanarAudio,
  meter: SliceBleedMeter,
): Promise<BleedParts> {
  const count = Math.min(frameCount(fromOnset), Math.round(BLEED_SECONDS * drums.sampleRate));
  const first = Math.max(0, onsetFrame - meter.beforeFrames);
  const before = toMono(await drums.read(first, onsetFrame - first)).samples;
  const rest = residual ? toMono(await residual.read(onsetFrame, count)).samples : null;
  return meter.measure(before, toMono(part(fromOnset, 0, count)), rest, strokes);
}

const part = ({ sampleRate, channels }: PlanarAudio, from: number, to: number): PlanarAudio => ({
  sampleRate,
  channels: channels.map(channel => channel.subarray(from, to)),
});
