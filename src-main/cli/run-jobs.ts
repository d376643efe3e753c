import type { Jobs } from '#main/jobs';
import { USUAL_SEPARATOR } from '#shared/model';
import { explain, isModelFailure, type JobKind, type JobView } from '#shared/protocol';
import { EXIT } from './failing';
import type { Reporter } from './report';

export interface PlannedJob {
  readonly kind: JobKind;
  readonly title: string;
  readonly params: unknown;
}

/** Queues the jobs, tells how they go, and answers them ended, in order. An interrupt cancels all of them. */
export async function runJobs(
  jobs: Jobs,
  planned: readonly PlannedJob[],
  reporter: Reporter,
  signal: AbortSignal,
): Promise<JobView[]> {
  const ids: string[] = [];
  for (const { kind, title, params } of planned) ids.push(await jobs.enqueue(kind, title, params));
  const cancelAll = (): void => {
    void Promise.allSettled(ids.map(id => jobs.cancel(id)));
  };
  if (signal.aborted) cancelAll();
  signal.addEventListener('abort', cancelAll, { once: true });
  try {
    const ended: JobView[] = [];
    for (const id of ids) ended.push(await jobs.finish(id, job => reporter.progress(job)));
    return ended;
  } finally {
    signal.removeEventListener('abort', cancelAll);
  }
}

/** An import of a model has no use for another one. */
const separates = (job: JobView): boolean => job.kind !== 'inspect-model' && job.kind !== 'import-model';

/** Says what went wrong in each job, and what the exit code is: the worst of all. */
export function exitCodeOf(ended: readonly JobView[], reporter: Reporter): number {
  let code: number = EXIT.done;
  for (const job of ended) {
    for (const note of job.progress.notes) reporter.complain(note);
    if (job.state === 'cancelled') code = EXIT.cancelled;
    else if (job.failure) {
      reporter.complain(explain(job.failure));
      if (separates(job) && isModelFailure(job.failure))
        reporter.complain(
          `Go on with the bundled one: backbeat jobs resume ${job.id} --model ${USUAL_SEPARATOR}`,
        );
      if (code === EXIT.done) code = EXIT.failed;
    }
    for (const { failure } of job.refused) {
      reporter.complain(explain(failure));
      if (code === EXIT.done) code = EXIT.failed;
    }
  }
  return code;
}
