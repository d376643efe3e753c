import { studio } from '#renderer/bridge';
import { attempt, isStopped, useJobs } from '#renderer/state';
import { Button, count, PanelHead } from '#renderer/ui';
import type { JobView } from '#shared/protocol';
import { JobCard, useShownJobs } from './job-card';

/** A folder of thousands queues thousands of jobs; the list shows those that come next. */
const MOST_WAITING = 12;

const ORDER: Readonly<Record<JobView['state'], number>> = {
  running: 0,
  failed: 1,
  interrupted: 1,
  paused: 1,
  done: 2,
  waiting: 3,
  cancelled: 4,
};

export function JobsPanel() {
  const jobs = useJobs(state => state.jobs);
  const shown = useShownJobs(jobs).toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
  const waiting = shown.filter(job => job.state === 'waiting');
  const late = new Set(waiting.slice(MOST_WAITING).map(job => job.id));
  const cancelAll = (): void => {
    void attempt('Cancelling', async () => {
      for (const job of waiting) await studio.cancelJob.mutate({ jobId: job.id });
    });
  };
  return (
    <aside
      aria-label="Jobs"
      data-panel=""
      className="flex w-78 shrink-0 flex-col border-l border-line bg-bg-1"
    >
      <PanelHead title="Jobs" aside={summary(shown)} />
      <div className="min-h-0 flex-1 overflow-y-auto" role="region" aria-label="Job list" tabIndex={0}>
        {shown.length === 0 ? (
          <p className="p-3 text-ink-3">
            Nothing is running. Songs that you drop are read, separated and sliced here.
          </p>
        ) : null}
        {shown
          .filter(job => !late.has(job.id))
          .map(job => (
            <JobCard key={job.id} job={job} />
          ))}
        {late.size > 0 ? (
          <div className="flex items-center justify-between px-3 py-2.5 text-ink-3">
            and {count(late.size, 'more job')} waiting
            <Button small look="line" onPress={cancelAll}>
              Cancel all waiting
            </Button>
          </div>
        ) : null}
      </div>
    </aside>
  );
}

function summary(jobs: readonly JobView[]): string {
  const parts = [
    [jobs.filter(job => job.state === 'running').length, 'running'],
    [jobs.filter(job => job.state === 'waiting').length, 'waiting'],
    [jobs.filter(isStopped).length, 'stopped'],
  ] as const;
  return parts
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${many} ${word}`)
    .join(', ');
}
