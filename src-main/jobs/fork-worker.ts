import { fork } from 'node:child_process';
import type { OpenProc } from './proc';

/** Of what a dying worker wrote to stderr: enough for the line that says why. */
const ERROR_CHARACTERS = 2000;

/** Starts worker processes as children of Node; `script` is the built stage worker. */
export function forkWorker(script: string): OpenProc {
  return () => {
    const child = fork(script, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // What debugs or tests the shell does not belong into its workers.
      // Its memory must not grow with the song's length: garbage is collected early, before it piles up.
      execArgv: ['--max-semi-space-size=1', '--expose-gc'],
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-ERROR_CHARACTERS);
    });
    return {
      // A line that just broke is told by the exit that follows.
      postMessage: message => void child.send(message as object, () => undefined),
      onMessage: listener => void child.on('message', listener),
      onExit(listener) {
        let isTold = false;
        const tell = (reason: string): void => {
          if (!isTold) listener(reason);
          isTold = true;
        };
        child.on('error', error => tell(error.message));
        // `close`, not `exit`: only then has all of stderr come.
        child.on('close', (code, signal) => tell(reasonOf(code, signal, errors)));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function reasonOf(code: number | null, signal: string | null, errors: string): string {
  if (signal) return `killed by ${signal}`;
  const line = errors.split('\n').find(text => /error/i.test(text));
  return line ? `exit code ${code}: ${line.trim()}` : `exit code ${code}`;
}
