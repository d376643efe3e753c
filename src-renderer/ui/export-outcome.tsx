import type { ReactNode } from 'react';
import type { JobView } from '#shared/protocol';
import { Button } from './button';
import { Message } from './message';
import { Progress } from './progress';

interface ExportOutcomeProps {
  readonly job: JobView;
  /** Why it failed, in words; null where it was stopped. */
  readonly failure: string | null;
  readonly onAgain: () => void;
  /** What is said of one that is done. */
  readonly children: ReactNode;
}

/** How far an export is, or how it ended. */
export function ExportOutcome({ job, failure, onAgain, children }: ExportOutcomeProps) {
  if (job.state === 'done') return children;
  if (job.state === 'failed' || job.state === 'interrupted')
    return (
      <Message
        tone="bad"
        actions={
          <Button small look="line" onPress={onAgain}>
            Export again
          </Button>
        }
      >
        {failure ?? 'The export was stopped before its end. Nothing half-written is left.'}
      </Message>
    );
  if (job.state === 'cancelled') return <Message tone="info">Cancelled by you. Nothing was written.</Message>;
  return (
    <div>
      <div className="mb-1.5 flex">
        <span className="flex-1 truncate text-ink-2">{job.progress.stage || 'Waiting for a worker'}</span>
        <span>{Math.floor(job.progress.fraction * 100)} %</span>
      </div>
      <Progress label="Progress of the export" fraction={job.progress.fraction} />
    </div>
  );
}
