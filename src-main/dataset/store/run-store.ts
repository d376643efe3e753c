import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { create, extract } from 'tar';
import { Failed, hashFile, makeFolder, temporaryBeside, writeFileWhole } from '#main/platform';
import { checkPart, type Part, partFolder } from '../storage';
import type { Objects } from './objects';

/**
 * What machines that make one dataset share, in a store:
 * `runs/<id>/run.json`, what is made; `runs/<id>/part-000012.tar`, a finished part; `resources/<SHA-256>`, a file of the user's.
 * What fails throws `Failed`, or the system's error of a local file.
 */
export class RunStore {
  readonly #objects: Objects;

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  get address(): string {
    return this.#objects.address;
  }

  async putText(run: string, text: string, scratch: string, signal: AbortSignal): Promise<void> {
    const name = textOf(run);
    if (await this.#objects.has(name, signal)) return;
    await withTemporary(join(scratch, 'run.json'), async path => {
      await writeFileWhole(path, text);
      await this.#objects.put(name, path, signal);
    });
  }

  /** null: this store knows no such run. */
  async text(run: string, scratch: string, signal: AbortSignal): Promise<string | null> {
    return withTemporary(join(scratch, 'run.json'), async path =>
      (await this.#objects.get(textOf(run), path, signal)) ? readFile(path, 'utf8') : null,
    );
  }

  /** Numbers of the parts that are there. */
  async parts(run: string, signal: AbortSignal): Promise<ReadonlySet<number>> {
    const names = await this.#objects.list(`runs/${run}`, signal);
    return new Set(
      names
        .flatMap(name => Number(/^part-(\d{6,})\.tar$/.exec(name)?.[1] ?? Number.NaN))
        .filter(Number.isInteger),
    );
  }

  hasPart(run: string, index: number, signal: AbortSignal): Promise<boolean> {
    return this.#objects.has(archiveOf(run, index), signal);
  }

  /** Sends the part of that number in `parts`. The same part gives the same bytes, whoever sends it and when. */
  async putPart(run: string, index: number, parts: string, signal: AbortSignal): Promise<void> {
    const folder = partFolder(parts, index);
    const checked = await checkPart(folder, signal);
    if (!checked.ok) throw new Failed(checked.failure);
    const { rows, files } = checked.value;
    await withTemporary(`${folder}.tar`, async file => {
      await create({ file, cwd: folder, portable: true, noMtime: true, strict: true }, [
        'part.json',
        ...[rows, ...files].map(({ path }) => path),
      ]);
      await this.#objects.put(archiveOf(run, index), file, signal);
    });
  }

  /** Puts the part into `parts` after all of its hashes were found right. null: there is none, or it was broken and is gone now. */
  async getPart(run: string, index: number, parts: string, signal: AbortSignal): Promise<Part | null> {
    const folder = partFolder(parts, index);
    await makeFolder(parts);
    return withTemporary(`${folder}.tar`, async file => {
      if (!(await this.#objects.get(archiveOf(run, index), file, signal))) return null;
      return withTemporary(folder, async unpacked => {
        await makeFolder(unpacked);
        const part = await unpack(file, unpacked, index, signal);
        if (part === null) {
          await this.#objects.remove(archiveOf(run, index), signal);
          return null;
        }
        await rm(folder, { recursive: true, force: true });
        await rename(unpacked, folder);
        return part;
      });
    });
  }

  /** Everything of a run but the user's files, which others may use. */
  async remove(run: string, signal: AbortSignal): Promise<void> {
    for (const name of await this.#objects.list(`runs/${run}`, signal))
      await this.#objects.remove(`runs/${run}/${name}`, signal);
  }

  /** Sends a file of that SHA-256, once. */
  async putResource(sha256: string, path: string, signal: AbortSignal): Promise<void> {
    if (await this.#objects.has(resourceOf(sha256), signal)) return;
    const found = await hashFile(path, signal);
    if (found !== sha256)
      throw new Failed({
        code: 'badFile',
        path,
        format: 'file of a run',
        problems: ['it was changed after the run began'],
      });
    await this.#objects.put(resourceOf(sha256), path, signal);
  }

  /** Where the file of that SHA-256 lies in the folder `cache`, fetched when it is not there yet. null: the store has none. */
  async resource(sha256: string, cache: string, signal: AbortSignal): Promise<string | null> {
    const path = join(cache, sha256);
    if ((await hashOf(path, signal)) === sha256) return path;
    await makeFolder(cache);
    return withTemporary(path, async temporary => {
      if (!(await this.#objects.get(resourceOf(sha256), temporary, signal))) return null;
      if ((await hashFile(temporary, signal)) !== sha256)
        throw new Failed({
          code: 'badFile',
          path: `${this.address}/${resourceOf(sha256)}`,
          format: 'file of a run',
          problems: ['its SHA-256 is another'],
        });
      await rename(temporary, path);
      return path;
    });
  }
}

const textOf = (run: string): string => `runs/${run}/run.json`;
const archiveOf = (run: string, index: number): string =>
  `runs/${run}/${basename(partFolder('', index))}.tar`;
const resourceOf = (sha256: string): string => `resources/${sha256}`;

/** The part in an archive, when it is whole and of that number. */
async function unpack(
  file: string,
  folder: string,
  index: number,
  signal: AbortSignal,
): Promise<Part | null> {
  try {
    // Nothing but files: a link could lead out of the folder.
    await extract({
      file,
      cwd: folder,
      strict: true,
      filter: (_path, entry) => !('type' in entry) || entry.type === 'File',
    });
  } catch (error) {
    // The system's own reasons, a full disk for example, are no fault of the archive.
    if (error instanceof Error && 'tarCode' in error && 'code' in error && error.tarCode === error.code)
      return null;
    throw error;
  }
  const checked = await checkPart(folder, signal);
  return checked.ok && checked.value.index === index ? checked.value : null;
}

async function hashOf(path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await hashFile(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A file or folder beside `path` while `work` goes on. */
async function withTemporary<Value>(
  path: string,
  work: (temporary: string) => Promise<Value>,
): Promise<Value> {
  const temporary = temporaryBeside(path);
  try {
    await makeFolder(dirname(path));
    return await work(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
