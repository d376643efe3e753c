import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fail, ok, type Result } from '#shared/base';
import { compareText } from '#shared/model';
import type { Failure, Refused } from '#shared/protocol';
import { attempt, Failed } from './file-failure';
import { isAudioFile } from './list-audio-files';

export interface FoundSamples {
  /** Sorted by path. */
  readonly files: readonly string[];
  /** Folders that may not be read, and links that lead out. */
  readonly refused: readonly Refused[];
}

/**
 * All audio files in a folder and the folders below. Links are followed only to what lies in the folder itself; hidden entries are
 * passed over. Fails with `noAudioFiles` when there is nothing to import.
 */
export async function listSamples(top: string, signal: AbortSignal): Promise<Result<FoundSamples, Failure>> {
  const found = await attempt(top, () => listTree(top, signal));
  if (!found.ok) return found;
  const { files, refused, entries } = found.value;
  if (files.length === 0 && refused.length === 0) return fail({ code: 'noAudioFiles', path: top, entries });
  return ok({ files: files.sort(compareText), refused });
}

async function listTree(top: string, signal: AbortSignal) {
  const files: string[] = [];
  const refused: Refused[] = [];
  const inside = await realpath(top);
  const entered = new Set<string>();
  const waiting = [top];
  let entries = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const opened = await attempt(folder, async () => ({
      real: await realpath(folder),
      list: await opendir(folder),
    }));
    if (!opened.ok) {
      if (folder === top) throw new Failed(opened.failure);
      refused.push({ path: folder, failure: opened.failure });
      continue;
    }
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
      const target = entry.isSymbolicLink() ? await targetOf(path, inside) : null;
      if (target?.failure) {
        refused.push({ path, failure: target.failure });
        continue;
      }
      const kind = target ? await stat(path).catch(() => null) : entry;
      if (kind?.isDirectory()) waiting.push(path);
      else if (kind?.isFile() && (await isAudioFile(path, entry.name))) files.push(path);
    }
  }
  return { files, refused, entries };
}

async function targetOf(path: string, inside: string): Promise<{ readonly failure: Failure | null }> {
  const real = await attempt(path, () => realpath(path));
  if (!real.ok) return { failure: real.failure };
  if (real.value === inside || real.value.startsWith(inside.endsWith(sep) ? inside : inside + sep))
    return { failure: null };
  const isFolder = await lstat(real.value).then(
    found => found.isDirectory(),
    () => false,
  );
  const reason = `it is a link to ${isFolder ? 'a folder' : 'a file'} elsewhere, ${real.value}`;
  return { failure: { code: 'unreadable', path, reason } };
}
