import type { OpenProc } from './proc';
import { createWorkerPool } from './worker-pool';

/** Runs single stages at once, without a job, in a process of its own that stays: for what somebody waits for. */
export interface StageRunner {
  /** The stage's values. Throws `Failed`, `Cancelled` or a bug's error. The stage must write no files. */
  run<Values>(stage: string, input: unknown, signal?: AbortSignal): Promise<Values>;
  close(): Promise<void>;
}

const SILENCE_SECONDS = 30;

export function openStageRunner(openProc: OpenProc): StageRunner {
  const pool = createWorkerPool(openProc, 1, SILENCE_SECONDS);
  return {
    async run<Values>(stage: string, input: unknown, signal: AbortSignal = new AbortController().signal) {
      const done = await pool.run({
        stage,
        input,
        folder: '',
        signal,
        isAwaited: true,
        onProgress: () => undefined,
      });
      return done.values as Values;
    },
    close: () => pool.close(),
  };
}
