import { randomUUID } from 'node:crypto';
import { JOB_KINDS, type JobKind, type JobView } from '#shared/protocol';
import { type Library, LIVE_STATES, type StoredJob } from '#main/library';
import { Failed } from '#main/platform';
import { INTERRUPTED, runJob } from './job-run';
import { watchJobs } from './job-watch';
import { OwnerJudge, thisOwner } from './owner';
import type { OpenProc } from './proc';
import type { JobProgram } from './program';
import { createScratch } from './scratch';
import { createWorkerPool } from './worker-pool';

export interface JobsOptions {
  readonly library: Library;
  readonly programs: Readonly<Partial<Record<JobKind, JobProgram>>>;
  /** Worker processes, and jobs that run at the same time. */
  readonly workerCount: number;
  readonly openProc: OpenProc;
  /** Folder of the bundled models, `native-models`. */
  readonly modelsFolder: string;
  /** Called when the first job starts; answers the undo, called when the last one has ended. Must not throw. */
  readonly keepAwake?: () => () => void;
  /** Seconds without a sign of life after which a worker is killed. */
  readonly silenceSeconds?: number;
  /** Hears of exceptions in programs and stages that are no expected failure. */
  readonly reportBug?: (error: unknown) => void;
}

export interface PlannedJob {
  readonly title: string;
  readonly params: unknown;
}

/** The job queue: kept in the library, run by every process that has it open, each its own jobs. */
export interface Jobs {
  /** Puts a job at the end of the queue; this process will run it. Answers its id. */
  enqueue(kind: JobKind, title: string, params: unknown): Promise<string>;
  /** The same for many at once, in their order. */
  enqueueAll(kind: JobKind, jobs: readonly PlannedJob[]): Promise<readonly string[]>;
  list(): Promise<readonly JobView[]>;
  /** Returns within 2 s, whichever process runs the job. */
  cancel(jobId: string): Promise<void>;
  /** Has a job rest once what it has begun is done, whichever process runs it; of jobs that cannot, all that is left is done. Returns at once. */
  pause(jobId: string): Promise<void>;
  /**
   * Starts a failed, cancelled, interrupted or paused job again in this process; finished stages are not run twice. `change` makes
   * other parameters of the job's own.
   */
  retry(jobId: string, change?: (params: unknown, kind: JobKind) => unknown): Promise<void>;
  /** Takes an ended job off the list. */
  dismiss(jobId: string): Promise<void>;
  /** Calls `listener` with all jobs, at once and at every change, at most ten times a second; returns the undo. */
  watch(listener: (jobs: readonly JobView[]) => void): () => void;
  /** Resolves when the job has ended in whichever process runs it; `onChange` hears of every change until then. */
  finish(jobId: string, onChange?: (job: JobView) => void): Promise<JobView>;
  /** Ends the worker processes; running jobs become `interrupted`, so that any process may resume them. */
  close(): Promise<void>;
}

/** A stage yields many times a second; only a hung one is silent this long, however loaded the machine. */
const SILENCE_SECONDS = 30;
const BEAT_MILLISECONDS = 2000;
/** How long a cancellation in another process may take. */
const FOREIGN_CANCEL_MILLISECONDS = 1900;

/** Short jobs that somebody waits for at a dialog: they do not wait until songs are done, only for a worker between two stages. */
const AT_ONCE: ReadonlySet<JobKind> = new Set(['inspect-model', 'import-model']);

/** They work with processes of their own, one such job at a time, so that for hours nobody waits for them. */
const CREWED: ReadonlySet<JobKind> = new Set(['generate-dataset']);

/** What may be started beside jobs that run. */
function kindsToStart(running: readonly JobKind[], workerCount: number): readonly JobKind[] {
  const crewed = running.filter(kind => CREWED.has(kind)).length;
  const others = running.length - crewed;
  return JOB_KINDS.filter(kind => {
    if (CREWED.has(kind)) return crewed === 0;
    return others < workerCount || (others === workerCount && AT_ONCE.has(kind));
  });
}

interface Run {
  readonly kind: JobKind;
  readonly controller: AbortController;
  readonly pausing: AbortController;
  readonly ended: Promise<void>;
}

