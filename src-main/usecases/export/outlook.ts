import { readdir } from 'node:fs/promises';
import { posix, join } from 'node:path';
import { freeBytesNow } from '#main/platform';
import type { Library } from '#main/library';
import { type ExportOutlook, type ExportRequest, type NamedFile, takenNames } from '#shared/protocol';
import { kitOf } from '../kit-of';
import { exportNames } from './layers';

/** What an export would find in its folder: names that are taken, and the number under which none is. */
export async function exportOutlook(
  library: Library,
  exportsFolder: string,
  request: ExportRequest,
): Promise<ExportOutlook> {
  const folder = request.folder ?? exportsFolder;
  const names = exportNames(request, await kitOf(library, request.kitId));
  return {
    folder,
    taken: await takenIn(folder, names(1)),
    number: await freeNumber(folder, names),
    freeBytes: freeBytesNow(folder),
  };
}

/** The first number under which none of the names is taken. */
export async function freeNumber(
  folder: string,
  names: (number: number) => readonly NamedFile[],
  from = 1,
): Promise<number> {
  for (let number = from; ; number++) if ((await takenIn(folder, names(number))).length === 0) return number;
}

/** Those of `files` whose names are taken in `folder`. All of an export lie in one folder. */
async function takenIn(folder: string, files: readonly NamedFile[]): Promise<readonly string[]> {
  const inner = posix.dirname(files[0]?.name ?? '.');
  const present = await readdir(join(folder, inner)).catch(() => []);
  return takenNames(
    files.map(({ name }) => name),
    present.map(name => (inner === '.' ? name : `${inner}/${name}`)),
  );
}
