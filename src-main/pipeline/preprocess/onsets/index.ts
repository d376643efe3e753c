import { join } from 'node:path';
import { z } from 'zod';
import { type Onset, OnsetDetector, type OnsetsFile } from '#shared/analysis';
import { canonicalJson } from '#shared/base';
import { toMono } from '#shared/model';
import { type WavFile, writeFileWhole } from '#main/platform';
import { FileRefSchema, type Stage, type StageContext } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

export const OnsetsInputSchema = z.object({
  drums: FileRefSchema,
  /** 0 (only clear strokes) to 1 (the faintest ghost notes, and some noise). */
  sensitivity: z.number().min(0).max(1).default(0.5),
});
export type OnsetsInput = z.infer<typeof OnsetsInputSchema>;

export interface OnsetsValues {
  readonly count: number;
}

/** Writes where strokes begin in drum audio to `onsets.json` (`OnsetsFile`). */
export const onsetsStage: Stage<OnsetsInput, OnsetsValues> = {
  name: 'onsets',
  title: 'Finding hits',
  version: 1,
  input: OnsetsInputSchema,
  async run({ drums, sensitivity }, context) {
    const found = await withWav(drums, async wav => {
      const onsets = await detect(wav, sensitivity, context);
      const file: OnsetsFile = { sampleRate: wav.sampleRate, onsets };
      await writeFileWhole(join(context.folder, 'onsets.json'), canonicalJson(file));
      return { count: onsets.length };
    });
    if (!found.ok) return found;
    return { ok: true, value: { values: found.value, files: { onsets: 'onsets.json' } } };
  },
};

async function detect(wav: WavFile, sensitivity: number, context: StageContext): Promise<Onset[]> {
  let peak = 0;
  await streamPieces(
    wav,
    context,
    piece => {
      for (const value of toMono(piece).samples) peak = Math.max(peak, Math.abs(value));
    },
    [0, 0.1],
  );
  const detector = new OnsetDetector({ sampleRate: wav.sampleRate, sensitivity, peak });
  const onsets: Onset[] = [];
  await streamPieces(
    wav,
    context,
    piece => {
      onsets.push(...detector.push(toMono(piece).samples));
    },
    [0.1, 1],
  );
  return [...onsets, ...detector.finish()];
}
