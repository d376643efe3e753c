import { opendir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { moveIntoPlace } from '#main/platform';
import type { Artefact } from './artefacts';

/** A file that nobody holds is left alone this long: another process may be about to note that it needs it. */
const GRACE_MILLISECONDS = 3_600_000;

/** Files named by the SHA-256 of their bytes, in two levels of folders. They are never written to once they are there. */
export interface ArtefactStore {
  path(artefact: Pick<Artefact, 'sha256' | 'extension'>): string;
  /** Moves a finished, synced file in; equal bytes are kept once. Throws `Failed` with `diskFull` or `notWritable`. */
  take(file: string, artefact: Artefact): Promise<void>;
  has(artefact: Artefact): Promise<boolean>;
  /** Deletes a file unless it was taken in or asked for within the hour; answers whether it did. */
  removeIfOld(artefact: Artefact, now: number): Promise<boolean>;
  /** Every file of the store: its hash and extension. */
  files(): AsyncIterable<Artefact>;
}

export function createArtefactStore(folder: string): ArtefactStore {
  const path = ({ sha256, extension }: Pick<Artefact, 'sha256' | 'extension'>): string =>
    join(folder, sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}${extension}`);
  const sizeOf = async (file: string): Promise<number | null> =>
    stat(file).then(
      found => found.size,
      () => null,
    );
  const has = async (artefact: Artefact): Promise<boolean> => {
    const file = path(artefact);
    if ((await sizeOf(file)) !== artefact.bytes) return false;
    const now = new Date();
    // Young again, so that a collection in another process leaves it until its new holder is noted.
    await utimes(file, now, now).catch(() => undefined);
    return true;
  };
  return {
    path,
    has,
    async take(file, artefact) {
      if (await has(artefact)) await rm(file, { force: true });
      else await moveIntoPlace(file, path(artefact));
    },
    async removeIfOld(artefact, now) {
      const file = path(artefact);
      const found = await stat(file).catch(() => null);
      if (!found) return true;
      if (now - found.mtimeMs < GRACE_MILLISECONDS) return false;
      await rm(file, { force: true });
      return true;
    },
    async *files() {
      const top = await opendir(folder, { recursive: true }).catch(() => null);
      if (!top) return;
      for await (const entry of top) {
        const match = /^([0-9a-f]{64})(\.[a-z0-9]+)?$/.exec(entry.name);
        if (!entry.isFile() || !match?.[1]) continue;
        const bytes = (await sizeOf(join(entry.parentPath, entry.name))) ?? 0;
        yield { sha256: match[1], extension: match[2] ?? '', bytes };
      }
    },
  };
}
