import { constants } from 'node:fs';
import { copyFile, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSpace, Failed, failureOfError, hashFile, makeFolder, syncFolder } from '#main/platform';
import type { ModelPart } from '#shared/protocol';

/** A part of a model and where it lies before it is taken in. */
export interface ModelSource extends ModelPart {
  readonly path: string;
}

/** The files of the user's models: a folder a model, named by the SHA-256 of its ONNX file, there whole or not at all. */
export interface ModelFolder {
  path(id: string, part: string): string;
  /**
   * Copies a model in. What was copied is read again and must be what `parts` say. Throws `Failed` (`modelChanged`, `diskFull`,
   * `notWritable`), and the signal's reason when it is aborted; nothing is left behind then.
   */
  take(
    id: string,
    parts: readonly ModelSource[],
    signal: AbortSignal,
    report: (fraction: number) => void,
  ): Promise<void>;
  remove(id: string): Promise<void>;
}

const PARTIAL = '.part';

export function createModelFolder(folder: string): ModelFolder {
  const place = (id: string): string => join(folder, id);
  const copyPart = async (part: ModelSource, target: string, signal: AbortSignal): Promise<void> => {
    await copyFile(part.path, target, constants.COPYFILE_FICLONE);
    signal.throwIfAborted();
    const found = await hashFile(target, signal);
    if (found !== part.sha256)
      throw new Failed({ code: 'modelChanged', path: part.path, expected: part.sha256, found });
    const copy = await open(target, 'r+');
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  };
  return {
    path: (id, part) => join(place(id), part),
    async take(id, parts, signal, report) {
      const all = parts.reduce((sum, { bytes }) => sum + bytes, 0);
      const space = checkSpace(folder, all);
      if (!space.ok) throw new Failed(space.failure);
      const partial = `${place(id)}${PARTIAL}`;
      let done = 0;
      try {
        await rm(partial, { recursive: true, force: true });
        await makeFolder(partial);
        for (const part of parts) {
          signal.throwIfAborted();
          await copyPart(part, join(partial, part.name), signal);
          done += part.bytes;
          report(done / all);
        }
        await rm(place(id), { recursive: true, force: true });
        await rename(partial, place(id));
        await syncFolder(folder);
      } catch (error) {
        await rm(partial, { recursive: true, force: true });
        signal.throwIfAborted();
        throw new Failed(failureOfError(error, place(id), { neededBytes: all }));
      }
    },
    async remove(id) {
      // Out of sight in one step, so that no half of a model is ever found.
      const gone = `${place(id)}${PARTIAL}`;
      await rm(gone, { recursive: true, force: true });
      if (await stat(place(id)).catch(() => null)) await rename(place(id), gone);
      await rm(gone, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      if ((await readdir(folder).catch(() => ['kept'])).length === 0) await rm(folder, { recursive: true });
    },
  };
}
