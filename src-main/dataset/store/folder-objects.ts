import { access, constants, copyFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { copyIntoPlace, Failed, failureOfError } from '#main/platform';
import type { Objects } from './objects';

/** A folder that several machines share, over NFS for example. It must be there: one that is not may be a share that was not mounted. */
export function folderObjects(root: string): Objects {
  const at = (name: string): string => join(root, ...name.split('/'));
  return {
    address: root,
    async check() {
      await system(root, async () => {
        if (!(await stat(root)).isDirectory())
          throw new Failed({ code: 'unreadable', path: root, reason: 'it is no folder' });
        await readdir(root);
      });
      await system(root, () => access(root, constants.W_OK), { neededBytes: 0 });
    },
    list: folder =>
      system(at(folder), async () => {
        const entries = await readdir(at(folder), { withFileTypes: true }).catch(unlessAbsent([]));
        return entries.filter(entry => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
      }),
    has: name => system(at(name), async () => (await stat(at(name)).catch(unlessAbsent(null))) !== null),
    put: (name, path) => copyIntoPlace(path, at(name)),
    get: (name, path) =>
      system(at(name), async () => {
        const isThere = await copyFile(at(name), path).then(() => true, unlessAbsent(false));
        return isThere;
      }),
    remove: name => system(at(name), () => rm(at(name), { force: true }), { neededBytes: 0 }),
  };
}

async function system<Value>(
  path: string,
  work: () => Promise<Value>,
  writing: { readonly neededBytes: number } | null = null,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw new Failed(failureOfError(error, path, writing));
  }
}

const unlessAbsent =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
