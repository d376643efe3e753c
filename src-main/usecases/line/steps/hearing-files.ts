import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobOutcome, StageCaller } from '#main/jobs';
import { OnsetsFileSchema } from '#shared/analysis';
import { z } from 'zod';
import { type Separator, SeparatorSchema } from '#shared/model';
import { DetectorSchema, findOnsets, type HeardDrums } from '../detection';
import { findTempo, readSong, songName, WEIGHTS } from '../hear';
import { SeparationSchema, separateDrums, type SongStem } from '../separation';
import { ensureWritable, type Publication, publishPlain } from '../publish';
import { tempoData } from './tempo-data';

const oneFile = {
  file: z.string(),
  /** With what the drums are separated first; null takes the file as drum audio. */
  separate: SeparatorSchema.nullable(),
  sensitivity: z.number().min(0).max(1),
  /** null: the usual one. */
  detector: DetectorSchema.nullable().default(null),
};

export const SeparateSchema = z.object({
  step: z.literal('separate'),
  file: z.string(),
  out: z.string(),
  ...SeparationSchema.shape,
});
export const OnsetsSchema = z.object({ step: z.literal('onsets'), ...oneFile, out: z.string() });
export const TempoSchema = z.object({ step: z.literal('tempo'), ...oneFile });

/** `DIR/<name>/drums.wav`, `residual.wav`, which sum to the mix, and the other stems that the model gives. */
export async function separate(
  call: StageCaller,
  params: z.infer<typeof SeparateSchema>,
): Promise<JobOutcome> {
  const folder = join(params.out, songName(params.file));
  await ensureWritable(params.out);
  call.plan(3, WEIGHTS.read + WEIGHTS.separate + WEIGHTS.publish);
  const { mix } = await readSong(call, params.file);
  const { stems } = await separateDrums(call, mix, params);
  const files = await call.step({ title: 'Writing stems', weight: WEIGHTS.publish }, () =>
    publishPlain(folder, stems.map(stemFile)),
  );
  return { files, made: {} };
}

/** A stem under its own name, for the user. */
export const stemFile = ({ kind, audio }: SongStem): Publication => ({
  kind: `stem:${kind}`,
  stem: kind,
  extension: '.wav',
  content: audio,
});

/** The file as drum audio: separated first where the user asks for it. */
export async function drumsOf(
  call: StageCaller,
  file: string,
  separator: Separator | null,
): Promise<HeardDrums> {
  const { mix } = await readSong(call, file);
  if (separator === null) return { drums: mix, mix: null };
  const { drums } = await separateDrums(call, mix, SeparationSchema.parse({ separator }));
  return { drums, mix };
}

export const drumsWeight = (separator: Separator | null): number =>
  WEIGHTS.read + (separator === null ? 0 : WEIGHTS.separate);
export const drumsStages = (separator: Separator | null): number => (separator === null ? 1 : 2);

/** `DIR/<name>.txt`: a time in seconds a line. */
export async function onsets(call: StageCaller, params: z.infer<typeof OnsetsSchema>): Promise<JobOutcome> {
  await ensureWritable(params.out);
  call.plan(
    drumsStages(params.separate) + 2,
    drumsWeight(params.separate) + WEIGHTS.onsets + WEIGHTS.publish,
  );
  const heard = await drumsOf(call, params.file, params.separate);
  const found = await findOnsets(call, heard, params.sensitivity, params.detector);
  const { onsets: list } = OnsetsFileSchema.parse(JSON.parse(await readFile(found.path, 'utf8')));
  const text = list.map(onset => `${onset.time.toFixed(6)}\n`).join('');
  const files = await call.step({ title: 'Writing onsets', weight: WEIGHTS.publish }, () =>
    publishPlain(params.out, [
      { kind: 'onsets', stem: songName(params.file), extension: '.txt', content: { text } },
    ]),
  );
  return { files, made: {} };
}

/** Tempo, beats, bars, what else it may be, and the map of the bars as JSON. */
export async function tempo(call: StageCaller, params: z.infer<typeof TempoSchema>): Promise<JobOutcome> {
  call.plan(drumsStages(params.separate) + 2, drumsWeight(params.separate) + WEIGHTS.onsets + WEIGHTS.tempo);
  const heard = await drumsOf(call, params.file, params.separate);
  const found = await findTempo(
    call,
    heard.drums,
    await findOnsets(call, heard, params.sensitivity, params.detector),
  );
  const data = tempoData(params.file, found);
  return { files: [], made: {}, data };
}
