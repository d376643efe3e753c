import { join } from 'node:path';
import { z } from 'zod';
import { BleedCurve, bleedSummary } from '#shared/analysis';
import { fail, ok } from '#shared/base';
import { openWav, writePeaks } from '#main/platform';
import { FileRefSchema, type Stage } from '#main/pipeline/stage';
import { streamPieces, withWav } from '../streaming';

export const BleedInputSchema = z.object({ drums: FileRefSchema, residual: FileRefSchema });
export type BleedInput = z.infer<typeof BleedInputSchema>;

export interface BleedValues {
  /** Of the whole stem, a share 0..1 of its energy. */
  readonly mean: number;
}

/**
 * Writes how much of the accompaniment probably still sounds in a drum stem to `drums.bleed`: little-endian 32-bit floats
 * 0..1 without a head, one per `bleedFrames` frames.
 */
export const bleedStage: Stage<BleedInput, BleedValues> = {
  name: 'bleed',
  title: 'Measuring bleed',
  version: 1,
  input: BleedInputSchema,
  async run({ drums, residual }, context) {
    const opened = await openWav(residual.path);
    if (!opened.ok) return fail(opened.failure);
    const rest = opened.value;
    try {
      const curve = await withWav(drums, async wav => {
        const meter = new BleedCurve(wav.sampleRate);
        let at = 0;
        await streamPieces(wav, context, async ({ channels }) => {
          const count = channels[0]?.length ?? 0;
          meter.push(channels, (await rest.read(at, count)).channels);
          at += count;
        });
        const measured = meter.finish();
        await writePeaks(join(context.folder, 'drums.bleed'), measured);
        return measured;
      });
      if (!curve.ok) return curve;
      return ok({ values: { mean: bleedSummary(curve.value).mean }, files: { bleed: 'drums.bleed' } });
    } finally {
      await rest.close();
    }
  },
};
