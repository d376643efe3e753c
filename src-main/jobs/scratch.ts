import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failed, failureOfError } from '#main/platform';
import type { Owner } from '#main/library';
import { ownerKey } from './owner';

/** Folders in which workers write, named after the shell they work for, so that a later one knows whose they were. */
export interface Scratch {
  /** A new, empty folder. Throws `Failed` when the disk refuses. */
  open(): Promise<string>;
  close(folder: string): Promise<void>;
  /** Removes what shells that are gone left behind. */
  sweep(isAlive: (owner: Owner) => boolean): Promise<void>;
}

export function createScratch(folder: string, owner: Owner): Scratch {
  let count = 0;
  const remove = (path: string): Promise<void> =>
    // A worker that was killed a moment ago may still have files open where the system minds that.
    rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return {
    async open() {
      const path = join(folder, `${ownerKey(owner)}-${++count}`);
      try {
        await mkdir(path, { recursive: true });
      } catch (error) {
        throw new Failed(failureOfError(error, path, { neededBytes: 0 }));
      }
      return path;
    },
    close: remove,
    async sweep(isAlive) {
      for (const name of await readdir(folder).catch(() => [])) {
        const [, pid, started] = /^(\d+)-(\w+)-\d+$/.exec(name) ?? [];
        if (pid && started && !isAlive({ pid: Number(pid), started })) await remove(join(folder, name));
      }
    },
  };
}
