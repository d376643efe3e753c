import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { Jobs } from '#main/jobs';
import { canonicalJson } from '#shared/base';
import type { ExportRequest, JobView } from '#shared/protocol';

/** Wishes for a drag are answered by what was made for an equal one. */
export function prepareDrag(
  jobs: Jobs,
  dragsFolder: string,
): (request: ExportRequest) => Promise<{ readonly jobId: string }> {
  const made = new Map<string, string>();
  return async request => {
    const content = { ...request, folder: null };
    const key = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
    const former = (await jobs.list()).find(({ id }) => id === made.get(key));
    if (former && isGood(former)) return { jobId: former.id };
    const params: ExportRequest = { ...request, folder: join(dragsFolder, key), existing: 'replace' };
    const jobId = await jobs.enqueue('prepare-drag', request.patternName, params);
    made.set(key, jobId);
    return { jobId };
  };
}

const isGood = ({ state, files }: JobView): boolean =>
  state === 'waiting' ||
  state === 'running' ||
  (state === 'done' && files.every(({ path }) => existsSync(path)));
