import { join, resolve } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { forkWorker, type Proc } from '#main/jobs';
import { openStudio, type Studio } from '#main/usecases';
import type { FromWorker, ToWorker } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { testWorker } from '#test/worker-build';

export interface WatchedStudio extends Studio {
  readonly folder: string;
  /** Stages that workers ran to their end: name and milliseconds. */
  readonly ran: readonly { readonly stage: string; readonly milliseconds: number }[];
  /** Calls `call` once, when a worker says that it did `share` of `stage`; with 0, when it is asked to begin. */
  atStage(stage: string, share: number, call: (proc: Proc) => void): void;
  /** Calls `call` once, when a worker is asked to begin `stage` for the `number`-th time from now. */
  atRun(stage: string, number: number, call: () => void): void;
}

/** A whole studio on real worker processes, in a library of its own; closed after its test, or after its suite. */
export async function aStudio(
  folder = temporaryFolder(),
  whose: 'test' | 'suite' = 'test',
  modelsFolder = resolve('native-models'),
): Promise<WatchedStudio> {
  const open = forkWorker(await testWorker());
  const ran: { stage: string; milliseconds: number }[] = [];
  const waiting = new Map<string, { readonly share: number; readonly call: (proc: Proc) => void }>();
  const runs = new Map<string, { left: number; readonly call: () => void }>();
  const began = (stage: string): void => {
    const armed = runs.get(stage);
    if (!armed || --armed.left > 0) return;
    runs.delete(stage);
    armed.call();
  };
  const opened = await openStudio({
    folder,
    exportsFolder: join(folder, 'exports'),
    host: 'web',
    version: '0.0.0',
    workerCount: 1,
    demoFolder: resolve('assets/demo'),
    modelsFolder,
    keepAwake: () => () => undefined,
    openProc() {
      const proc = open();
      let current = { stage: '', start: 0 };
      const reached = (share: number): void => {
        const armed = waiting.get(current.stage);
        if (!armed || share < armed.share) return;
        waiting.delete(current.stage);
        armed.call(proc);
      };
      proc.onMessage(message => {
        const heard = message as FromWorker;
        if (heard.kind === 'progress') reached(heard.fraction);
        if (heard.kind === 'done')
          ran.push({ stage: current.stage, milliseconds: performance.now() - current.start });
      });
      return {
        ...proc,
        postMessage(message) {
          proc.postMessage(message);
          const sent = message as ToWorker;
          if (sent.kind !== 'run') return;
          current = { stage: sent.stage, start: performance.now() };
          reached(0);
          began(sent.stage);
        },
      };
    },
    reportBug(error) {
      process.stderr.write(`bug: ${error instanceof Error ? error.stack : String(error)}\n`);
    },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  (whose === 'test' ? onTestFinished : afterAll)(() => opened.value.close());
  return {
    ...opened.value,
    folder,
    ran,
    atStage: (stage, share, call) => void waiting.set(stage, { share, call }),
    atRun: (stage, number, call) => void runs.set(stage, { left: number, call }),
  };
}
