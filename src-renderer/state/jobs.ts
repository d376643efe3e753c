import { create } from 'zustand';
import type { JobView } from '#shared/protocol';

interface JobsState {
  readonly jobs: readonly JobView[];
}

export const useJobs = create<JobsState>(() => ({ jobs: [] }));

export const isRunning = (job: JobView): boolean => job.state === 'running' || job.state === 'waiting';
export const isStopped = (job: JobView): boolean => job.state === 'failed' || job.state === 'interrupted';

/** One line for the title bar: what runs, how far, how long. */
export function jobsLine(jobs: readonly JobView[]): string {
  const running = jobs.filter(isRunning);
  const [only] = running;
  const stopped = jobs.filter(isStopped).length;
  if (!only) return stopped > 0 ? `${stopped} stopped` : 'No jobs running';
  if (running.length === 1)
    return `${only.progress.stage || 'Waiting'}, ${Math.floor(only.progress.fraction * 100)} %`;
  return `${running.length} jobs`;
}
