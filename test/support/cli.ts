import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

export interface CliAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line; `npm test` builds it first. */
const CLI = resolve('dist/main/cli.js');

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'backbeat-test-'));

/** A folder of the test's own that is gone when the test has finished. */
export function scratchFolder(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same for a whole `describe`, called in its body. */
export function suiteFolder(): string {
  const folder = newFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `backbeat` as a user would, with a library of its own; `onStderr` hears its progress, `signal` interrupts it. */
export function backbeat(
  home: string,
  argv: readonly string[],
  options: {
    readonly cwd?: string;
    readonly interrupt?: AbortSignal;
    /** Beside this process's own. */
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<CliAnswer> {
  const child = spawn(process.execPath, [CLI, ...argv], {
    cwd: options.cwd ?? home,
    env: { ...process.env, ...options.environment, BACKBEAT_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  options.interrupt?.addEventListener('abort', () => child.kill('SIGINT'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', piece => (stdout += String(piece)));
  child.stderr.on('data', piece => (stderr += String(piece)));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', code => done({ code, stdout, stderr }));
  });
}
