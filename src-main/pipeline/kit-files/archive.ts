import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { Failed } from '#main/platform';

/** More than any kit has; an archive beyond them is a trap or no kit. */
const MOST_ENTRIES = 8192;
const MOST_BYTES = 2_000_000_000;
/** A megabyte of silence packs a thousandfold; nothing that anybody plays does. */
const MOST_RATIO = 1000;

interface Entry {
  /** Checked: relative, and without a way up. */
  readonly path: string;
  readonly bytes: number;
}

/** Where an entry's bytes go: a file, memory, or nowhere. */
type Take = { readonly file: string } | { readonly bytes: (content: Buffer) => void } | null;

const badArchive = (path: string, problem: string): Failed =>
  new Failed({ code: 'badFile', path, format: 'Hydrogen drumkit', problems: [problem] });

/**
 * Walks a tar archive, packed by gzip or not, and takes what `take` asks for. Archives that hold links or paths that climb out, or that
 * grow beyond all measure, are refused as a whole. Throws `Failed`.
 */
export async function walkArchive(
  path: string,
  signal: AbortSignal,
  take: (entry: Entry) => Take,
): Promise<void> {
  const packed = (await stat(path)).size;
  const most = Math.min(MOST_BYTES, Math.max(packed, 1) * MOST_RATIO);
  const parser = new Parser({ strict: true, maxDecompressionRatio: MOST_RATIO });
  const writing: Promise<void>[] = [];
  let entries = 0;
  let total = 0;
  let fault: Error | null = null;
  let wake: () => void = () => undefined;
  const give = (error: unknown): void => {
    fault ??= error instanceof Error ? error : new Error(String(error));
    wake();
  };
  parser.on('error', give);
  parser.on('entry', (entry: ReadEntry) => {
    entries++;
    total += entry.size;
    const problem = problemOf(entry, entries, total, most);
    try {
      if (problem !== null) throw badArchive(path, problem);
      const isFile = FILE_TYPES.has(entry.type);
      const wanted = fault || !isFile ? null : take({ path: plainPath(entry.path), bytes: entry.size });
      if (wanted === null) entry.resume();
      else {
        const written = takeEntry(entry, wanted);
        written.catch(give);
        writing.push(written);
      }
    } catch (error) {
      entry.resume();
      give(error);
    }
  });
  /** Resolves at the event or at the first fault, which is thrown; the parser may say both before anybody waits. */
  const until = async (event: 'drain' | 'end', act: () => boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    parser.once(event, resolve);
    if (act() || fault) resolve();
    await promise;
    parser.off(event, resolve);
    if (fault) throw fault;
  };
  const source = createReadStream(path);
  try {
    for await (const chunk of source) {
      signal.throwIfAborted();
      await until('drain', () => parser.write(chunk as Buffer));
    }
    await until('end', () => {
      parser.end();
      return false;
    });
    await Promise.all(writing);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failed || isSystemError(error)) throw error;
    throw badArchive(path, `it is damaged (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    source.destroy();
  }
  if (entries === 0) throw badArchive(path, 'nothing is in it');
}

const FILE_TYPES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);

/** tar's own faults have codes of its own, TAR_...; zlib's begin with Z_. */
const isSystemError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string';

/** "./Kit/a.wav" as "Kit/a.wav". */
const plainPath = (path: string): string => posix.normalize(path.replaceAll('\\', '/')).replace(/^\.\//, '');

function problemOf(entry: ReadEntry, entries: number, total: number, most: number): string | null {
  const path = entry.path.replaceAll('\\', '/');
  if (entries > MOST_ENTRIES) return `it holds more than ${MOST_ENTRIES} files`;
  if (total > most) return `unpacked it would be larger than ${Math.round(most / 1e6)} MB`;
  if (entry.type === 'SymbolicLink' || entry.type === 'Link') return `${path} is a link to something else`;
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..'))
    return `${path} would lie outside its folder`;
  return null;
}

async function takeEntry(entry: ReadEntry, wanted: NonNullable<Take>): Promise<void> {
  if ('bytes' in wanted) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece);
    wanted.bytes(Buffer.concat(pieces));
    return;
  }
  const file = await open(wanted.file, 'wx');
  try {
    for await (const piece of entry) await file.write(piece);
  } finally {
    await file.close();
  }
}

/** An XML of more than that is none of a drumkit. */
const MOST_XML_BYTES = 16_000_000;

/** The text of an archive's `drumkit.xml`, and the folder in it where the kit lies. Throws `Failed`. */
export async function drumkitIn(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly folder: string }> {
  const found: { text: string; folder: string }[] = [];
  await walkArchive(path, signal, entry => {
    if (posix.basename(entry.path) !== 'drumkit.xml') return null;
    if (entry.bytes > MOST_XML_BYTES)
      throw badArchive(path, `its drumkit.xml is ${Math.round(entry.bytes / 1e6)} MB long`);
    const folder = posix.dirname(entry.path);
    return { bytes: content => found.push({ text: content.toString('utf8'), folder }) };
  });
  const [first] = found.sort((a, b) => a.folder.length - b.folder.length);
  if (!first) throw badArchive(path, 'it holds no drumkit.xml');
  return first;
}
