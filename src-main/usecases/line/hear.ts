import { basename, extname } from 'node:path';
import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import type { Separator, Tempo } from '#shared/model';
import { z } from 'zod';
import { fileOf } from './files';
import { SeparationSchema, separateDrums, type SongStem } from './separation';
import { WEIGHTS } from './weights';

export const HearingSchema = z.object({
  ...SeparationSchema.shape,
  /** 0 only the loudest hits ... 1 every rustle. */
  sensitivity: z.number().min(0).max(1).default(0.5),
  preRollMs: z.number().min(0).max(50).default(2),
  fadeMs: z.number().min(0).max(50).default(3),
  /** Strokes closer than this are kept together as a flam; 0 cuts every stroke apart. */
  flamMs: z.number().min(0).max(100).default(40),
  maxSeconds: z.number().min(0.05).max(20).default(2),
  normalise: z.boolean().default(true),
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
  readonly onsets: FileRef;
  readonly slices: FileRef;
  readonly audio: ReadValues;
  /** With what it was separated in the end. */
  readonly separator: Separator;
}

export { fileOf } from './files';
export { WEIGHTS } from './weights';

export const HEARING_WEIGHT = WEIGHTS.read + WEIGHTS.separate + WEIGHTS.onsets + WEIGHTS.slices;
export const HEARING_STAGES = 4;

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

export async function findOnsets(call: StageCaller, drums: FileRef, sensitivity: number): Promise<FileRef> {
  const { files } = await call.stage(
    'onsets',
    { drums, sensitivity },
    { title: 'Finding hits', weight: WEIGHTS.onsets },
  );
  return fileOf(files, 'onsets');
}

export async function findTempo(call: StageCaller, drums: FileRef, onsets: FileRef): Promise<Tempo | null> {
  const { values } = await call.stage<Tempo | null>(
    'tempo',
    { drums, onsets },
    { title: 'Finding the beat', weight: WEIGHTS.tempo },
  );
  return values;
}

export async function cutSlices(
  call: StageCaller,
  drums: FileRef,
  onsets: FileRef,
  hearing: Hearing,
): Promise<FileRef> {
  const { preRollMs, fadeMs, flamMs, maxSeconds, normalise } = hearing;
  const { files } = await call.stage(
    'slices',
    { drums, onsets, preRollMs, fadeMs, flamMs, maxSeconds, normalise },
    { title: 'Cutting slices', weight: WEIGHTS.slices },
  );
  return fileOf(files, 'slices');
}

/** From a song to its drum stem and slices. Throws `JobFailed` with the reason of the stage that refused it, about the song. */
export async function hearSong(call: StageCaller, path: string, hearing: Hearing): Promise<HeardSong> {
  const { source, mix, mixPeaks, audio } = await readSong(call, path);
  const { drums, stems, separator } = await separateDrums(call, mix, hearing);
  const onsets = await findOnsets(call, drums, hearing.sensitivity);
  const slices = await cutSlices(call, drums, onsets, hearing).catch((error: unknown) => {
    throw aboutSong(error, path);
  });
  return {
    name: songName(path),
    source,
    mix,
    drums,
    stems: [{ kind: 'mix', audio: mix, peaks: mixPeaks }, ...stems],
    onsets,
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
