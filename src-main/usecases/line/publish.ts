import { constants } from 'node:fs';
import { access, copyFile, link, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  checkSpace,
  Failed,
  failureOfError,
  makeFolder,
  temporaryBeside,
  writeFileWhole,
} from '#main/platform';
import type { ResultFile } from '#shared/protocol';

/** A file to hand to the user: copied from the artefact store, or written from `text` or `bytes`. */
export interface Publication {
  readonly kind: string;
  /** Name without number, "event_grid", and its extension, ".json". */
  readonly stem: string;
  readonly extension: string;
  readonly content: { readonly path: string } | { readonly text: string } | { readonly bytes: Uint8Array };
}

/** Makes `folder` and finds out whether files can be made in it, before any work is done for them. */
export async function ensureWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    const probe = temporaryBeside(join(folder, 'backbeat'));
    await writeFileWhole(probe, '');
    await rm(probe, { force: true });
  } catch (error) {
    throw new Failed(failureOfError(error, folder, { neededBytes: 0 }));
  }
}

/** The first number that none of `stems` has in `folder` and that is above all it has. */
export async function nextNumber(folder: string, stems: readonly string[]): Promise<number> {
  let highest = 0;
  for (const name of await readdir(folder)) {
    for (const stem of stems) {
      if (!name.startsWith(`${stem}_`)) continue;
      const number = /^(\d+)(?=\.|$)/.exec(name.slice(stem.length + 1))?.[1];
      if (number) highest = Math.max(highest, Number(number));
    }
  }
  return highest + 1;
}

/**
 * Writes a group of files as `stem_N.extension` with one N, the next that is free for all of them. All appear or none,
 * and nothing is ever overwritten, even when two programs publish at once.
 */
export async function publishNumbered(
  folder: string,
  group: readonly Publication[],
): Promise<{ readonly number: number; readonly files: readonly ResultFile[] }> {
  await ensureWritable(folder);
  for (
    let number = await nextNumber(
      folder,
      group.map(item => item.stem),
    );
    ;
    number++
  ) {
    const targets = group.map(item => join(folder, `${item.stem}_${number}${item.extension}`));
    if (await placeAll(group, targets, 'keep')) return { number, files: await described(group, targets) };
  }
}

/** `name`, or `name_2`, `name_3`... until no file of that name with one of `extensions` is in `folder`. */
export async function freeName(folder: string, name: string, extensions: readonly string[]): Promise<string> {
  const present = new Set(await readdir(folder));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}_${number}`;
    if (extensions.every(extension => !present.has(`${candidate}${extension}`))) return candidate;
  }
}

/** Writes files under their plain names, replacing what a former run wrote under them; all appear or none. */
export async function publishPlain(
  folder: string,
  group: readonly Publication[],
): Promise<readonly ResultFile[]> {
  await ensureWritable(folder);
  const targets = group.map(item => join(folder, `${item.stem}${item.extension}`));
  await placeAll(group, targets, 'replace');
  return described(group, targets);
}

/** Writes files under their plain names, all or none; null when one of them is there already. */
export async function publishNew(
  folder: string,
  group: readonly Publication[],
): Promise<readonly ResultFile[] | null> {
  await ensureWritable(folder);
  const targets = group.map(item => join(folder, `${item.stem}${item.extension}`));
  return (await placeAll(group, targets, 'keep')) ? described(group, targets) : null;
}

async function described(group: readonly Publication[], targets: readonly string[]): Promise<ResultFile[]> {
  return Promise.all(
    targets.map(async (path, index) => {
      const { size } = await stat(path);
      return { kind: group[index]?.kind ?? '', name: basename(path), path, bytes: size };
    }),
  );
}

/** False when a target was there already and `existing` is `keep`; then nothing is left behind. */
async function placeAll(
  group: readonly Publication[],
  targets: readonly string[],
  existing: 'keep' | 'replace',
): Promise<boolean> {
  const neededBytes = await sizeOf(group);
  const space = checkSpace(dirname(targets[0] ?? ''), neededBytes);
  if (!space.ok) throw new Failed(space.failure);
  const temporaries: string[] = [];
  const placed: string[] = [];
  let complete = false;
  try {
    for (const [index, item] of group.entries()) {
      const target = targets[index] ?? '';
      await makeFolder(dirname(target));
      const temporary = temporaryBeside(target);
      temporaries.push(temporary);
      if ('text' in item.content) await writeFileWhole(temporary, item.content.text);
      else if ('bytes' in item.content) await writeFileWhole(temporary, item.content.bytes);
      else await copyFile(item.content.path, temporary, constants.COPYFILE_FICLONE);
    }
    for (const [index, temporary] of temporaries.entries()) {
      const target = targets[index] ?? '';
      if (existing === 'replace') await rename(temporary, target);
      else await link(temporary, target);
      if (existing === 'keep') placed.push(target);
    }
    complete = true;
    return true;
  } catch (error) {
    if (existing === 'keep' && error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return false;
    throw new Failed(failureOfError(error, targets[temporaries.length - 1] ?? '', { neededBytes }));
  } finally {
    const leftovers = complete ? temporaries : [...temporaries, ...placed];
    await Promise.all(leftovers.map(path => rm(path, { force: true })));
  }
}

async function sizeOf(group: readonly Publication[]): Promise<number> {
  let bytes = 0;
  for (const { content } of group) {
    if ('path' in content) bytes += (await stat(content.path)).size;
    else bytes += 'bytes' in content ? content.bytes.length : Buffer.byteLength(content.text);
  }
  return bytes;
}
