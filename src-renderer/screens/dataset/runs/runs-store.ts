import { create } from 'zustand';
import { attempt, useJobs } from '#renderer/state';
import type { DatasetRun, JobView } from '#shared/protocol';
import { studio } from '#renderer/bridge';
import { type Reading, withReading } from './pace';

interface RunsState {
  /** The newest first; null until they were read. */
  readonly runs: readonly DatasetRun[] | null;
  readonly chosen: string | null;
  /** How many samples a run had when, while it was watched. */
  readonly readings: Readonly<Record<string, readonly Reading[]>>;
}

export const useRuns = create<RunsState>(() => ({ runs: null, chosen: null, readings: {} }));

const chosenOf = ({ runs, chosen }: Pick<RunsState, 'runs' | 'chosen'>): DatasetRun | undefined =>
  runs?.find(({ id }) => id === chosen) ?? runs?.[0];

/** The run that is looked at: the newest until another is chosen. */
export const useRun = (): DatasetRun | undefined => useRuns(chosenOf);
export const useRunName = (): string | null => useRuns(state => chosenOf(state)?.name ?? null);

export const chooseRun = (chosen: string): void => useRuns.setState({ chosen });

/** Its job as it is now; null when there is none any more. */
export const useRunJob = (run: DatasetRun): JobView | null =>
  useJobs(({ jobs }) => jobs.find(({ id }) => id === run.job?.id) ?? null) ?? run.job;

let asked = 0;

/** Reads all runs again. An answer that was asked for earlier does not undo a later one. */
export async function readRuns(now: number): Promise<void> {
  const turn = ++asked;
  const runs = await attempt('Reading the datasets', () => studio.datasetRuns.query());
  if (!runs || turn !== asked) return;
  useRuns.setState(({ readings }) => ({
    runs,
    readings: Object.fromEntries(
      runs.map(({ id, made }) => [id, withReading(readings[id] ?? [], { at: now, made })]),
    ),
  }));
}
