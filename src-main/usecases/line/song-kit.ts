import { readFile } from 'node:fs/promises';
import type { FileRef, StageCaller } from '#main/jobs';
import { type KitManifest, KitManifestSchema } from '#shared/model';
import { fileOf, type HeardSong, WEIGHTS } from './hear';
import type { SampleInput } from './inputs';

/** Likeness above which two hits of a song count as one, unless the user says otherwise; the seed's. */
export const DUPLICATE_THRESHOLD = 0.98;

/** The `kit` stage's answer for one song. */
export interface SongKit {
  readonly files: Readonly<Record<string, FileRef>>;
  readonly manifest: KitManifest;
  readonly samples: readonly SampleInput[];
}

/** The kit of one song; a threshold of 1 keeps every hit. */
export async function makeKit(
  call: StageCaller,
  song: Pick<HeardSong, 'name' | 'drums' | 'slices'> & { readonly source: { readonly sha256: string } },
  threshold = DUPLICATE_THRESHOLD,
): Promise<SongKit> {
  const { name, source, drums, slices } = song;
  const { files } = await call.stage(
    'kit',
    {
      songs: [{ name, sourceSha256: source.sha256, drums, slices }],
      threshold,
      format: '32f',
      normalise: true,
    },
    { title: 'Sorting out duplicates', weight: WEIGHTS.kit },
  );
  const manifest = KitManifestSchema.parse(
    JSON.parse(await readFile(fileOf(files, 'manifest').path, 'utf8')),
  );
  const samples = manifest.slices.map(slice => ({
    sampleId: slice.sample_id,
    file: fileOf(files, slice.sample_id),
    onsetFrame: slice.onset_offset,
    drum: slice.drum ?? null,
  }));
  return { files, manifest, samples };
}
