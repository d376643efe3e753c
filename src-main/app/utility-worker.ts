import { utilityProcess } from 'electron';
import type { OpenProc } from '#main/jobs';

/** Starts worker processes as Electron's utility processes: a packaged app has no `node` to fork. */
export function utilityWorker(script: string): OpenProc {
  return () => {
    const child = utilityProcess.fork(script, [], { serviceName: 'Backbeat worker' });
    let isKilled = false;
    // SIGTERM, which `child.kill` sends, is not seen by a worker in the middle of a long computation.
    const killNow = (): void => {
      try {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      } catch {
        // It ended by itself a moment ago, and its exit is about to be told.
      }
    };
    child.once('spawn', () => {
      if (isKilled) killNow();
    });
    return {
      postMessage: message => child.postMessage(message),
      onMessage: listener => void child.on('message', listener),
      onExit: listener =>
        void child.once('exit', code => listener(isKilled ? 'killed by SIGKILL' : `exit code ${code}`)),
      kill() {
        isKilled = true;
        killNow();
      },
    };
  };
}
