import type { JobOutcome, StageCaller } from '#main/jobs';
import { JobFailed } from '#main/jobs';
import { canonicalJson } from '#shared/base';
import { type KitManifest, KitManifestSchema, SLICE_FORMATS } from '#shared/model';
import type { Refused } from '#shared/protocol';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureWritable, type Publication, publishPlain } from '../publish';
import {
  fileOf,
  HEARING_STAGES,
  HEARING_WEIGHT,
  type HeardSong,
  HearingSchema,
  hearSong,
  WEIGHTS,
} from '../hear';
import { expandFiles, manifestIn, readJson } from '../inputs';

export const PreprocessSchema = z.object({
  step: z.literal('preprocess'),
  songs: z.array(z.string()).min(1),
  out: z.string(),
  hearing: HearingSchema,
  /** Cosine of two fingerprints above which the hits count as one. */
  threshold: z.number().min(0).max(1),
  format: z.enum(SLICE_FORMATS),
});

/** Seed step 1: songs to one master kit, `dummy_NNNNN.wav` and `kit_manifest.json`. */
export async function preprocess(
  call: StageCaller,
  params: z.infer<typeof PreprocessSchema>,
): Promise<JobOutcome> {
  await ensureWritable(params.out);
  const songs = await expandFiles(params.songs, call.signal);
  call.plan(songs.length * HEARING_STAGES + 2, songs.length * HEARING_WEIGHT + WEIGHTS.kit + WEIGHTS.publish);
  const { heard, refused } = await hearAll(call, songs, params);
  const kit = await call.stage(
    'kit',
    {
      songs: heard.map(song => ({
        name: song.name,
        sourceSha256: song.source.sha256,
        drums: song.drums,
        slices: song.slices,
      })),
      threshold: params.threshold,
      format: params.format,
      normalise: params.hearing.normalise,
    },
    { title: 'Sorting out duplicates', weight: WEIGHTS.kit },
  );
  const files = await call.step({ title: 'Writing the kit', weight: WEIGHTS.publish }, async () => {
    const manifest = fileOf(kit.files, 'manifest');
    await refuseForeignKit(params.out, manifest.path);
    return publishPlain(params.out, kitFiles(kit.files));
  });
  return { files, made: {}, refused };
}

async function hearAll(
  call: StageCaller,
  songs: readonly string[],
  params: z.infer<typeof PreprocessSchema>,
): Promise<{ readonly heard: HeardSong[]; readonly refused: Refused[] }> {
  const heard: HeardSong[] = [];
  const refused: Refused[] = [];
  for (const path of songs) {
    try {
      heard.push(await hearSong(call, path, params.hearing));
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      refused.push({ path, failure: error.failure });
    }
  }
  const [first] = refused;
  if (heard.length === 0 && first) throw new JobFailed(first.failure);
  return { heard, refused };
}

/** All files of a `kit` stage under the names that they have in a kit folder. */
export function kitFiles(files: Readonly<Record<string, { readonly path: string }>>): Publication[] {
  return Object.entries(files).map(([name, { path }]) =>
    name === 'manifest'
      ? { kind: 'kit_manifest', stem: 'kit_manifest', extension: '.json', content: { path } }
      : { kind: 'slice', stem: name.replace(/\.wav$/, ''), extension: '.wav', content: { path } },
  );
}

/** A folder holds one kit: another kit's numbered WAVs would be mixed up with this one's. */
async function refuseForeignKit(folder: string, manifestPath: string): Promise<void> {
  const present = await manifestIn(folder);
  if (present && !(await isSameKit(present, manifestPath))) {
    throw new JobFailed({
      code: 'notWritable',
      path: join(folder, 'kit_manifest.json'),
      reason: `it belongs to another kit of ${present.slices.length} samples, which would be overwritten`,
    });
  }
}

/** `folder`, or `folder_2`, `folder_3`...: the first that holds no kit, or this very one from a former run. */
export async function freeKitFolder(folder: string, manifestPath: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? folder : `${folder}_${number}`;
    const present = await manifestIn(candidate);
    if (!present || (await isSameKit(present, manifestPath))) return candidate;
  }
}

async function isSameKit(present: KitManifest, manifestPath: string): Promise<boolean> {
  const ours = await readJson(manifestPath, 'kit manifest', KitManifestSchema);
  return canonicalJson(present) === canonicalJson(ours);
}
