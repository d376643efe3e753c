import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JobView } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { aLibrary } from '#test/library';
import { type TypingParams, typingProgram } from '#test/typing-program';
import { builtScript, testWorker } from '#test/worker-build';
import { someJobs } from '#test/worker-jobs';

const THREE_SLOW: TypingParams = { stages: 3, turns: 20, pauseMs: 50 };

interface Shell {
  readonly child: ChildProcess;
  readonly jobId: string;
  /** What it says of the job in the end. */
  readonly state: Promise<string>;
}

/** Another process that runs a job in the library at `folder`. */
async function aShell(folder: string, params: TypingParams): Promise<Shell> {
  const script = await builtScript('shell', 'test/support/worker-shell.ts');
  const child = spawn(process.execPath, [script, folder, await testWorker(), JSON.stringify(params)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const jobId = await next();
  return { child, jobId, state: next() };
}

const textOf = async (job: JobView): Promise<string> =>
  (await Promise.all(job.files.map(file => readFile(file.path, 'utf8')))).join('---\n');

describe('a library open in two processes', () => {
  it('shows one process the job of the other, from its progress to its end', async () => {
    const folder = temporaryFolder();
    const jobs = await someJobs(await aLibrary(folder), typingProgram);
    const { jobId, state } = await aShell(folder, { stages: 2, turns: 10, pauseMs: 50 });
    const seen: JobView[] = [];
    const job = await jobs.finish(jobId, view => seen.push(view));
    expect(job.state).toBe('done');
    expect(await state).toBe('done');
    expect(seen.some(view => view.state === 'running' && view.progress.fraction > 0)).toBe(true);
    expect(jobs.asked).toEqual([]);
  });

  it('cancels within 2 s a job that the other process runs', async () => {
    const folder = temporaryFolder();
    const jobs = await someJobs(await aLibrary(folder), typingProgram);
    const { jobId, state } = await aShell(folder, THREE_SLOW);
    await expect.poll(async () => (await jobs.list())[0]?.progress.fraction).toBeGreaterThan(0.1);
    const start = performance.now();
    await jobs.cancel(jobId);
    expect(performance.now() - start).toBeLessThan(2000);
    expect((await jobs.list())[0]?.state).toBe('cancelled');
    expect(await state).toBe('cancelled');
  });

  it('lets either migrate a new library, whichever comes first', async () => {
    const folder = temporaryFolder();
    const libraries = await Promise.all([
      aLibrary(folder),
      aShell(folder, { stages: 1, turns: 1, pauseMs: 0 }),
    ]);
    expect(await libraries[1].state).toBe('done');
    expect(await libraries[0].jobs.ids()).toHaveLength(1);
  });
});

describe('a shell that is killed with a job half done', () => {
  it('leaves a job that another process resumes by stage, to the bytes of an uninterrupted run', async () => {
    const whole = await someJobs(await aLibrary(), typingProgram);
    const wanted = await textOf(await whole.finish(await whole.enqueue('step', 'whole', THREE_SLOW)));

    const folder = temporaryFolder();
    const { child, jobId } = await aShell(folder, THREE_SLOW);
    const library = await aLibrary(folder);
    await expect
      .poll(async () => (await library.jobs.one(jobId))?.view.progress.fraction, { timeout: 10_000 })
      .toBeGreaterThan(0.4);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(library.scratch)).toHaveLength(1);

    const jobs = await someJobs(library, typingProgram);
    expect((await jobs.list())[0]).toMatchObject({ id: jobId, state: 'interrupted' });
    expect(await readdir(library.scratch)).toEqual([]);
    await jobs.retry(jobId);
    const resumed = await jobs.finish(jobId);
    expect(resumed).toMatchObject({ state: 'done', failure: null });
    expect(await textOf(resumed)).toBe(wanted);
    expect(jobs.asked.length).toBeLessThan(3);
  });

  it('is noticed by a process that has the library open already', async () => {
    const folder = temporaryFolder();
    const jobs = await someJobs(await aLibrary(folder), typingProgram);
    const { child, jobId } = await aShell(folder, THREE_SLOW);
    const ended = jobs.finish(jobId);
    await expect.poll(async () => (await jobs.list())[0]?.state).toBe('running');
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ state: 'interrupted' });
  });

  it('takes its workers with it', async () => {
    const folder = temporaryFolder();
    const { child } = await aShell(folder, THREE_SLOW);
    const library = await aLibrary(folder);
    await expect.poll(() => readdir(library.scratch)).toHaveLength(1);
    const children = async (): Promise<string[]> =>
      (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')).split(' ').filter(Boolean);
    const [worker = ''] = await children();
    expect(await readFile(`/proc/${worker}/cmdline`, 'utf8')).toContain('worker.js');
    child.kill('SIGKILL');
    await expect
      .poll(
        () =>
          readFile(`/proc/${worker}/stat`, 'utf8').then(
            text => text.slice(text.lastIndexOf(')') + 2)[0],
            () => 'gone',
          ),
        { timeout: 5000 },
      )
      .toMatch(/gone|Z|X/);
  });
});
