import { RotateCw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { studio } from '#renderer/bridge';
import { attempt, isRunning, isStopped, notify, tell } from '#renderer/state';
import { Button, clock, count, fileName, IconButton, JobFiles, Message, Progress } from '#renderer/ui';
import { USUAL_SEPARATOR } from '#shared/model';
import { isModelFailure, type JobView } from '#shared/protocol';

/** A finished job folds away after this. */
const FOLD_AFTER_MS = 4000;

const cancel = (job: JobView): Promise<unknown> =>
  attempt('Cancelling', () => studio.cancelJob.mutate({ jobId: job.id }));
const retry = (job: JobView): Promise<unknown> =>
  attempt('Trying again', () => studio.retryJob.mutate({ jobId: job.id }));
const retryBundled = (job: JobView): Promise<unknown> =>
  attempt('Going on with the bundled separator', () =>
    studio.retryJob.mutate({ jobId: job.id, separator: USUAL_SEPARATOR }),
  );
const dismiss = (job: JobView): Promise<unknown> =>
  attempt('Dismissing', () => studio.dismissJob.mutate({ jobId: job.id }));

/** Name, stage in words, bar, rate, time left, percent, and what can be done. */
export function JobCard({ job }: { readonly job: JobView }) {
  return (
    <article aria-label={job.title} data-job-state={job.state} className="border-b border-line px-3 py-2.5">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate type-strong" title={job.title}>
          {job.title}
        </h3>
        {isRunning(job) ? (
          <IconButton small label={`Cancel ${job.title}`} onPress={() => void cancel(job)}>
            <X size={14} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
        ) : (
          <IconButton small label={`Dismiss ${job.title}`} onPress={() => void dismiss(job)}>
            <X size={14} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <div className="mt-1 mb-1.5 flex gap-2">
        <span className={`min-w-0 flex-1 truncate ${isStopped(job) ? 'text-bad' : 'text-ink-2'}`}>
          {stageLine(job)}
        </span>
        {job.progress.stageNumber > 0 && job.state !== 'done' && job.state !== 'waiting' ? (
          <span className="text-ink-3">
            stage {job.progress.stageNumber} of {job.progress.stageCount}
          </span>
        ) : null}
      </div>
      <Progress
        label={`Progress of ${job.title}`}
        fraction={job.state === 'done' ? 1 : job.progress.fraction}
        look={job.state === 'done' ? 'ok' : isStopped(job) ? 'bad' : job.state === 'running' ? 'run' : 'wait'}
      />
      <div className="mt-1.5 flex gap-2">
        <span className="min-w-0 flex-1 truncate text-ink-3">{rateLine(job)}</span>
        {job.state === 'running' ? <span>{Math.floor(job.progress.fraction * 100)} %</span> : null}
      </div>
      <Outcome job={job} />
    </article>
  );
}

function stageLine(job: JobView): string {
  const { stage } = job.progress;
  switch (job.state) {
    case 'waiting':
      return 'Waiting for a worker';
    case 'running':
      return stage || 'Starting';
    case 'done':
      return job.files.length > 0 ? `${count(job.files.length, 'file')} written` : 'Done';
    case 'failed':
      return stage ? `Stopped: ${stage}` : 'Stopped';
    case 'interrupted':
      return stage ? `Interrupted: ${stage}` : 'Interrupted';
    case 'cancelled':
      return 'Cancelled by you';
    case 'paused':
      return 'Paused by you';
  }
}

function rateLine(job: JobView): string {
  const { secondsLeft } = job.progress;
  const rate = job.progress.rate.replace(/(\d)x /, '$1\u00d7 ');
  if (job.state !== 'running') return job.state === 'cancelled' ? 'Finished stages are kept' : '';
  const left = secondsLeft === null ? 'measuring' : `${clock(Math.ceil(secondsLeft))} left`;
  return rate ? `${rate}, ${left}` : left;
}

function Outcome({ job }: { readonly job: JobView }) {
  const again = (
    <Button small look="line" onPress={() => void retry(job)}>
      <RotateCw size={14} strokeWidth={1.4} aria-hidden="true" />
      Retry
    </Button>
  );
  if (isStopped(job)) {
    return (
      <div className="mt-2">
        <Message
          tone="bad"
          actions={
            <>
              {canUseBundled(job) ? (
                <Button small look="primary" onPress={() => void retryBundled(job)}>
                  Use the bundled separator
                </Button>
              ) : null}
              {again}
              <Button small look="ghost" onPress={() => void dismiss(job)}>
                Dismiss
              </Button>
            </>
          }
        >
          {job.failure ? tell(job.failure) : 'It was stopped before its end. Finished stages are kept.'}
        </Message>
      </div>
    );
  }
  if (job.state === 'cancelled') return <div className="mt-1.5 flex gap-2">{again}</div>;
  if (hasFilesToShow(job))
    return (
      <div
        role="region"
        aria-label={`Files of ${job.title}`}
        className="-mx-1.5 mt-1.5 max-h-44 overflow-y-auto"
      >
        <JobFiles job={job} onTold={(text, tone) => notify({ text, tone })} />
      </div>
    );
  const { notes } = job.progress;
  if (notes.length > 0)
    return (
      <div className="mt-2 flex flex-col gap-2">
        {notes.map(note => (
          <Message key={note} tone="warn">
            {note}
          </Message>
        ))}
      </div>
    );
  if (job.refused.length === 0) return null;
  return (
    <div className="mt-2">
      <Message tone="warn">
        {count(job.refused.length, 'file')} left out, the rest went on.
        {job.refused.slice(0, 4).map(({ path, failure }) => (
          <span key={path} className="mt-1 block">
            {fileName(path)}: {tell(failure)}
          </span>
        ))}
      </Message>
    </div>
  );
}

/** What an export wrote is at hand until it is dismissed; files for a drag are no result. */
const hasFilesToShow = ({ kind, state, files }: JobView): boolean =>
  kind === 'export-pattern' && state === 'done' && files.length > 0;

/** A model failed that another can stand in for. */
const canUseBundled = ({ kind, failure }: JobView): boolean =>
  kind !== 'inspect-model' && kind !== 'import-model' && failure !== null && isModelFailure(failure);

/** The jobs worth showing: finished ones for a moment only, those that left something out or have something to say until they are dismissed. */
export function useShownJobs(jobs: readonly JobView[]): readonly JobView[] {
  const [finishedAt, setFinishedAt] = useState<ReadonlyMap<string, number>>(new Map());
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setFinishedAt(known => {
      const next = new Map<string, number>();
      for (const job of jobs) {
        if (job.state !== 'done') next.set(job.id, Infinity);
        else if (known.has(job.id)) {
          const was = known.get(job.id) ?? 0;
          next.set(job.id, was === Infinity ? Date.now() : was);
        }
      }
      return next;
    });
    setNow(Date.now());
    const timer = setTimeout(() => setNow(Date.now()), FOLD_AFTER_MS + 100);
    return () => clearTimeout(timer);
  }, [jobs]);
  return jobs.filter(
    job =>
      (job.kind !== 'prepare-drag' || isStopped(job)) &&
      (job.state !== 'done' ||
        job.refused.length > 0 ||
        job.progress.notes.length > 0 ||
        (hasFilesToShow(job) && finishedAt.has(job.id)) ||
        now - (finishedAt.get(job.id) ?? -Infinity) < FOLD_AFTER_MS),
  );
}
