import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failed, failureOfError } from './file-failure';

/** Name of a temporary file beside `path`: on the same disk, so that renaming is one step; hidden, and never audio. */
export const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);

/**
 * Writes a file whole or not at all: to a temporary file beside it, to the disk, then renamed over `path`. Folders
 * above it are made. Throws `Failed` with `diskFull` or `notWritable`, leaving nothing behind.
 */
export async function writeFileWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await makeFolder(dirname(path));
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Failed(failureOfError(error, path, { neededBytes: Buffer.byteLength(bytes) }));
  }
}

/**
 * Moves a finished file to `target`, across disks too, whole or not at all. With `overwrite: false` a target that is
 * there already stays as it is, so does `source`, and the answer is false. Throws `Failed` when the target cannot be
 * written.
 */
export async function moveIntoPlace(
  source: string,
  target: string,
  { overwrite = true }: { readonly overwrite?: boolean } = {},
): Promise<boolean> {
  const place = overwrite ? rename : renameUnlessThere;
  try {
    await makeFolder(dirname(target));
    try {
      await place(source, target);
    } catch (error) {
      if (codeOf(error) !== 'EXDEV') throw error;
      await copyAcross(source, target, place);
      await rm(source, { force: true });
    }
    await syncFolder(dirname(target));
    return true;
  } catch (error) {
    if (!overwrite && codeOf(error) === 'EEXIST') return false;
    throw new Failed(failureOfError(error, target, { neededBytes: 0 }));
  }
}

/** Copies a file to `target`, over what is there, whole or not at all. Throws `Failed` when the target cannot be written. */
export async function copyIntoPlace(source: string, target: string): Promise<void> {
  try {
    await makeFolder(dirname(target));
    await copyAcross(source, target, rename);
    await syncFolder(dirname(target));
  } catch (error) {
    throw new Failed(failureOfError(error, target, { neededBytes: 0 }));
  }
}

/**
 * Makes a folder and those above it. Not `mkdir` with `recursive`, which never returns where the system answers ENOENT
 * in a folder that exists, as /proc does.
 */
export async function makeFolder(folder: string): Promise<void> {
  const make = (): Promise<void> =>
    mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await make();
  }
}

type Place = (source: string, target: string) => Promise<void>;

async function copyAcross(source: string, target: string, place: Place): Promise<void> {
  const temporary = temporaryBeside(target);
  try {
    await copyFile(source, temporary);
    const copy = await open(temporary, 'r+');
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
    await place(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Rename that fails with EEXIST, which POSIX rename never does: a hard link is made first, and where the disk knows none, the name is claimed by an empty file. */
async function renameUnlessThere(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
    await (await open(target, 'wx')).close();
    await rename(source, target);
    return;
  }
  await rm(source);
}

/** Makes a rename last through a power cut; some disks and Windows cannot sync a folder, and lose nothing but that. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EPERM', 'EISDIR', 'EINVAL', 'EACCES', 'ENOTSUP'].includes(codeOf(error))) throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
