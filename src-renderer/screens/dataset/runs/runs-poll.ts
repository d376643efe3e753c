import { useEffect } from 'react';
import { isRunning, useJobs } from '#renderer/state';
import { readRuns } from './runs-store';

const POLL_MS = 1000;

/** Keeps the list of runs fresh while the screen is there: each second while one is being made, and when a job of one changes. */
export function useFreshRuns(): void {
  const states = useJobs(({ jobs }) =>
    jobs
      .filter(({ kind }) => kind === 'generate-dataset')
      .map(({ id, state }) => `${id} ${state}`)
      .join(),
  );
  const isActive = useJobs(({ jobs }) => jobs.some(job => job.kind === 'generate-dataset' && isRunning(job)));
  useEffect(() => {
    void readRuns(performance.now());
    if (!isActive) return undefined;
    const timer = setInterval(() => void readRuns(performance.now()), POLL_MS);
    return () => clearInterval(timer);
  }, [states, isActive]);
}
