import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface ProgramRun {
  /** What it writes to stdout; end it early by `return`ing the iterator, which stops the program. */
  output(): AsyncIterable<Uint8Array>;
  /** Exit code, and the last of what it wrote to stderr; wait for it after `output` ended. */
  ended(): Promise<{ readonly code: number | null; readonly errors: string }>;
  stop(): void;
}

const ERROR_CHARACTERS = 4000;

/** Starts a program of the user's machine. It is killed when `signal` aborts, and `output` then throws its reason. */
export function startProgram(path: string, args: readonly string[], signal: AbortSignal): ProgramRun {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const stop = (): void => {
    child.kill('SIGKILL');
  };
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-ERROR_CHARACTERS);
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  const closed = once(child, 'close').then(
    ([code]) => ({ code: code as number | null, errors }),
    (error: unknown) => ({ code: null, errors: String(error) }),
  );
  void closed.then(() => signal.removeEventListener('abort', stop));
  return {
    async *output() {
      try {
        for await (const piece of child.stdout) yield piece as Uint8Array;
        signal.throwIfAborted();
      } finally {
        stop();
      }
    },
    ended: () => closed,
    stop,
  };
}

/** Runs a program to its end and answers what it wrote to stdout as text. */
export async function runProgram(
  path: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const run = startProgram(path, args, signal);
  const pieces: Uint8Array[] = [];
  for await (const piece of run.output()) pieces.push(piece);
  const { code, errors } = await run.ended();
  return { code, output: Buffer.concat(pieces).toString('utf8'), errors };
}

/** Full path of a program found in the folders of PATH; null when there is none. */
export async function findProgram(name: string): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, file);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
