import { setTimeout as pause } from 'node:timers/promises';
import type { JobView } from '#shared/protocol';
import type { Library } from '#main/library';

/** At most ten times a second; a list of thousands is sent more rarely, as it costs that much more to send. */
const pauseMilliseconds = (count: number): number => Math.max(100, count / 5);

/** Tells `listener` all jobs, at once and whenever one changed, reading only the rows that did; returns the undo. */
export function watchJobs(
  library: Library,
  listener: (jobs: readonly JobView[]) => void,
  reportBug: (error: unknown) => void,
): () => void {
  const views = new Map<string, JobView>();
  const stopping = new AbortController();
  let version = -1;
  let isBusy = false;
  let isDue = false;
  const read = async (): Promise<readonly JobView[]> => {
    for (const job of await library.jobs.changedAfter(version)) {
      version = Math.max(version, job.changed);
      views.set(job.view.id, job.view);
    }
    const ids = await library.jobs.ids();
    const present = new Set(ids);
    for (const id of views.keys()) if (!present.has(id)) views.delete(id);
    return ids.flatMap(id => views.get(id) ?? []);
  };
  const tell = async (): Promise<void> => {
    isBusy = true;
    do {
      isDue = false;
      const jobs = await read();
      if (stopping.signal.aborted) return;
      listener(jobs);
      await pause(pauseMilliseconds(jobs.length), undefined, { signal: stopping.signal });
    } while (isDue);
    isBusy = false;
  };
  const start = (): void => {
    tell().catch((error: unknown) => {
      isBusy = false;
      if (!stopping.signal.aborted) reportBug(error);
    });
  };
  const unwatch = library.watch(nouns => {
    if (!nouns.includes('jobs')) return;
    if (isBusy) isDue = true;
    else start();
  });
  start();
  return () => {
    stopping.abort();
    unwatch();
  };
}
