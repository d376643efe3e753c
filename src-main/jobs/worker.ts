import type { FromWorker, StageTable, WrittenFile } from '#shared/protocol';
import { Failed } from '#main/platform';
import type { OpenProc, Proc } from './proc';
import { Cancelled } from './program';

export interface StageTask {
  readonly stage: string;
  readonly input: unknown;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number, rate: string) => void;
  /** Somebody waits for it. */
  readonly isAwaited?: boolean;
}

export interface StageDone {
  readonly values: unknown;
  readonly files: readonly WrittenFile[];
}

/** A bug in a stage, told by its worker. */
export class StageCrashed extends Error {
  override readonly name = 'StageCrashed';
}

/** A cancelled stage has this long to end by itself; then its process is killed. */
const GRACE_MILLISECONDS = 1500;

interface Running {
  readonly id: number;
  readonly task: StageTask;
  readonly resolve: (done: StageDone) => void;
  readonly reject: (reason: unknown) => void;
  readonly undo: () => void;
}

/** One worker process and the stage that it is at. */
export class Worker {
  readonly #proc: Proc;
  readonly #stages = Promise.withResolvers<StageTable>();
  readonly #silenceSeconds: number;
  readonly #ticking: NodeJS.Timeout;
  #running: Running | null = null;
  #lastId = 0;
  #silentSeconds = 0;
  #isKilled = false;
  #why: 'silent' | 'cancelled' | null = null;

  constructor(open: OpenProc, silenceSeconds: number, onExit: (worker: Worker) => void) {
    this.#silenceSeconds = silenceSeconds;
    this.#stages.promise.catch(() => undefined);
    this.#proc = open();
    this.#proc.onMessage(message => this.#hear(message as FromWorker));
    this.#proc.onExit(reason => {
      clearInterval(this.#ticking);
      onExit(this);
      this.#died(reason);
    });
    // Ticks, not clock time: neither a sleeping machine nor a busy shell makes a worker silent.
    this.#ticking = setInterval(() => this.#tick(), 1000);
    this.#ticking.unref();
  }

  /** A killed worker takes nothing more, though it may live a moment longer. */
  get isFree(): boolean {
    return this.#running === null && !this.#isKilled;
  }

  /** What it can run; rejects when it ends before it said so. */
  stages(): Promise<StageTable> {
    return this.#stages.promise;
  }

  /** Runs a stage; the worker must be free. Settles once the stage has ended or its process is gone. */
  run(task: StageTask): Promise<StageDone> {
    const { promise, resolve, reject } = Promise.withResolvers<StageDone>();
    const id = ++this.#lastId;
    let killing: NodeJS.Timeout | undefined;
    const abort = (): void => {
      if (killing !== undefined) return;
      this.#proc.postMessage({ kind: 'abort', id });
      killing = setTimeout(() => this.kill('cancelled'), GRACE_MILLISECONDS);
    };
    task.signal.addEventListener('abort', abort, { once: true });
    const undo = (): void => {
      task.signal.removeEventListener('abort', abort);
      clearTimeout(killing);
    };
    this.#running = { id, task, resolve, reject, undo };
    this.#silentSeconds = 0;
    try {
      const { stage, input, folder, isAwaited = false } = task;
      this.#proc.postMessage({ kind: 'run', id, stage, input, folder, isAwaited });
    } catch (error) {
      // Something in the input that no message can carry.
      this.#running = null;
      undo();
      reject(error);
      return promise;
    }
    if (task.signal.aborted) abort();
    return promise;
  }

  kill(why: 'silent' | 'cancelled' | null): void {
    this.#why ??= why;
    this.#isKilled = true;
    this.#proc.kill();
  }

  #hear(message: FromWorker): void {
    this.#silentSeconds = 0;
    if (message.kind === 'alive') return;
    if (message.kind === 'ready') {
      this.#stages.resolve(message.stages);
      return;
    }
    const running = this.#running;
    if (running?.id !== message.id) return;
    if (message.kind === 'progress') {
      running.task.onProgress(message.fraction, message.rate);
      return;
    }
    this.#running = null;
    running.undo();
    switch (message.kind) {
      case 'done':
        running.resolve({ values: message.values, files: message.files });
        return;
      case 'failed':
        running.reject(new Failed(message.failure));
        return;
      case 'cancelled':
        running.reject(new Cancelled('cancelled'));
        return;
      case 'crashed':
        running.reject(new StageCrashed(message.reason, { cause: message.stack }));
    }
  }

  #tick(): void {
    this.#silentSeconds++;
    if (this.#silentSeconds > this.#silenceSeconds) this.kill('silent');
  }

  #died(reason: string): void {
    const stage = this.#running?.task.stage ?? 'starting';
    const died =
      this.#why === 'cancelled'
        ? new Cancelled('cancelled')
        : new Failed(
            this.#why === 'silent'
              ? { code: 'workerSilent', stage, seconds: this.#silenceSeconds }
              : { code: 'workerDied', stage, reason },
          );
    this.#stages.reject(died);
    const running = this.#running;
    this.#running = null;
    running?.undo();
    running?.reject(died);
  }
}
