import type { Failure, JobProgress } from '#shared/protocol';
import type { Library, Owner, StoredJob } from '#main/library';
import { Failed } from '#main/platform';
import type { OpenProc } from './proc';
import { type JobProgram, Paused } from './program';
import { ProgressSum } from './progress';
import type { Scratch } from './scratch';
import { createStageCaller } from './stage-caller';
import { StageCrashed } from './worker';
import type { WorkerPool } from './worker-pool';

/** How often a running job's progress is written to the library. */
const WRITE_MILLISECONDS = 200;

export interface JobRunOptions {
  readonly library: Library;
  readonly pool: WorkerPool;
  readonly scratch: Scratch;
  readonly modelsFolder: string;
  readonly owner: Owner;
  readonly program: JobProgram | undefined;
  /** Aborted by a cancellation, or with the reason `INTERRUPTED` when this process closes. */
  readonly signal: AbortSignal;
  /** Aborted when the user wants it to pause. */
  readonly pausing: AbortSignal;
  readonly openProc: OpenProc;
  readonly silenceSeconds: number;
  readonly reportBug: (error: unknown) => void;
}

/** Why a run stopped that nobody cancelled: its process closes. */
export const INTERRUPTED = 'interrupted';

/** Runs a job that was started for `owner` to its end, and writes that down. Never throws but for a broken library. */
export async function runJob(job: StoredJob, options: JobRunOptions): Promise<void> {
  const { library, owner, program, signal } = options;
  const { id, kind } = job.view;
  const writer = progressWriter(progress => library.write(at => at.jobs.progress(id, owner, progress)));
  const sum = new ProgressSum(
    progress => writer.put(progress),
    () => performance.now() / 1000,
  );
  try {
    if (!program) throw new Error(`this process has no program for jobs of kind ${kind}`);
    const call = createStageCaller({ ...options, jobId: id, progress: sum });
    const { files, made, refused, data } = await program(call, job.params);
    await writer.stop();
    const left = { files: [...files], made, refused: [...(refused ?? [])], data: data ?? null };
    await library.write(at => at.jobs.finish(id, owner, { progress: sum.done(), ...left }));
  } catch (error) {
    await writer.stop();
    if (signal.aborted) {
      const state = signal.reason === INTERRUPTED ? 'interrupted' : 'cancelled';
      await library.write(at => at.jobs.stop(id, owner, state));
      return;
    }
    if (error instanceof Paused) {
      await library.write(at => at.jobs.stop(id, owner, 'paused'));
      return;
    }
    const failure = failureOfRun(error, options.reportBug);
    await library.write(at => at.jobs.fail(id, owner, failure));
  }
}

function failureOfRun(error: unknown, reportBug: (error: unknown) => void): Failure {
  if (error instanceof Failed) return error.failure;
  reportBug(error);
  const what =
    error instanceof StageCrashed || !(error instanceof Error)
      ? String((error as { message?: unknown }).message ?? error)
      : `${error.name}: ${error.message}`;
  return { code: 'unknown', what };
}

interface ProgressWriter {
  put(progress: JobProgress): void;
  /** Writes nothing more, and waits for what is being written. */
  stop(): Promise<void>;
}

/** Writes the newest progress, one write after the other with a pause between. */
function progressWriter(write: (progress: JobProgress) => Promise<unknown>): ProgressWriter {
  let newest: JobProgress | null = null;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  const flush = (): void => {
    timer = undefined;
    const progress = newest;
    newest = null;
    if (!progress || isStopped) return;
    // A disk too full for a progress line fails the job where its result is written, not here.
    writing = write(progress).catch(() => undefined);
    timer = setTimeout(flush, WRITE_MILLISECONDS);
  };
  return {
    put(progress) {
      newest = progress;
      if (timer === undefined) flush();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await writing;
    },
  };
}
