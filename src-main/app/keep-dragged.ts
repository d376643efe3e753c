import { constants } from 'node:fs';
import { copyFile, link, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { AppFolders } from '#main/platform';
import { dragsFolder } from '#main/usecases';

/**
 * Where a dragged file stays: programs that take it may go on reading it from there for years. Files that were only made ready for a drag go
 * with later ones, so those that are dragged get a second name among the exports; all others stay where they are.
 */
export function keepDragged({ library, exports }: AppFolders): (path: string) => Promise<string> {
  const ready = dragsFolder(library);
  return async path => {
    const inside = relative(ready, path);
    if (inside.startsWith('..')) return path;
    // Its folder is named by what the files are made of: a file that is there already is this one.
    const kept = join(exports, 'Dragged', inside);
    await mkdir(dirname(kept), { recursive: true });
    await link(path, kept).catch(async (error: unknown) => {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      // Another disk, or one that knows no second names.
      if (!isThere) await copyFile(path, kept, constants.COPYFILE_EXCL);
    });
    return kept;
  };
}
