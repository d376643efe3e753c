import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Answers, Command } from './electron-double/control.ts';

const ROOT = join(import.meta.dirname, '../..');

type Answer<Asked extends Command> = Asked['ask'] extends keyof Answers ? Answers[Asked['ask']] : unknown;

export interface Double {
  /** The studio's page, as Playwright sees it. */
  readonly page: Page;
  readonly ask: <Asked extends Command>(command: Asked) => Promise<Answer<Asked>>;
  /** Resolves with the exit code when the program has ended. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

export interface DoubleOptions {
  /** Built main script, relative to the project. */
  readonly main?: string;
  readonly args?: readonly string[];
}

/** Starts the built app in the Electron double, with a library of its own, and waits for its page. */
export async function launchDouble({
  main = 'dist/main/app.js',
  args = [],
}: DoubleOptions = {}): Promise<Double> {
  const home = mkdtempSync(join(tmpdir(), 'backbeat-home-'));
  const child = fork(join(ROOT, main), [...args], {
    cwd: ROOT,
    env: { ...process.env, BACKBEAT_HOME: home, DOUBLE_PROFILE: join(home, 'chromium') },
    execArgv: ['--import', join(ROOT, 'test/support/electron-double/register.ts')],
    serialization: 'advanced',
  });
  const ended = new Promise<number | null>(resolve => {
    child.once('exit', resolve);
  });
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  child.on('message', message => {
    const { id, value, error } = message as { id: number; value?: unknown; error?: string };
    const call = pending.get(id);
    pending.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  });
  child.once('exit', code => {
    for (const call of pending.values()) call.reject(new Error(`the app ended with ${code}`));
  });
  let count = 0;
  const ask: Double['ask'] = command =>
    new Promise((resolve, reject) => {
      pending.set(++count, { resolve: value => resolve(value as Answer<typeof command>), reject });
      child.send({ id: count, command });
    });
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const browser = await chromium.connectOverCDP(await ask({ ask: 'endpoint' }));
    const page = await studioPage(browser);
    return { page, ask, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const START_SECONDS = 30;

/** The page that shows the studio; it is blank for a moment after it was made. */
async function studioPage(browser: Browser): Promise<Page> {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline) {
    const pages = browser.contexts().flatMap(context => context.pages());
    const page = pages.find(candidate => candidate.url().startsWith('https://bundle.app.double.test/'));
    if (page) return page;
    await setTimeout(50);
  }
  throw new Error(`no window showed the studio within ${START_SECONDS} s`);
}
