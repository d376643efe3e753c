import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { z } from 'zod';
import { flacOf, writeFileWhole } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import {
  AUDIO_BITS,
  encodePerformance,
  performExercise,
  RecipeSchema,
  RunResourcesSchema,
  type SampleRow,
  specOf,
} from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { openSounding } from '../config';
import { recordingOf } from './make-sample';
import { datasetRows } from './sample-rows';

export const RebuildRequestSchema = z.strictObject({
  /** Folder of a finished dataset. */
  dataset: z.string(),
  sampleId: z.string(),
  /** The user's files that the dataset was made with. */
  resources: RunResourcesSchema,
  /** A FLAC file; MIDI goes beside it. null writes nothing. */
  out: z.string().nullable(),
});
export type RebuildRequest = z.output<typeof RebuildRequestSchema>;

/** What came of it, and whether it is what the dataset says. */
export interface Rebuilt {
  readonly midi: Comparison;
  /** null: the sample has no audio. */
  readonly pcm: Comparison | null;
  readonly flac: Comparison | null;
  readonly files: readonly string[];
}

interface Comparison {
  /** SHA-256 now, and in the row. */
  readonly found: string;
  readonly wanted: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Makes a sample again from its row alone. */
export async function rebuildSample({
  dataset,
  sampleId,
  resources,
  out,
}: RebuildRequest): Promise<Result<Rebuilt, Failure>> {
  const rows = await datasetRows(dataset, sampleId);
  if (!rows.ok) return rows;
  const opened = await openSounding(resources);
  if (!opened.ok) return opened;
  const { sounding, catalogue } = opened.value;
  const lacking = (what: string) =>
    fail({
      code: 'cannotGenerate' as const,
      what: `Sample ${sampleId}`,
      reason: `it was made with ${what}, which is not here`,
      instead: 'Name that file with --soundfont, or with --config the configuration of the dataset',
    });
  const [row] = rows.value.samples;
  if (!row) return fail({ code: 'notFound', path: `sample ${sampleId} of ${dataset}` });
  const recipe = RecipeSchema.parse(JSON.parse(row.recipe_json));
  const spec = specOf(recipe, catalogue);
  if (!spec.ok) return lacking(spec.failure);
  const midi = encodePerformance(performExercise(spec.value));
  const compared = { found: sha256(midi), wanted: row.midi_sha256 };
  if (row.audio_path === null) {
    const files = await written(out, midi, null);
    return ok({ midi: compared, pcm: null, flac: null, files });
  }
  const kit = sounding.kits.find(({ id, font }) => id === recipe.kit && font === row.soundfont_sha256);
  if (!kit) return lacking(`the kit ${recipe.kit} of the font ${row.soundfont_sha256?.slice(0, 12)}`);
  const { audio } = recordingOf(spec.value, recordedAs(row, kit.id), sounding);
  const { flac, pcm } = flacOf(audio, { bits: AUDIO_BITS });
  return ok({
    midi: compared,
    pcm: { found: sha256(pcm), wanted: row.audio_pcm_sha256 ?? '' },
    flac: { found: sha256(flac), wanted: row.audio_sha256 ?? '' },
    files: await written(out, midi, flac),
  });
}

const StepsSchema = z.array(z.object({ name: z.string(), params: z.unknown() }));

const recordedAs = (row: SampleRow, kit: string): Parameters<typeof recordingOf>[1] => ({
  kit,
  preset: row.augmentation_preset ?? '',
  steps: StepsSchema.parse(JSON.parse(row.augmentation_json)),
});

async function written(out: string | null, midi: Uint8Array, flac: Uint8Array | null): Promise<string[]> {
  if (out === null) return [];
  const stem = extname(out) === '' ? out : out.slice(0, -extname(out).length);
  const files = [{ path: `${stem}.mid`, bytes: midi }, ...(flac ? [{ path: out, bytes: flac }] : [])];
  for (const { path, bytes } of files) await writeFileWhole(path, bytes);
  return files.map(({ path }) => path);
}
