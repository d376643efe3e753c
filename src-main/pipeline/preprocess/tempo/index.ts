import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  AccentMeter,
  estimateTempo,
  type ModelBeats,
  type OnsetsFile,
  OnsetsFileSchema,
  tempoOfModelBeats,
} from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import { type Tempo, toMono } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { openBeatModel } from '#main/inference';
import { Failed, failureOfError, type WavFile } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

export const TempoInputSchema = z.object({
  drums: FileRefSchema,
  /** The `onsets.json` of these drums. */
  onsets: FileRefSchema,
  /** A beat model of the user's own, its ONNX file first, and the song that it listens to. */
  model: z
    .object({
      mix: FileRefSchema,
      parts: z.array(z.object({ name: z.string(), file: FileRefSchema })).min(1),
    })
    .optional(),
});
export type TempoInput = z.infer<typeof TempoInputSchema>;

/** Tempo, beats and bars of drum audio; null when there is no pulse. */
export const tempoStage: Stage<TempoInput, Tempo | null> = {
  name: 'tempo',
  title: 'Finding the beat',
  version: 5,
  input: TempoInputSchema,
  async run({ drums, onsets, model }, context) {
    const file = await readOnsets(onsets.path);
    if (!file.ok) return file;
    const heard = model ? await listen(model, context) : null;
    if (heard && !heard.ok) return heard;
    const tempo = await withWav(drums, async wav => {
      const meter = new AccentMeter(wav.sampleRate, file.value.onsets);
      await streamPieces(wav, context, piece => meter.push(toMono(piece).samples), model ? [0.9, 1] : [0, 1]);
      return heard
        ? tempoOfModelBeats(heard.value, meter.accents())
        : estimateTempo(meter.accents(), wav.frames / wav.sampleRate);
    });
    return tempo.ok ? ok({ values: tempo.value, files: {} }) : tempo;
  },
};

/** What a beat model hears in the song. */
async function listen(
  { mix, parts }: NonNullable<TempoInput['model']>,
  { signal, report }: StageContext,
): Promise<Result<ModelBeats, Failure>> {
  const opened = await openBeatModel(parts[0]?.file.path ?? '');
  if (!opened.ok) return opened;
  const model = opened.value;
  try {
    const heard = await withWav(mix, async wav =>
      model.listen(monoPieces(wav), wav.sampleRate, signal, fraction => report(0.9 * fraction)),
    );
    throwIfCancelled(signal);
    return heard;
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  } finally {
    await model.close();
  }
}

const PIECE_FRAMES = 1 << 15;

async function* monoPieces(wav: WavFile): AsyncGenerator<Float32Array> {
  for (let start = 0; start < wav.frames; start += PIECE_FRAMES)
    yield toMono(await wav.read(start, PIECE_FRAMES)).samples;
}

async function readOnsets(path: string): Promise<Result<OnsetsFile, Failure>> {
  try {
    const parsed = OnsetsFileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
    return fail({ code: 'badFile', path, format: 'onsets file', problems });
  } catch (error) {
    if (error instanceof SyntaxError) {
      return fail({ code: 'badFile', path, format: 'onsets file', problems: [error.message] });
    }
    return fail(failureOfError(error, path));
  }
}
