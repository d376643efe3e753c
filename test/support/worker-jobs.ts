import { onTestFinished } from 'vitest';
import { forkWorker, type JobProgram, type Jobs, type JobsOptions, openJobs, type Proc } from '#main/jobs';
import type { Library } from '#main/library';
import type { ToWorker } from '#shared/protocol';
import { testWorker } from '#test/worker-build';

export interface RunningStage {
  readonly stage: string;
  readonly proc: Proc;
}

export interface TestJobs extends Jobs {
  /** Names of the stages that workers were asked to run, in order. */
  readonly asked: readonly string[];
  /** Calls `then` once when a worker is asked to run `stage`. */
  onStage(stage: string, then: (running: RunningStage) => void): void;
}

/** A queue on `library` with worker processes that know the tests' stages too. */
export async function someJobs(
  library: Library,
  program: JobProgram,
  options: Partial<JobsOptions> = {},
): Promise<TestJobs> {
  const open = forkWorker(await testWorker());
  const asked: string[] = [];
  const waiting = new Map<string, (running: RunningStage) => void>();
  const jobs = await openJobs({
    modelsFolder: 'native-models',
    library,
    programs: { step: program, 'import-track': program },
    workerCount: 1,
    openProc() {
      const proc = open();
      return {
        ...proc,
        postMessage(message) {
          proc.postMessage(message);
          const sent = message as ToWorker;
          if (sent.kind !== 'run') return;
          asked.push(sent.stage);
          const then = waiting.get(sent.stage);
          waiting.delete(sent.stage);
          then?.({ stage: sent.stage, proc });
        },
      };
    },
    ...options,
  });
  onTestFinished(() => jobs.close());
  return { ...jobs, asked, onStage: (stage, then) => void waiting.set(stage, then) };
}
