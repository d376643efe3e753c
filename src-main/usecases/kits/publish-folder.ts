import { constants } from 'node:fs';
import { access, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  checkSpace,
  Failed,
  failureOfError,
  makeFolder,
  syncFolder,
  temporaryBeside,
  writeFileWhole,
} from '#main/platform';

/** A file of a folder that is handed to the user. */
export interface FolderFile {
  /** Below the folder, `/` between folders. */
  readonly to: string;
  readonly content: { readonly path: string } | { readonly text: string };
}

/**
 * Makes a folder of files that appears whole or not at all, under `name`, or `name 2`, `name 3`... where something of that name is there
 * already. Answers its path. Throws `Failed`.
 */
export async function publishFolder(
  parent: string,
  name: string,
  files: readonly FolderFile[],
  signal: AbortSignal,
): Promise<string> {
  const bytes = await sizeOf(files);
  const space = checkSpace(parent, bytes);
  if (!space.ok) throw new Failed(space.failure);
  const temporary = temporaryBeside(join(parent, name));
  try {
    await mkdir(temporary);
    for (const { to, content } of files) {
      signal.throwIfAborted();
      const target = join(temporary, to);
      await makeFolder(dirname(target));
      if ('text' in content) await writeFileWhole(target, content.text);
      else await copyFile(content.path, target, constants.COPYFILE_FICLONE);
    }
    for (let number = 1; ; number++) {
      const target = join(parent, number === 1 ? name : `${name} ${number}`);
      if (await isThere(target)) continue;
      // A folder that another program makes in between is not empty, which no rename replaces.
      if (await isRenamed(temporary, target)) {
        await syncFolder(parent);
        return target;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new Failed(failureOfError(error, join(parent, name), { neededBytes: bytes }));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const TAKEN = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR']);

async function isRenamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && TAKEN.has(String(error.code))) return false;
    throw error;
  }
}

async function sizeOf(files: readonly FolderFile[]): Promise<number> {
  let bytes = 0;
  for (const { content } of files)
    bytes += 'text' in content ? Buffer.byteLength(content.text) : (await stat(content.path)).size;
  return bytes;
}
