import { join } from 'node:path';
import { z } from 'zod';
import { DrumSeparator, type SeparatedAudio } from '#shared/analysis';
import type { Result } from '#shared/base';
import { PeakPairs } from '#shared/dsp';
import type { Failure } from '#shared/protocol';
import { createWavWriter, type WavFile, type WavWriter, writePeaks } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

export const SeparateInputSchema = z.object({
  /** Mono or stereo, as the stage `read` writes it. */
  mix: FileRefSchema,
  method: z.literal('hpss'),
});
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
  async run({ mix }, context) {
    const values = await withWav(mix, wav => separate(wav, context));
    return answer(values);
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

async function separate(wav: WavFile, context: StageContext): Promise<SeparateValues> {
  const { sampleRate, channelCount, frames } = wav;
  const options = { sampleRate, channelCount, format: '32f', expectedFrames: frames } as const;
  const separator = new DrumSeparator({ sampleRate, channelCount });
  const stems: Stem[] = [];
  try {
    for (const name of ['drums', 'residual'] as const) {
      const writer = await createWavWriter(join(context.folder, `${name}.wav`), options);
      stems.push({ name, writer, peaks: new PeakPairs() });
    }
    await streamPieces(wav, context, async ({ channels }) =>
      write(stems, sampleRate, separator.push(channels)),
    );
    await write(stems, sampleRate, separator.finish());
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
