import type { DatasetRun, JobView } from '#shared/protocol';

/** What a run is doing: its job's state; without a job whether it ever became whole. */
export type RunState = JobView['state'];

export const stateOf = (run: DatasetRun, job: JobView | null): RunState =>
  run.manifest !== null ? 'done' : (job?.state ?? 'interrupted');

export const STATE_WORDS: Readonly<Record<RunState, string>> = {
  waiting: 'waiting',
  running: 'running',
  paused: 'paused',
  done: 'done',
  failed: 'failed',
  cancelled: 'stopped',
  interrupted: 'interrupted',
};

/** What has become of a run that neither goes on nor is whole, and what can be done. */
export function restWords(state: RunState, made: string): string | null {
  switch (state) {
    case 'paused':
      return `Paused by you. ${made} samples are kept; Resume goes on after them.`;
    case 'cancelled':
      return `Stopped by you. ${made} samples are kept; Resume goes on after them.`;
    case 'interrupted':
      return `The studio was closed before its end. ${made} samples are kept; Resume goes on after them.`;
    default:
      return null;
  }
}

/** "16:42", by the clock of the wall. */
export const wallClock = (at: Date): string =>
  at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
