import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import { canonicalJson } from '#shared/base';
import type { ExportRequest, JobView } from '#shared/protocol';
import { kitOf } from '../kit-of';

/** Where files are made ready for a drag, in a library's folder. */
export const dragsFolder = (library: string): string => join(library, 'drags');

/** Folders of files for drags that nobody made in the end; a drag takes its files elsewhere. */
const MOST_READY = 4;

/** Makes an export's files ready for a drag; an equal wish on an equal kit is answered by what was made for the first. */
export function prepareDrag(
  library: Library,
  jobs: Jobs,
): (request: ExportRequest) => Promise<{ readonly jobId: string }> {
  const made = new Map<string, string>();
  return async request => {
    const folder = dragsFolder(library.folder);
    const content = {
      ...request,
      folder: null,
      existing: 'replace',
      kit: await kitOf(library, request.kitId),
    };
    const key = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
    const former = (await jobs.list()).find(({ id }) => id === made.get(key));
    if (former && isGood(former)) return { jobId: former.id };
    await forgetOldest(folder);
    const params: ExportRequest = { ...request, folder: join(folder, key), existing: 'replace' };
    const jobId = await jobs.enqueue('prepare-drag', request.patternName, params);
    made.set(key, jobId);
    return { jobId };
  };
}

const isGood = ({ state, files }: JobView): boolean =>
  state === 'waiting' ||
  state === 'running' ||
  (state === 'done' && files.every(({ path }) => existsSync(path)));

/** Leaves room for one more. */
async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const aged = await Promise.all(
    names.map(async name => ({ name, at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const oldest = aged.sort((a, b) => b.at - a.at).slice(MOST_READY - 1);
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
}
