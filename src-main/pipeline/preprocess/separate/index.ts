import { dirname, join } from 'node:path';
import { z } from 'zod';
import { DrumSeparator, type SeparatedAudio } from '#shared/analysis';
import { fail, type Result } from '#shared/base';
import { PeakPairs } from '#shared/dsp';
import type { Failure } from '#shared/protocol';
import { mixOfWav, openBundledSeparator, separateWithModel } from '#main/inference';
import { createWavWriter, Failed, type WavFile, type WavWriter, writePeaks } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

/** `mix` is mono or stereo, as the stage `read` writes it; `model` is a separation model of ours, its manifest beside it. */
export const SeparateInputSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('hpss'), mix: FileRefSchema }),
  z.object({ method: z.literal('model'), mix: FileRefSchema, model: FileRefSchema }),
]);
export type SeparateInput = z.infer<typeof SeparateInputSchema>;

export interface SeparateValues {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
}

/** Splits a mix into drums and residual, whose sum is the mix, and draws their waveform overviews. */
export const separateStage: Stage<SeparateInput, SeparateValues> = {
  name: 'separate',
  title: 'Separating drums',
  version: 1,
  input: SeparateInputSchema,
  async run(input, context) {
    const source = input.method === 'hpss' ? byMedians : await openModel(input.model.path);
    if ('failure' in source) return fail(source.failure);
    return answer(await withWav(input.mix, wav => separate(wav, source, context)));
  },
};

const answer = (values: Result<SeparateValues, Failure>) =>
  values.ok
    ? {
        ok: true as const,
        value: {
          values: values.value,
          files: {
            drums: 'drums.wav',
            residual: 'residual.wav',
            drumsPeaks: 'drums.peaks',
            residualPeaks: 'residual.peaks',
          },
        },
      }
    : values;

/** Hands out all of a mix as drums and residual, in order. */
type Separation = (
  wav: WavFile,
  context: StageContext,
  take: (piece: SeparatedAudio) => Promise<void>,
) => Promise<void>;

const byMedians: Separation = async (wav, context, take) => {
  const separator = new DrumSeparator(wav);
  await streamPieces(wav, context, async ({ channels }) => take(separator.push(channels)));
  await take(separator.finish());
};

async function openModel(path: string): Promise<Separation | { readonly failure: Failure }> {
  const opened = await openBundledSeparator(dirname(path));
  if (!opened.ok) return { failure: opened.failure };
  const model = opened.value;
  return async (wav, { signal, report }, take) => {
    try {
      const done = await separateWithModel(
        model,
        mixOfWav(wav),
        ({ stems, residual }) => take({ drums: stems[0] ?? [], residual }),
        { stems: ['drums'], seed: 0, signal, report },
      );
      if (!done.ok) throw new Failed(done.failure);
    } catch (error) {
      throwIfCancelled(signal);
      throw error;
    } finally {
      await model.close();
    }
  };
}

async function separate(
  wav: WavFile,
  separation: Separation,
  context: StageContext,
): Promise<SeparateValues> {
  const { sampleRate, channelCount, frames } = wav;
  const options = { sampleRate, channelCount, format: '32f', expectedFrames: frames } as const;
  const stems: Stem[] = [];
  try {
    for (const name of ['drums', 'residual'] as const) {
      const writer = await createWavWriter(join(context.folder, `${name}.wav`), options);
      stems.push({ name, writer, peaks: new PeakPairs() });
    }
    await separation(wav, context, piece => write(stems, sampleRate, piece));
    for (const { name, writer, peaks } of stems) {
      await writer.finish();
      await writePeaks(join(context.folder, `${name}.peaks`), peaks.finish());
    }
  } catch (error) {
    for (const { writer } of stems) await writer.discard();
    throw error;
  }
  return { sampleRate, channelCount, frames };
}

interface Stem {
  readonly name: 'drums' | 'residual';
  readonly writer: WavWriter;
  readonly peaks: PeakPairs;
}

async function write(stems: readonly Stem[], sampleRate: number, piece: SeparatedAudio): Promise<void> {
  for (const { name, writer, peaks } of stems) {
    const channels = piece[name];
    peaks.push(channels);
    await writer.write({ sampleRate, channels });
  }
}
