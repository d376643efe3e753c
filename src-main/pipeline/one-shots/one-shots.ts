import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import {
  attempt,
  type AudioReader,
  Failed,
  mixDown,
  mixedChannelCount,
  openAudio,
  workingRate,
  writeWav,
} from '#main/platform';
import { Resampler } from '#shared/dsp';
import type { PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { decibelsOfGain } from '#shared/units';

const OneShotsInputSchema = z.object({
  samples: z.array(z.object({ sampleId: z.string().min(1), file: FileRefSchema })),
  /** What is longer is a loop or a song. */
  longestSeconds: z.number().positive(),
});
type OneShotsInput = z.output<typeof OneShotsInputSchema>;

export interface OneShot {
  readonly sampleId: string;
  readonly frames: number;
  readonly sampleRate: number;
}

export interface OneShotsValues {
  readonly samples: readonly OneShot[];
  /** What is no one-shot, and why; the failures name the files as they lay when they were read. */
  readonly refused: readonly { readonly sampleId: string; readonly failure: Failure }[];
}

const SILENCE_DECIBELS = -80;
const LOWEST_DECIBELS = -200;

/** Decodes one-shots of any kind to WAVs of 32-bit float, mono or stereo, 44.1 or 48 kHz, whole and as loud as they are. */
export const oneShotsStage: Stage<OneShotsInput, OneShotsValues> = {
  name: 'one-shots',
  title: 'Reading samples',
  version: 1,
  input: OneShotsInputSchema,
  run: (input, context) =>
    attempt(context.folder, async () => {
      const samples: OneShot[] = [];
      const refused: { sampleId: string; failure: Failure }[] = [];
      const files: Record<string, string> = {};
      const began = performance.now();
      for (const [index, { sampleId, file }] of input.samples.entries()) {
        throwIfCancelled(context.signal);
        const read = await attempt(file.path, () => readOneShot(file.path, input.longestSeconds, context));
        if (read.ok) {
          const audio = read.value;
          files[sampleId] = `${sampleId}.wav`;
          await writeWav(join(context.folder, `${sampleId}.wav`), audio, '32f');
          samples.push({ sampleId, frames: audio.channels[0]?.length ?? 0, sampleRate: audio.sampleRate });
        } else refused.push({ sampleId, failure: read.failure });
        const rate = ((index + 1) * 1000) / Math.max(1, performance.now() - began);
        context.report((0.99 * (index + 1)) / input.samples.length, `${rate.toFixed(0)} files / s`);
      }
      context.report(1);
      return { values: { samples, refused }, files };
    }),
};

async function readOneShot(
  path: string,
  longestSeconds: number,
  context: StageContext,
): Promise<PlanarAudio> {
  const opened = await openAudio(path, context.signal);
  if (!opened.ok) throw new Failed(opened.failure);
  const reader = opened.value;
  try {
    return await decode(reader, path, longestSeconds);
  } catch (error) {
    throwIfCancelled(context.signal);
    throw error;
  } finally {
    await reader.close();
  }
}

async function decode(reader: AudioReader, path: string, longestSeconds: number): Promise<PlanarAudio> {
  const refuseLonger = (frames: number): void => {
    const seconds = frames / reader.sampleRate;
    if (seconds > longestSeconds)
      throw new Failed({ code: 'tooLong', path, seconds, maximumSeconds: longestSeconds });
  };
  refuseLonger(reader.frames ?? 0);
  const sampleRate = workingRate(reader.sampleRate);
  // Not before there is audio: the filter of an absurd rate, in a damaged file's header, takes half a minute to design.
  let resampler: Resampler | null = null;
  const pieces: (readonly Float32Array[])[] = [];
  let frames = 0;
  for await (const chunk of reader.chunks()) {
    frames += chunk.channels[0]?.length ?? 0;
    refuseLonger(frames);
    const channels = mixDown(chunk.channels);
    if (sampleRate !== reader.sampleRate)
      resampler ??= new Resampler(reader.sampleRate, sampleRate, mixedChannelCount(reader.channelCount));
    pieces.push(resampler ? resampler.push(channels) : channels.map(channel => channel.slice()));
  }
  if (resampler) pieces.push(resampler.finish());
  const channels = joined(pieces);
  if (frames === 0)
    throw new Failed({ code: 'corrupt', path, format: reader.format, reason: 'it holds no audio' });
  const peakDecibels = Math.max(LOWEST_DECIBELS, decibelsOfGain(highest(channels)));
  if (peakDecibels < SILENCE_DECIBELS) throw new Failed({ code: 'silent', path, peakDecibels });
  return { sampleRate, channels };
}

function joined(pieces: readonly (readonly Float32Array[])[]): Float32Array[] {
  return (pieces[0] ?? []).map((_, channel) => {
    const whole = new Float32Array(pieces.reduce((sum, piece) => sum + (piece[channel]?.length ?? 0), 0));
    let at = 0;
    for (const piece of pieces) {
      const part = piece[channel] ?? new Float32Array();
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  });
}

function highest(channels: readonly Float32Array[]): number {
  let level = 0;
  for (const channel of channels) for (const value of channel) level = Math.max(level, Math.abs(value));
  return level;
}
