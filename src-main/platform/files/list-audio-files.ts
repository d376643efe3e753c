import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/base';
import { compareText } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { sniffFile } from '../audio/sniff';
import { attempt } from './file-failure';

const AUDIO_NAME =
  /\.(wav|wave|bwf|rf64|w64|aif|aiff|aifc|flac|mp3|mp2|ogg|oga|opus|m4a|m4b|m4p|mp4|aac|alac)$/i;

/**
 * All audio files in a folder and the folders below, sorted by path; or the file itself. A file whose name ends as
 * audio does is listed unread (the import says what is wrong with it); one of another name is listed when its first
 * bytes are audio. Hidden entries are passed over; each folder is entered once, however many links lead to it.
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
    const real = await realpath(folder);
    if (entered.has(real)) continue;
    entered.add(real);
    for await (const entry of await opendir(folder)) {
      signal.throwIfAborted();
      entries++;
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
      if (kind?.isDirectory()) waiting.push(path);
      else if (kind?.isFile() && (await isAudio(path, entry.name))) files.push(path);
    }
  }
  return { files, entries };
}

async function isAudio(path: string, name: string): Promise<boolean> {
  if (AUDIO_NAME.test(name)) return true;
  const sniffed = await attempt(path, () => sniffFile(path));
  return sniffed.ok && sniffed.value.kind === 'audio';
}
