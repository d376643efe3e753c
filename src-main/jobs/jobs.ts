import type { JobKind, JobView } from '#shared/protocol';
import type { Library } from '#main/library';
import type { JobProgram } from './program';
import type { OpenProc } from './proc';

export interface JobsOptions {
  readonly library: Library;
  readonly programs: Readonly<Partial<Record<JobKind, JobProgram>>>;
  /** Worker processes, and jobs that run at the same time. */
  readonly workerCount: number;
  readonly openProc: OpenProc;
  /** Called when the first job starts; answers the undo, called when the last one has ended. Must not throw. */
  readonly keepAwake?: () => () => void;
  /** Seconds without a sign of life after which a worker is killed. */
  readonly silenceSeconds?: number;
}

/** The job queue: kept in the library, run by every process that has it open, each its own jobs. */
export interface Jobs {
  /** Puts a job at the end of the queue; this process will run it. Answers its id. */
  enqueue(kind: JobKind, title: string, params: unknown): Promise<string>;
  list(): Promise<readonly JobView[]>;
  /** Returns within 2 s, whichever process runs the job. */
  cancel(jobId: string): Promise<void>;
  /** Starts a failed, cancelled or interrupted job again in this process; finished stages are not run twice. */
  retry(jobId: string): Promise<void>;
  /** Takes an ended job off the list. */
  dismiss(jobId: string): Promise<void>;
  /** Calls `listener` with all jobs, at once and at every change, at most ten times a second; returns the undo. */
  watch(listener: (jobs: readonly JobView[]) => void): () => void;
  /** Resolves when the job has ended in whichever process runs it; `onChange` hears of every change until then. */
  finish(jobId: string, onChange?: (job: JobView) => void): Promise<JobView>;
  /** Ends the worker processes; running jobs become `interrupted`, so that any process may resume them. */
  close(): Promise<void>;
}
