import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { demoHome } from './demo-home';

const ROOT = join(import.meta.dirname, '../..');

export interface RunningHost {
  /** Address with the token that works once. */
  readonly address: string;
  /** Folder of its library. */
  readonly home: string;
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

/** Starts the built web host with a library of its own that has the demo in it. */
export async function startDemoHost(): Promise<RunningHost> {
  const home = await demoHome(folder => startWebHost({ home: folder }));
  const host = await startWebHost({ home });
  return {
    ...host,
    async close() {
      await host.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Starts the built web host with a library of its own (or `home`, which is then kept). */
export async function startWebHost(
  options: { readonly home?: string; readonly args?: readonly string[] } = {},
): Promise<RunningHost> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'backbeat-home-'));
  const child = spawn(process.execPath, [join(ROOT, 'dist/main/host.js'), ...(options.args ?? [])], {
    cwd: ROOT,
    env: { ...process.env, BACKBEAT_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>(resolve => {
    child.once('exit', resolve);
  });
  const address = await addressOf(child);
  return {
    address,
    home,
    process: child,
    ended,
    async close() {
      child.kill('SIGTERM');
      await ended;
      if (options.home === undefined) {
        rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      }
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the web host has no stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = /http:\S+/.exec(line) ?? [];
    if (address !== undefined) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error('the web host ended before it listened');
}
