import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { attempt, listSamples, openAudio } from '#main/platform';
import type { AudioLook } from '#shared/protocol';
import type { ResolveUpload } from '../uploads';
import { LONGEST_SECONDS } from './import-samples-program';

/** Hits are shorter, most loops longer. */
const ONE_SHOT_SECONDS = 3;
/** Files of a folder that are looked at. */
const MOST_FILES = 40;
const UPLOAD = 'upload:';

const never = new AbortController().signal;

/** What the user most likely wants of files and folders, by how long they say they are: nothing is decoded. */
export const lookAtAudio = (
  paths: readonly string[],
  resolveUpload: ResolveUpload,
): Promise<readonly AudioLook[]> =>
  Promise.all(
    paths.map(async (given): Promise<AudioLook> => {
      const path = given.startsWith(UPLOAD)
        ? resolveUpload(given.slice(UPLOAD.length))?.path
        : resolve(given);
      const entry = path === undefined ? null : await stat(path).catch(() => null);
      if (path === undefined || !entry) return { path: given, kind: 'song', files: 1 };
      return { path: given, ...(entry.isDirectory() ? await kindOfFolder(path) : await kindOfFile(path)) };
    }),
  );

async function kindOfFile(path: string): Promise<Pick<AudioLook, 'kind' | 'files'>> {
  const looked = await attempt(path, async () => {
    const opened = await openAudio(path, never);
    if (!opened.ok) return null;
    await opened.value.close();
    return opened.value.frames === null ? null : opened.value.frames / opened.value.sampleRate;
  });
  const seconds = looked.ok ? looked.value : null;
  if (seconds === null || seconds > LONGEST_SECONDS) return { kind: 'song', files: 1 };
  return { kind: seconds <= ONE_SHOT_SECONDS ? 'one-shot' : 'short', files: 1 };
}

async function kindOfFolder(path: string): Promise<Pick<AudioLook, 'kind' | 'files'>> {
  const found = await listSamples(path, never);
  if (!found.ok) return { kind: 'song', files: 1 };
  const { files } = found.value;
  const step = Math.max(1, files.length / MOST_FILES);
  const some = Array.from(
    { length: Math.min(files.length, MOST_FILES) },
    (_, index) => files[Math.floor(index * step)] ?? '',
  );
  const kinds = await Promise.all(some.map(kindOfFile));
  const oneShots = kinds.filter(({ kind }) => kind === 'one-shot').length;
  return { kind: oneShots > kinds.length / 2 ? 'one-shot' : 'song', files: files.length };
}
