import type { StageTable } from '#shared/protocol';
import type { OpenProc } from './proc';
import { Cancelled } from './program';
import { type StageDone, type StageTask, Worker } from './worker';

export interface WorkerPool {
  /** What the workers can run. Throws `Failed` when no worker can be started. */
  stages(): Promise<StageTable>;
  /**
   * Runs a stage in the next free worker, started when needed. Throws `Failed` (the stage's own failure, `workerDied`,
   * `workerSilent`), `Cancelled` or `StageCrashed`; never before the stage has stopped writing.
   */
  run(task: StageTask): Promise<StageDone>;
  /** Kills all workers; what runs rejects. */
  close(): Promise<void>;
}

interface Waiting {
  readonly task: StageTask;
  readonly resolve: (done: Promise<StageDone>) => void;
  readonly reject: (reason: unknown) => void;
}

/** At most `size` worker processes; one that ended is replaced when the next stage wants it. */
export function createWorkerPool(open: OpenProc, size: number, silenceSeconds: number): WorkerPool {
  const workers = new Set<Worker>();
  const queue: Waiting[] = [];
  let table: StageTable | null = null;
  let isClosed = false;
  let allGone: () => void = () => undefined;

  const openWorker = (): Worker => {
    const worker = new Worker(open, silenceSeconds, ended => {
      workers.delete(ended);
      if (workers.size === 0) allGone();
      pump();
    });
    workers.add(worker);
    return worker;
  };
  const freeWorker = (): Worker | null => {
    for (const worker of workers) if (worker.isFree) return worker;
    return workers.size < size ? openWorker() : null;
  };
  const pump = (): void => {
    while (queue.length > 0) {
      const worker = freeWorker();
      const waiting = worker && queue.shift();
      if (!waiting) return;
      const done = worker.run(waiting.task);
      waiting.resolve(done);
      // The worker is free again for whoever waits; one that died is replaced when its exit is heard.
      void done.then(pump, pump);
    }
  };

  return {
    async stages() {
      const [first] = workers;
      table ??= await (first ?? openWorker()).stages();
      return table;
    },
    run(task) {
      if (isClosed || task.signal.aborted) return Promise.reject(new Cancelled('cancelled'));
      const { promise, resolve, reject } = Promise.withResolvers<StageDone>();
      const waiting = { task, resolve, reject };
      const leave = (): void => {
        const place = queue.indexOf(waiting);
        if (place < 0) return;
        queue.splice(place, 1);
        reject(new Cancelled('cancelled'));
      };
      task.signal.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
      pump();
      return promise.finally(() => task.signal.removeEventListener('abort', leave));
    },
    async close() {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(new Cancelled('closed'));
      if (workers.size === 0) return;
      const gone = new Promise<void>(resolve => {
        allGone = resolve;
      });
      for (const worker of workers) worker.kill('cancelled');
      await gone;
    },
  };
}
