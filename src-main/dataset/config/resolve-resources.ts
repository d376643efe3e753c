import { opendir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { attempt, hashFile, listAudioFiles, openAudio } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import {
  groovePatternOf,
  parseRudiment,
  type ResourceFile,
  type ResourceKind,
  type RunResources,
  sortedResources,
} from '#shared/dataset';
import { compareText } from '#shared/model';
import type { Failure, Refused } from '#shared/protocol';
import type { GivenFile } from './read-config';

export interface ResolvedResources {
  readonly resources: RunResources;
  /** Files of folders that cannot be used, and why: the dataset is made without them. */
  readonly leftOut: readonly Refused[];
}

/** Endings of what is looked for in a folder; null asks the file. */
const ENDINGS: Readonly<Record<ResourceKind, RegExp | null>> = {
  font: /\.sf2$/i,
  rudiment: /\.ya?ml$/i,
  midi: /\.(mid|midi|smf|kar)$/i,
  response: null,
  noise: null,
  'short-noise': null,
};
/** Of these a folder may hold some that cannot be read; a font or a definition that is broken is a mistake. */
const MAY_BE_LEFT_OUT: ReadonlySet<ResourceKind> = new Set(['midi', 'response', 'noise', 'short-noise']);

/**
 * The files that `given` names, those of folders and the folders below them included, each looked into and known by its SHA-256; the same content counts once.
 * Fails with everything that is missing, unreadable or broken.
 */
export async function resolveResources(
  given: readonly GivenFile[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Result<ResolvedResources, readonly Failure[]>> {
  const files: ResourceFile[] = [];
  const leftOut: Refused[] = [];
  const failures: Failure[] = [];
  for (const { kind, path } of given) {
    const listed = await listedFiles(kind, path, signal);
    if (!listed.ok) {
      failures.push(listed.failure);
      continue;
    }
    const { isFolder, found } = listed.value;
    let usable = 0;
    for (const file of found) {
      signal.throwIfAborted();
      const looked = await lookedInto(kind, file, signal);
      if (looked.ok) {
        files.push(looked.value);
        usable++;
      } else if (isFolder && MAY_BE_LEFT_OUT.has(kind)) leftOut.push({ path: file, failure: looked.failure });
      else failures.push(looked.failure);
    }
    if (isFolder && usable === 0 && MAY_BE_LEFT_OUT.has(kind))
      failures.push(noneIn(kind, path, found.length));
  }
  if (failures.length > 0) return fail(failures);
  return ok({ resources: { files: withoutDoubles(files) }, leftOut });
}

interface Listed {
  readonly isFolder: boolean;
  readonly found: readonly string[];
}

async function listedFiles(
  kind: ResourceKind,
  path: string,
  signal: AbortSignal,
): Promise<Result<Listed, Failure>> {
  const entry = await attempt(path, () => stat(path));
  if (!entry.ok) return entry;
  if (!entry.value.isDirectory()) return ok({ isFolder: false, found: [path] });
  const ending = ENDINGS[kind];
  if (ending === null) {
    const audio = await listAudioFiles(path, signal);
    return audio.ok ? ok({ isFolder: true, found: audio.value }) : audio;
  }
  const found = await attempt(path, () => filesIn(path, ending, signal));
  if (!found.ok) return found;
  if (found.value.length === 0) return fail(noneIn(kind, path, 0));
  return ok({ isFolder: true, found: found.value.sort(compareText) });
}

/** Files below `top` with such names; hidden ones and folders that may not be read are passed over, each folder is entered once. */
async function filesIn(top: string, ending: RegExp, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const entered = new Set<string>();
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const here = folder;
    const opened = await attempt(here, async () => ({
      real: await realpath(here),
      list: await opendir(here),
    }));
    if (!opened.ok) continue;
    const { real, list } = opened.value;
    if (entered.has(real)) {
      await list.close();
      continue;
    }
    entered.add(real);
    for await (const entry of list) {
      signal.throwIfAborted();
      if (entry.name.startsWith('.')) continue;
      const path = join(here, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
      if (kind?.isDirectory()) waiting.push(path);
      else if (kind?.isFile() && ending.test(entry.name)) found.push(path);
    }
  }
  return found;
}

const FORMATS = { font: 'SoundFont', rudiment: 'rudiment', midi: 'MIDI file' } as const;

function noneIn(kind: ResourceKind, path: string, count: number): Failure {
  if (kind === 'midi' && count === 0) return { code: 'noMidiFiles', path };
  const what = kind in FORMATS ? FORMATS[kind as keyof typeof FORMATS] : 'audio file';
  return {
    code: 'badFile',
    path,
    format: `folder of ${what}s`,
    problems: [`none of its ${count} can be used`],
  };
}

async function lookedInto(
  kind: ResourceKind,
  path: string,
  signal: AbortSignal,
): Promise<Result<ResourceFile, Failure>> {
  const problems = await problemsOf(kind, path, signal);
  if (!problems.ok) return problems;
  const sha256 = await attempt(path, () => hashFile(path, signal));
  return sha256.ok ? ok({ kind, name: nameOf(path), sha256: sha256.value, path }) : sha256;
}

/** Small files are parsed; of audio the beginning is decoded. Fonts are parsed when they are loaded: what they are not is told by their first bytes. */
async function problemsOf(
  kind: ResourceKind,
  path: string,
  signal: AbortSignal,
): Promise<Result<null, Failure>> {
  if (kind === 'response' || kind === 'noise' || kind === 'short-noise') {
    const opened = await openAudio(path, signal);
    if (!opened.ok) return opened;
    const decoded = await attempt(path, async () => {
      for await (const _ of opened.value.chunks()) break;
    });
    await opened.value.close();
    return decoded.ok ? ok(null) : decoded;
  }
  const bytes = await attempt(path, () => readFile(path));
  if (!bytes.ok) return bytes;
  const bad = (problems: readonly string[]) =>
    fail({ code: 'badFile' as const, path, format: FORMATS[kind], problems: [...problems] });
  if (kind === 'rudiment') {
    const parsed = parseRudiment(bytes.value.toString('utf8'));
    return parsed.ok ? ok(null) : bad(parsed.failure.problems);
  }
  if (kind === 'midi') {
    const parsed = groovePatternOf(bytes.value);
    return parsed.ok ? ok(null) : bad(parsed.failure);
  }
  const magic = bytes.value.toString('latin1', 0, 4) + bytes.value.toString('latin1', 8, 12);
  return magic === 'RIFFsfbk' ? ok(null) : bad(['it does not begin as SoundFonts do']);
}

/** Small letters, digits and underscores of the file's name without its ending. */
function nameOf(path: string): string {
  const plain = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' ? 'file' : plain.slice(0, 80).replace(/_+$/, '');
}

/** The same content counts once for what it is for. */
function withoutDoubles(files: readonly ResourceFile[]): ResourceFile[] {
  const known = new Set<string>();
  return sortedResources({ files: [...files] }).filter(({ kind, sha256 }) => {
    const isNew = !known.has(`${kind} ${sha256}`);
    known.add(`${kind} ${sha256}`);
    return isNew;
  });
}
