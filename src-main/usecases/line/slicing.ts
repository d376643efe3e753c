import { readFile } from 'node:fs/promises';
import type { FileRef, StageCaller } from '#main/jobs';
import { chooseOnsets, type OnsetsFile, OnsetsFileSchema } from '#shared/analysis';
import { TrackHearingSchema, USUAL_HEARING } from '#shared/model';
import { z } from 'zod';
import { fileOf } from './files';
import { WEIGHTS } from './weights';

/** What counts as a hit, and how it is cut; the same on every door. */
export const SlicingSchema = TrackHearingSchema.pick({
  sensitivity: true,
  sensitivities: true,
  flams: true,
  flamMs: true,
  tails: true,
  preRollMs: true,
  fadeMs: true,
  maxSeconds: true,
  edits: true,
}).extend({ normalise: z.boolean().default(true) });
type Slicing = z.infer<typeof SlicingSchema>;

/** The onsets of `all`, heard at the highest sensitivity, that count at the usual one: what the beat is found by. */
export async function usualOnsets(call: StageCaller, all: FileRef): Promise<FileRef> {
  const heard = OnsetsFileSchema.parse(JSON.parse(await readFile(all.path, 'utf8')));
  const usual: OnsetsFile = {
    ...heard,
    onsets: chooseOnsets(heard, { sensitivity: USUAL_HEARING.sensitivity }),
  };
  return call.text(JSON.stringify(usual), '.json');
}

/**
 * @param onsets may hold more than count at the sensitivity that `slicing` asks for
 * @param residual the mix without its drums; null where there is none
 */
export async function cutSlices(
  call: StageCaller,
  { drums, residual }: { readonly drums: FileRef; readonly residual: FileRef | null },
  onsets: FileRef,
  slicing: Slicing,
): Promise<FileRef> {
  const { files } = await call.stage(
    'slices',
    { drums, residual, onsets, ...SlicingSchema.parse(slicing) },
    { title: 'Cutting slices', weight: WEIGHTS.slices },
  );
  return fileOf(files, 'slices');
}
