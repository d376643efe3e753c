import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AccentMeter, estimateTempo, type OnsetsFile, OnsetsFileSchema } from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import { type Tempo, toMono } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { failureOfError } from '#main/platform';
import { FileRefSchema, type Stage } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

export const TempoInputSchema = z.object({
  drums: FileRefSchema,
  /** The `onsets.json` of these drums. */
  onsets: FileRefSchema,
});
export type TempoInput = z.infer<typeof TempoInputSchema>;

/** Tempo, beats and bars of drum audio; null when there is no pulse. */
export const tempoStage: Stage<TempoInput, Tempo | null> = {
  name: 'tempo',
  title: 'Finding the beat',
  version: 3,
  input: TempoInputSchema,
  async run({ drums, onsets }, context) {
    const file = await readOnsets(onsets.path);
    if (!file.ok) return file;
    const tempo = await withWav(drums, async wav => {
      const meter = new AccentMeter(wav.sampleRate, file.value.onsets);
      await streamPieces(wav, context, piece => meter.push(toMono(piece).samples));
      return estimateTempo(meter.accents(), wav.frames / wav.sampleRate);
    });
    return tempo.ok ? ok({ values: tempo.value, files: {} }) : tempo;
  },
};

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
