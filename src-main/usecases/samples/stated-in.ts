import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, type SampleSource, statedRights } from '#shared/model';

/** Names under which makers of sample packs say whose they are, the most binding first. */
const TELLING = [
  /^licen[cs]e/i,
  /^copying/i,
  /^copyright/i,
  /^attribution/i,
  /^credits/i,
  /^read.?me/i,
  /^about/i,
];
const TEXT = /^[^.]+(\.(txt|md|markdown|rst|html?|nfo))?$/i;
const MOST_BYTES = 65_536;

/** Whose the samples of a folder are, as text files in it say. Files that cannot be read say nothing. */
export async function statedIn(folder: string): Promise<Pick<SampleSource, 'licence' | 'author'>> {
  const names = folder === '' ? [] : await readdir(folder).catch(() => []);
  const telling = TELLING.flatMap(pattern =>
    names.filter(name => pattern.test(name) && TEXT.test(name)).sort(compareText),
  );
  let stated: Pick<SampleSource, 'licence' | 'author'> = { licence: null, author: null };
  for (const name of new Set(telling)) {
    const { licence, author } = statedRights(await beginning(join(folder, name)));
    stated = { licence: stated.licence ?? licence, author: stated.author ?? author };
  }
  return stated;
}

async function beginning(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isFile()) return '';
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
