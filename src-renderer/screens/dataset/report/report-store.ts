import { useEffect } from 'react';
import { create } from 'zustand';
import type { ValidationReport } from '#shared/dataset';
import type { DatasetRun, JobView } from '#shared/protocol';
import { attempt, isRunning, sentenceOf, useJobs } from '#renderer/state';
import { studio } from '#renderer/bridge';

interface ReportState {
  readonly runId: string | null;
  /** null: there is none, or it is being read. */
  readonly report: ValidationReport | null;
  readonly isRead: boolean;
  readonly problem: string | null;
  /** The job that validates, or validated last, by run. */
  readonly jobs: Readonly<Record<string, string>>;
}

export const useReport = create<ReportState>(() => ({
  runId: null,
  report: null,
  isRead: false,
  problem: null,
  jobs: {},
}));

async function readReport(runId: string): Promise<void> {
  if (useReport.getState().runId !== runId) useReport.setState({ runId, report: null, isRead: false });
  try {
    const report = await studio.datasetReport.query({ runId });
    if (useReport.getState().runId === runId) useReport.setState({ report, isRead: true, problem: null });
  } catch (error) {
    if (useReport.getState().runId === runId)
      useReport.setState({ problem: sentenceOf(error), isRead: true });
  }
}

/** The validation of a run that was begun in this window; null when none was. */
export function useValidation(runId: string): JobView | null {
  const jobId = useReport(({ jobs }) => jobs[runId]);
  return useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId) ?? null);
}

/** Keeps the report of the run that is looked at, read anew when a validation has ended. */
export function useReportOf(run: DatasetRun | undefined): void {
  const runId = run?.id;
  const job = useValidation(runId ?? '');
  const isBusy = job !== null && isRunning(job);
  useEffect(() => {
    if (runId !== undefined && !isBusy) void readReport(runId);
  }, [runId, isBusy, run?.manifest]);
}

export async function validate(runId: string): Promise<void> {
  const begun = await attempt('Validating', () => studio.validateDataset.mutate({ runId }));
  if (begun) useReport.setState(({ jobs }) => ({ jobs: { ...jobs, [runId]: begun.jobId } }));
}
