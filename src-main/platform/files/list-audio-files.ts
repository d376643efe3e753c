import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/base';
import { compareText } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { beginsAsAudio } from '../audio/sniff';
import { attempt, Failed } from './file-failure';

const AUDIO_NAME = /\.(wav|wave|bwf|rf64|w64|aif|aiff|aifc|flac|mp3|mp2|ogg|oga|opus|m4a|m4b|m4p|aac|alac)$/i;

/**
 * All audio files in a folder and the folders below, sorted by path; or the file itself. A file whose name ends as
 * audio does is listed unread (the import says what is wrong with it); one of another name is listed when its first
 * bytes are audio. Hidden entries and folders that may not be read are passed over; each folder is entered once, however many links lead to it.
 */
export async function listAudioFiles(path: string, signal: AbortSignal): Promise<Result<string[], Failure>> {
  const found = await attempt(path, async () => {
    const entry = await stat(path);
    return entry.isDirectory() ? await listFolder(path, signal) : { files: [path], entries: 1 };
  });
  if (!found.ok) return found;
  const { files, entries } = found.value;
  if (files.length === 0) return fail({ code: 'noAudioFiles', path, entries });
  return ok(files.sort(compareText));
}

async function listFolder(top: string, signal: AbortSignal): Promise<{ files: string[]; entries: number }> {
  const files: string[] = [];
  const entered = new Set<string>();
  const waiting = [top];
  let entries = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const opened = await attempt(folder, async () => ({
      real: await realpath(folder),
      list: await opendir(folder),
    }));
    if (!opened.ok && folder === top) throw new Failed(opened.failure);
    if (!opened.ok) continue;
    const { real, list } = opened.value;
    if (entered.has(real)) {
      await list.close();
      continue;
    }
    entered.add(real);
    for await (const entry of list) {
      signal.throwIfAborted();
      entries++;
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
      if (kind?.isDirectory()) waiting.push(path);
      else if (kind?.isFile() && (await isAudioFile(path, entry.name))) files.push(path);
    }
  }
  return { files, entries };
}

/** By its name, else by its first bytes. */
export async function isAudioFile(path: string, name: string): Promise<boolean> {
  if (AUDIO_NAME.test(name)) return true;
  const begins = await attempt(path, () => beginsAsAudio(path));
  return begins.ok && begins.value;
}