/** Opens the queue: jobs of processes that are gone become `interrupted`, and what their workers left is removed. */
export async function openJobs(options: JobsOptions): Promise<Jobs> {
  const { library, programs, workerCount } = options;
  const reportBug = options.reportBug ?? (() => undefined);
  const owner = thisOwner();
  const judge = new OwnerJudge();
  const { openProc, silenceSeconds = SILENCE_SECONDS } = options;
  const pool = createWorkerPool(openProc, workerCount, silenceSeconds);
  const scratch = createScratch(library.scratch, owner);
  const runs = new Map<string, Run>();
  let isClosed = false;
  let sleep: (() => void) | null = null;
  let unwatch: (() => void) | null = null;

  const interruptOrphans = async (): Promise<void> => {
    for (const { owner: other, seen } of await library.jobs.liveOwners())
      if (!judge.isAlive(other, seen)) await library.write(at => at.jobs.interruptAll(other));
  };

  const begin = (job: StoredJob): void => {
    const controller = new AbortController();
    const pausing = new AbortController();
    const { signal } = controller;
    const { kind } = job.view;
    const ended = runJob(job, {
      library,
      pool,
      scratch,
      modelsFolder: options.modelsFolder,
      owner,
      program: programs[kind],
      signal,
      pausing: pausing.signal,
      openProc,
      silenceSeconds,
      reportBug,
    })
      .catch(reportBug)
      .then(() => {
        runs.delete(job.view.id);
        settle();
        return pump();
      });
    runs.set(job.view.id, { kind, controller, pausing, ended });
  };
  /** One turn after the other, so that no two see the same job waiting. */
  let turn: Promise<void> = Promise.resolve();
  const pump = (): Promise<void> => {
    turn = turn.then(startWaiting).catch(reportBug);
    return turn;
  };
  const startWaiting = async (): Promise<void> => {
    for (;;) {
      const kinds = kindsToStart(
        [...runs.values()].map(({ kind }) => kind),
        workerCount,
      );
      const job = isClosed ? null : await library.jobs.nextWaiting(owner, kinds);
      if (!job) return;
      if (!(await library.write(at => at.jobs.start(job.view.id, owner, Date.now())))) continue;
      begin(job);
      settle();
    }
  };
  /** While a job runs the machine stays awake, and other processes' wishes to cancel or pause it are heard. */
  const settle = (): void => {
    if (runs.size > 0) {
      sleep ??= options.keepAwake?.() ?? null;
      unwatch ??= library.watch(changed => {
        if (changed.includes('jobs')) void heedWishes().catch(reportBug);
      });
      return;
    }
    sleep?.();
    sleep = null;
    unwatch?.();
    unwatch = null;
  };
  const heedWishes = async (): Promise<void> => {
    for (const id of await library.jobs.askedToCancel(owner)) runs.get(id)?.controller.abort();
    for (const id of await library.jobs.askedToPause(owner)) runs.get(id)?.pausing.abort();
  };

  /** A job whose end could not be written down, on a disk that was full to the brim, is written down later. */
  const interruptLost = async (): Promise<void> => {
    for (const id of await library.jobs.running(owner))
      if (!runs.has(id)) await library.write(at => at.jobs.stop(id, owner, 'interrupted'));
  };
  const beat = async (): Promise<void> => {
    if (runs.size > 0) await library.write(at => at.jobs.beat(owner, Date.now()));
    await interruptOrphans();
    turn = turn.then(interruptLost).catch(reportBug);
    await turn;
  };
  await interruptOrphans();
  await scratch.sweep(other => judge.isAlive(other, 0));
  const beating = setInterval(() => void beat().catch(reportBug), BEAT_MILLISECONDS);
  beating.unref();

  const one = async (jobId: string) => {
    const job = await library.jobs.one(jobId);
    if (!job) throw new Failed({ code: 'notFound', path: `job ${jobId}` });
    return job;
  };
  const finish: Jobs['finish'] = (jobId, onChange) =>
    new Promise((resolve, reject) => {
      let changed = -1;
      const look = async (): Promise<void> => {
        const job = await one(jobId);
        if (job.changed === changed) return;
        changed = job.changed;
        onChange?.(job.view);
        if (LIVE_STATES.includes(job.view.state)) return;
        stop();
        resolve(job.view);
      };
      const giveUp = (error: unknown): void => {
        stop();
        reject(error);
      };
      const stop = library.watch(nouns => {
        if (nouns.includes('jobs')) look().catch(giveUp);
      });
      look().catch(giveUp);
    });

  const enqueueAll: Jobs['enqueueAll'] = async (kind, planned) => {
    const createdAt = new Date().toISOString();
    const added = planned.map(job => ({ id: randomUUID(), kind, ...job, owner, createdAt }));
    await library.write(at => at.jobs.add(added, Date.now()));
    void pump();
    return added.map(job => job.id);
  };

  return {
    async enqueue(kind, title, params) {
      const [id = ''] = await enqueueAll(kind, [{ title, params }]);
      return id;
    },
    enqueueAll,
    list: async () => (await library.jobs.all()).map(job => job.view),
    async cancel(jobId) {
      const run = runs.get(jobId);
      if (run) {
        run.controller.abort();
        await run.ended;
        return;
      }
      const job = await one(jobId);
      if (!LIVE_STATES.includes(job.view.state)) return;
      if (job.view.state === 'waiting') {
        await library.write(at => at.jobs.stop(jobId, job.owner, 'cancelled'));
        return;
      }
      await library.write(at => at.jobs.askCancel(jobId));
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FOREIGN_CANCEL_MILLISECONDS);
      await Promise.race([finish(jobId), promise]);
      clearTimeout(timer);
    },
    async pause(jobId) {
      const job = await one(jobId);
      const isWaiting =
        job.view.state === 'waiting' && (await library.write(at => at.jobs.stop(jobId, job.owner, 'paused')));
      if (isWaiting) return;
      await library.write(at => at.jobs.askPause(jobId));
      runs.get(jobId)?.pausing.abort();
    },
    async retry(jobId, change) {
      const job = await one(jobId);
      const params = change?.(job.params, job.view.kind);
      await library.write(at => at.jobs.requeue(jobId, owner, Date.now(), params));
      void pump();
    },
    async dismiss(jobId) {
      await library.write(at => at.jobs.remove(jobId));
    },
    watch: listener => watchJobs(library, listener, reportBug),
    finish,
    async close() {
      isClosed = true;
      clearInterval(beating);
      await turn;
      for (const { controller } of runs.values()) controller.abort(INTERRUPTED);
      await pool.close();
      await Promise.all([...runs.values()].map(run => run.ended));
      await library.write(at => at.jobs.interruptAll(owner));
    },
  };
}
