import { basename, extname } from 'node:path';
import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import { type Separator, TrackHearingSchema } from '#shared/model';
import { z } from 'zod';
import { measureBleed } from './bleed';
import { findOnsets } from './detection';
import { fileOf } from './files';
import { SeparationSchema, separateDrums, type SongStem } from './separation';
import { cutSlices, SlicingSchema, usualOnsets } from './slicing';
import { WEIGHTS } from './weights';

export const HearingSchema = z.object({
  ...SeparationSchema.shape,
  ...SlicingSchema.shape,
  detector: TrackHearingSchema.shape.detector,
});
export type Hearing = z.infer<typeof HearingSchema>;

export interface ReadValues {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
}

export interface HeardSong {
  readonly name: string;
  readonly source: FileRef;
  readonly mix: FileRef;
  readonly drums: FileRef;
  /** The mix and everything that it was parted into, with overviews. */
  readonly stems: readonly SongStem[];
  /** Everything that was heard, at the highest sensitivity. */
  readonly allOnsets: FileRef;
  /** What counts at the usual sensitivity: by these the beat is found, whatever is cut. */
  readonly onsets: FileRef;
  readonly slices: FileRef;
  readonly audio: ReadValues;
  /** With what it was separated in the end. */
  readonly separator: Separator;
}

export { fileOf } from './files';
export { cutSlices } from './slicing';
export { findTempo } from './tempo';
export { WEIGHTS } from './weights';

export const HEARING_WEIGHT =
  WEIGHTS.read + WEIGHTS.separate + WEIGHTS.bleed + WEIGHTS.onsets + WEIGHTS.slices;
export const HEARING_STAGES = 5;

export const songName = (path: string): string => basename(path, extname(path));

/** A one-shot as short as a click is still one. */
const SHORTEST_ONE_SHOT_SECONDS = 0.005;

export interface ReadSong {
  readonly source: FileRef;
  readonly mix: FileRef;
  readonly mixPeaks: FileRef;
  readonly audio: ReadValues;
}

export async function readSong(
  call: StageCaller,
  path: string,
  kind: 'song' | 'one-shot' = 'song',
): Promise<ReadSong> {
  const source = await call.file(path);
  const shortest = kind === 'one-shot' ? { minimumSeconds: SHORTEST_ONE_SHOT_SECONDS } : {};
  const input = { source, name: songName(path), ...shortest };
  const { files, values } = await call.stage<ReadValues>('read', input, {
    title: 'Reading the song',
    weight: WEIGHTS.read,
  });
  return { source, mix: fileOf(files, 'mix'), mixPeaks: fileOf(files, 'peaks'), audio: values };
}

/** A window can then choose from them at any sensitivity. */
const MOST_SENSITIVE = 1;

/** From a song to its drum stem and slices. Throws `JobFailed` with the reason of the stage that refused it, about the song. */
export async function hearSong(call: StageCaller, path: string, hearing: Hearing): Promise<HeardSong> {
  return hearMix(call, { ...(await readSong(call, path)), name: songName(path) }, hearing);
}

/** The same from where the song has been read. */
export async function hearMix(
  call: StageCaller,
  song: ReadSong & { readonly name: string },
  hearing: Hearing,
): Promise<HeardSong> {
  const { name, source, mix, mixPeaks, audio } = song;
  const { drums, stems, separator } = await separateDrums(call, mix, hearing);
  const allOnsets = await findOnsets(call, { drums, mix }, MOST_SENSITIVE, hearing.detector);
  const residual = stems.find(({ kind }) => kind === 'residual')?.audio ?? null;
  const slices = await cutSlices(call, { drums, residual }, allOnsets, hearing).catch((error: unknown) => {
    throw aboutSong(error, source.path);
  });
  return {
    name,
    source,
    mix,
    drums,
    stems: [{ kind: 'mix', audio: mix, peaks: mixPeaks }, ...(await measureBleed(call, stems))],
    allOnsets,
    onsets: await usualOnsets(call, allOnsets),
    slices,
    audio,
    separator,
  };
}

/** A stage knows its stem by content only; the user knows the song. */
function aboutSong(error: unknown, path: string): unknown {
  return error instanceof JobFailed && error.failure.code === 'noHits'
    ? new JobFailed({ ...error.failure, path })
    : error;
}
