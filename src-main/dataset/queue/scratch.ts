import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '#main/platform';

/** A new folder of this process in `folder`; those of processes that are gone are removed. */
export async function openScratch(folder: string): Promise<string> {
  await makeFolder(folder);
  for (const name of await readdir(folder)) {
    const pid = Number(/^parts-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(join(folder, name), { recursive: true, force: true });
  }
  return mkdtemp(join(folder, `parts-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
