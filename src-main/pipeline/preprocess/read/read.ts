import { join } from 'node:path';
import { z } from 'zod';
import {
  type AudioReader,
  attempt,
  createWavWriter,
  Failed,
  mixDown,
  mixedChannelCount,
  openAudio,
  type WavWriter,
  workingRate,
  writePeaks,
} from '#main/platform';
import {
  Cancelled,
  FileRefSchema,
  type Stage,
  type StageContext,
  type StageOutput,
} from '#main/pipeline/stage';
import type { Result } from '#shared/base';
import { PeakPairs, Resampler } from '#shared/dsp';
import type { Failure } from '#shared/protocol';
import { decibelsOfGain } from '#shared/units';

const ReadInputSchema = z.object({
  source: FileRefSchema,
  name: z.string(),
  /** A song has at least a beat; a one-shot may be a tick. */
  minimumSeconds: z.number().min(0).default(0.1),
});
export type ReadInput = z.infer<typeof ReadInputSchema>;

export interface ReadValues {
  readonly sampleRate: 44_100 | 48_000;
  readonly channelCount: 1 | 2;
  readonly frames: number;
  readonly sourceSampleRate: number;
  readonly sourceChannelCount: number;
  readonly format: string;
  readonly peakDecibels: number;
}

const SILENCE_DECIBELS = -80;
/** Stands for digital silence, whose level in decibels no JSON can hold. */
const LOWEST_DECIBELS = -200;

/** Decodes any audio file to `mix.wav`, 32-bit float, mono or stereo, 44.1 or 48 kHz, with its waveform overview. */
export const readStage: Stage<ReadInput, ReadValues> = {
  name: 'read',
  title: 'Reading',
  version: 1,
  input: ReadInputSchema,
  async run({ source, minimumSeconds }, context): Promise<Result<StageOutput<ReadValues>, Failure>> {
    try {
      return await attempt(source.path, async () => {
        const opened = await openAudio(source.path, context.signal);
        if (!opened.ok) throw new Failed(opened.failure);
        try {
          return await decode(opened.value, source.path, minimumSeconds, context);
        } finally {
          await opened.value.close();
        }
      });
    } catch (error) {
      if (context.signal.aborted) throw new Cancelled('cancelled');
      throw error;
    }
  },
};

async function decode(
  reader: AudioReader,
  path: string,
  minimumSeconds: number,
  context: StageContext,
): Promise<StageOutput<ReadValues>> {
  const sampleRate = workingRate(reader.sampleRate);
  const channelCount = mixedChannelCount(reader.channelCount);
  const writer = await createWavWriter(join(context.folder, 'mix.wav'), {
    sampleRate,
    channelCount,
    format: '32f',
    ...(reader.frames === null
      ? {}
      : { expectedFrames: Math.round((reader.frames * sampleRate) / reader.sampleRate) }),
  });
  try {
    const { peak, pairs } = await copy(reader, writer, { sampleRate, channelCount }, context);
    const { frames } = writer;
    const peakDecibels = Math.max(LOWEST_DECIBELS, decibelsOfGain(peak));
    const seconds = frames / sampleRate;
    if (seconds < minimumSeconds) throw new Failed({ code: 'tooShort', path, seconds, minimumSeconds });
    if (peakDecibels < SILENCE_DECIBELS) throw new Failed({ code: 'silent', path, peakDecibels });
    await writer.finish();
    await writePeaks(join(context.folder, 'mix.peaks'), pairs);
    context.report(1);
    return {
      values: {
        sampleRate,
        channelCount,
        frames,
        sourceSampleRate: reader.sampleRate,
        sourceChannelCount: reader.channelCount,
        format: reader.format,
        peakDecibels,
      },
      files: { mix: 'mix.wav', peaks: 'mix.peaks' },
    };
  } finally {
    await writer.discard();
  }
}

/** Streams all of `reader` to `writer`; answers the highest amplitude and the waveform overview. */
async function copy(
  reader: AudioReader,
  writer: WavWriter,
  mix: { readonly sampleRate: number; readonly channelCount: number },
  context: StageContext,
): Promise<{ readonly peak: number; readonly pairs: Float32Array }> {
  const { sampleRate } = mix;
  const resampler =
    sampleRate === reader.sampleRate ? null : new Resampler(reader.sampleRate, sampleRate, mix.channelCount);
  const overview = new PeakPairs();
  const began = performance.now();
  let peak = 0;
  const write = async (channels: readonly Float32Array[]): Promise<void> => {
    overview.push(channels);
    peak = Math.max(peak, ...channels.map(highest));
    await writer.write({ sampleRate, channels });
  };
  for await (const chunk of reader.chunks()) {
    context.signal.throwIfAborted();
    const channels = mixDown(chunk.channels);
    await write(resampler ? resampler.push(channels) : channels);
    const speed = (1000 * writer.frames) / sampleRate / Math.max(1, performance.now() - began);
    context.report(Math.min(1, reader.fraction()), `${speed.toFixed(1)}x real time`);
  }
  if (resampler) await write(resampler.finish());
  return { peak, pairs: overview.finish() };
}

function highest(samples: Float32Array): number {
  let level = 0;
  for (const sample of samples) level = Math.max(level, Math.abs(sample));
  return level;
}
