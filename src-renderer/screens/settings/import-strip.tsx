import { useEffect } from 'react';
import { studio } from '#renderer/bridge';
import { attempt, isRunning, notify, tell, useJobs } from '#renderer/state';
import { Button, Message, Progress } from '#renderer/ui';
import type { JobView } from '#shared/protocol';
import { endModelImport, useModelImport } from './model-import';

/** What is being done with the model that was dropped: sent, tried, copied; or why it was refused. */
export function ImportStrip() {
  const now = useModelImport(state => state.now);
  const jobs = useJobs(state => state.jobs);
  const copying = now.step === 'copying' ? jobs.find(job => job.id === now.jobId) : undefined;
  useEndOf(copying);
  switch (now.step) {
    case 'none':
    case 'licence':
      return null;
    case 'refused':
      return (
        <Message
          tone="bad"
          actions={
            <Button small look="line" onPress={endModelImport}>
              Dismiss
            </Button>
          }
        >
          <b className="font-semibold break-all">{now.fileName} was not imported.</b> {now.sentence}
        </Message>
      );
    case 'sending':
      return <Working name={now.fileName} doing="Taking in the file" fraction={0} job={undefined} />;
    case 'trying': {
      const job = jobs.find(each => each.kind === 'inspect-model' && isRunning(each));
      return (
        <Working
          name={now.fileName}
          doing={job?.progress.stage || 'Waiting for a worker'}
          fraction={job?.progress.fraction ?? 0}
          job={job}
        />
      );
    }
    case 'copying':
      return (
        <Working
          name={now.name}
          doing={copying?.progress.stage || 'Importing'}
          fraction={copying?.progress.fraction ?? 0}
          job={copying}
        />
      );
  }
}

/** Tells how the import ended, once. */
function useEndOf(job: JobView | undefined): void {
  const { id, state, title, failure } = job ?? { id: '', state: 'waiting', title: '', failure: null };
  useEffect(() => {
    if (id === '' || state === 'waiting' || state === 'running') return;
    endModelImport();
    if (state === 'done') notify({ tone: 'ok', text: `${title} is imported.` });
    else if (failure) notify({ tone: 'bad', text: tell(failure) });
    void attempt('Dismissing', () => studio.dismissJob.mutate({ jobId: id }));
  }, [id, state, title, failure]);
}

interface WorkingProps {
  readonly name: string;
  readonly doing: string;
  readonly fraction: number;
  readonly job: JobView | undefined;
}

function Working({ name, doing, fraction, job }: WorkingProps) {
  return (
    <div role="status" className="flex items-center gap-3 rounded-r3 bg-bg-1 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex gap-2">
          <span className="min-w-0 truncate font-medium" title={name}>
            {name}
          </span>
          <span className="shrink-0 text-ink-3">{doing}</span>
        </p>
        <div className="mt-2">
          <Progress label={`Import of ${name}`} fraction={fraction} />
        </div>
      </div>
      {job ? (
        <Button
          small
          look="line"
          onPress={() => void attempt('Cancelling', () => studio.cancelJob.mutate({ jobId: job.id }))}
        >
          Cancel
        </Button>
      ) : null}
    </div>
  );
}
