import { basename, extname } from 'node:path';
import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import type { Tempo } from '#shared/model';
import { z } from 'zod';

/** How drums are found; the same options on every door. */
export const SEPARATORS = ['hpss', 'drum-stem'] as const;
export const SeparatorSchema = z.enum(SEPARATORS).default('hpss');
/** `hpss` needs no model; the others are bundled models by their name. */
export type Separator = z.infer<typeof SeparatorSchema>;

export const HearingSchema = z.object({
  separator: SeparatorSchema,
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
  readonly residual: FileRef;
  readonly onsets: FileRef;
  readonly slices: FileRef;
  readonly audio: ReadValues;
  readonly separator: Separator;
}

/** Weight of each stage: its measured share of the time of a song. */
export const WEIGHTS = {
  read: 1,
  separate: 8,
  onsets: 3,
  tempo: 1,
  slices: 2,
  kit: 1,
  roles: 2,
  groove: 0.2,
  render: 1,
  publish: 0.3,
} as const;

export const HEARING_WEIGHT = WEIGHTS.read + WEIGHTS.separate + WEIGHTS.onsets + WEIGHTS.slices;
export const HEARING_STAGES = 4;

export const songName = (path: string): string => basename(path, extname(path));

export function fileOf(files: Readonly<Record<string, FileRef>>, name: string): FileRef {
  const file = files[name];
  if (!file) throw new Error(`the stage answered without its file "${name}"`);
  return file;
}

/** A one-shot as short as a click is still one. */
const SHORTEST_ONE_SHOT_SECONDS = 0.005;

export async function readSong(
  call: StageCaller,
  path: string,
  kind: 'song' | 'one-shot' = 'song',
): Promise<{ readonly source: FileRef; readonly mix: FileRef; readonly audio: ReadValues }> {
  const source = await call.file(path);
  const shortest = kind === 'one-shot' ? { minimumSeconds: SHORTEST_ONE_SHOT_SECONDS } : {};
  const input = { source, name: songName(path), ...shortest };
  const { files, values } = await call.stage<ReadValues>('read', input, {
    title: 'Reading the song',
    weight: WEIGHTS.read,
  });
  return { source, mix: fileOf(files, 'mix'), audio: values };
}

export async function separateDrums(
  call: StageCaller,
  mix: FileRef,
  separator: Separator,
): Promise<{ readonly drums: FileRef; readonly residual: FileRef }> {
  const { files } = await call.stage('separate', await separateInput(call, mix, separator), {
    title: 'Separating drums',
    weight: WEIGHTS.separate,
  });
  return { drums: fileOf(files, 'drums'), residual: fileOf(files, 'residual') };
}

/** The input of the stage `separate`. */
export const separateInput = async (call: StageCaller, mix: FileRef, separator: Separator) =>
  separator === 'hpss'
    ? { mix, method: 'hpss' }
    : { mix, method: 'model', model: await call.model(separator) };

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
  const { source, mix, audio } = await readSong(call, path);
  const { drums, residual } = await separateDrums(call, mix, hearing.separator);
  const onsets = await findOnsets(call, drums, hearing.sensitivity);
  const slices = await cutSlices(call, drums, onsets, hearing).catch((error: unknown) => {
    throw aboutSong(error, path);
  });
  return {
    name: songName(path),
    source,
    mix,
    drums,
    residual,
    onsets,
    slices,
    audio,
    separator: hearing.separator,
  };
}

/** A stage knows its stem by content only; the user knows the song. */
function aboutSong(error: unknown, path: string): unknown {
  return error instanceof JobFailed && error.failure.code === 'noHits'
    ? new JobFailed({ ...error.failure, path })
    : error;
}
