import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { attempt, useJobs } from '#renderer/state';
import type { JobView, PublishRequest } from '#shared/protocol';

interface PublishState extends Omit<PublishRequest, 'runId'> {
  readonly isStarting: boolean;
  /** The job that publishes, or published last, by run. */
  readonly jobs: Readonly<Record<string, string>>;
}

export const usePublish = create<PublishState>(() => ({
  layout: 'parquet',
  repo: null,
  isPrivate: true,
  token: null,
  dryRun: true,
  isStarting: false,
  jobs: {},
}));

export const setPublish = (change: Partial<PublishState>): void => usePublish.setState(change);

export function usePublication(runId: string): JobView | null {
  const jobId = usePublish(({ jobs }) => jobs[runId]);
  return useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId) ?? null);
}

/** Begins; the token is let go as soon as it was handed over. */
export async function publish(runId: string): Promise<void> {
  const { layout, repo, isPrivate, token, dryRun } = usePublish.getState();
  setPublish({ isStarting: true });
  const begun = await attempt('Publishing', () =>
    studio.publishDataset.mutate({ runId, layout, repo, isPrivate, token, dryRun }),
  );
  usePublish.setState(({ jobs }) => ({
    isStarting: false,
    token: null,
    jobs: begun ? { ...jobs, [runId]: begun.jobId } : jobs,
  }));
}
