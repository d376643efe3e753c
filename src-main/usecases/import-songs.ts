import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Jobs } from '#main/jobs';
import { attempt, listAudioFiles } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import type { Failure, ImportAnswer } from '#shared/protocol';
import type { Separator } from '#shared/model';
import { songName } from './line/hear';
import type { ResolveUpload } from './uploads';

interface Song {
  readonly path: string;
  /** null: as the file is called. */
  readonly name: string | null;
}

const UPLOAD = 'upload:';

/** A job for every song: files, all audio files of folders, uploads. What cannot be a song is refused, the rest goes on. */
export async function importSongs(
  jobs: Jobs,
  paths: readonly string[],
  separator: Separator,
  resolveUpload: ResolveUpload,
): Promise<ImportAnswer> {
  const songs: Song[] = [];
  const refused: { readonly path: string; readonly failure: Failure }[] = [];
  for (const path of paths) {
    const found = await songsAt(path, resolveUpload);
    if (found.ok) songs.push(...found.value);
    else refused.push({ path, failure: found.failure });
  }
  const planned = songs.map(song => ({
    title: song.name ?? songName(song.path),
    params: { ...song, separator },
  }));
  const jobIds = await jobs.enqueueAll('import-track', planned);
  return { jobIds, refused };
}

async function songsAt(given: string, resolveUpload: ResolveUpload): Promise<Result<Song[], Failure>> {
  if (given.startsWith(UPLOAD)) {
    const upload = resolveUpload(given.slice(UPLOAD.length));
    return upload
      ? ok([{ path: upload.path, name: songName(basename(upload.name)) }])
      : fail({ code: 'notFound', path: given });
  }
  const path = resolve(given);
  const entry = await attempt(path, () => stat(path));
  if (!entry.ok) return entry;
  if (!entry.value.isDirectory()) {
    if (entry.value.size === 0) return fail({ code: 'emptyFile', path });
    return ok([{ path, name: null }]);
  }
  const files = await listAudioFiles(path, new AbortController().signal);
  return files.ok ? ok(files.value.map(file => ({ path: file, name: null }))) : files;
}
