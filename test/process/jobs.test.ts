import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { JobProgram, StageCaller } from '#main/jobs';
import type { JobView } from '#shared/protocol';
import { aLibrary } from '#test/library';
import { someJobs } from '#test/worker-jobs';

interface Params {
  readonly stages: readonly string[];
}

/** Calls the stages that its params name; `type` is slow enough to be caught at it. */
const callStages: JobProgram = async (call, params) => {
  const { stages } = params as Params;
  call.plan(stages.length, stages.length);
  const files = [];
  for (const [index, name] of stages.entries()) {
    const { files: made } = await call.stage(name, inputOf(name, index), { title: name, weight: 1 });
    for (const file of Object.values(made))
      files.push({ kind: name, name: `${index}`, path: file.path, bytes: 0 });
  }
  return { files, made: {} };
};

const inputOf = (name: string, index: number) =>
  name === 'type' ? { text: `stage ${index}`, turns: 10, pauseMs: 30 } : {};

const textOf = async (job: JobView): Promise<string> =>
  (await Promise.all(job.files.map(file => readFile(file.path, 'utf8')))).join('---\n');

describe('a job', () => {
  it('runs its stages and leaves their files in the artefact store', async () => {
    const library = await aLibrary();
    const jobs = await someJobs(library, callStages);
    const id = await jobs.enqueue('step', 'Two texts', { stages: ['type', 'type'] });
    const seen: number[] = [];
    const job = await jobs.finish(id, view => seen.push(view.progress.fraction));
    expect(job).toMatchObject({ state: 'done', title: 'Two texts', failure: null });
    expect(job.progress.fraction).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.some(fraction => fraction > 0 && fraction < 0.5)).toBe(true);
    expect(await textOf(job)).toMatch(/^0 stage 0\n.*9 stage 0\n---\n0 stage 1\n/s);
    expect(await readdir(library.scratch)).toEqual([]);
  });

  it('takes the result of an equal former stage instead of running it', async () => {
    const library = await aLibrary();
    const jobs = await someJobs(library, callStages);
    const first = await jobs.finish(await jobs.enqueue('step', 'a', { stages: ['type'] }));
    const second = await jobs.finish(await jobs.enqueue('step', 'b', { stages: ['type', 'type'] }));
    expect(jobs.asked).toEqual(['type', 'type']);
    expect(second.files[0]?.path).toBe(first.files[0]?.path);
  });

  it.each([
    ['refuse', { code: 'silent', peakDecibels: -90 }],
    ['crash', { code: 'unknown', what: 'TypeError: a bug of the test' }],
    ['exit', { code: 'workerDied', stage: 'exit', reason: 'exit code 7: RangeError: out of everything' }],
    ['full-disk', { code: 'diskFull' }],
  ])('fails with its reason when its stage does (%s), and the queue goes on', async (stage, failure) => {
    const library = await aLibrary();
    const jobs = await someJobs(library, callStages);
    const bad = await jobs.enqueue('step', 'bad', { stages: [stage] });
    const good = await jobs.enqueue('step', 'good', { stages: ['type'] });
    expect(await jobs.finish(bad)).toMatchObject({ state: 'failed', failure });
    expect(await jobs.finish(good)).toMatchObject({ state: 'done', failure: null });
    expect(await readdir(library.scratch)).toEqual([]);
  });

  it('fails when its worker gives no sign of life, and the queue goes on', async () => {
    const library = await aLibrary();
    const jobs = await someJobs(library, callStages, { silenceSeconds: 2 });
    const bad = await jobs.enqueue('step', 'bad', { stages: ['hang'] });
    const good = await jobs.enqueue('step', 'good', { stages: ['type'] });
    expect(await jobs.finish(bad)).toMatchObject({
      state: 'failed',
      failure: { code: 'workerSilent', stage: 'hang', seconds: 2 },
    });
    expect(await jobs.finish(good)).toMatchObject({ state: 'done' });
  });

  it.each(['type', 'deaf', 'hang'])('is cancelled within 2 s in the stage "%s"', async stage => {
    const library = await aLibrary();
    const jobs = await someJobs(library, callStages);
    const id = await jobs.enqueue('step', 'long', { stages: [stage] });
    await new Promise<void>(resolve => {
      jobs.onStage(stage, () => setTimeout(resolve, 150));
    });
    const start = performance.now();
    await jobs.cancel(id);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(await jobs.finish(id)).toMatchObject({ state: 'cancelled', failure: null });
    expect(await readdir(library.scratch)).toEqual([]);
    expect(await jobs.finish(await jobs.enqueue('step', 'next', { stages: ['type'] }))).toMatchObject({
      state: 'done',
    });
  });

  it('is cancelled before it began', async () => {
    const jobs = await someJobs(await aLibrary(), callStages);
    const running = await jobs.enqueue('step', 'first', { stages: ['type'] });
    const waiting = await jobs.enqueue('step', 'second', { stages: ['type', 'type'] });
    await jobs.cancel(waiting);
    expect(await jobs.finish(waiting)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.finish(running)).toMatchObject({ state: 'done' });
    expect(jobs.asked).toEqual(['type']);
  });

  it('resumes after its worker was killed, to the same bytes as an uninterrupted run', async () => {
    const params = { stages: ['type', 'type', 'type'] };
    const whole = await someJobs(await aLibrary(), callStages);
    const wanted = await textOf(await whole.finish(await whole.enqueue('step', 'whole', params)));

    const jobs = await someJobs(await aLibrary(), callStages);
    const id = await jobs.enqueue('step', 'killed', params);
    jobs.onStage('type', () => {
      jobs.onStage('type', ({ proc }) => setTimeout(() => proc.kill(), 100));
    });
    expect(await jobs.finish(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'workerDied', stage: 'type', reason: 'killed by SIGKILL' },
    });
    await jobs.retry(id);
    const resumed = await jobs.finish(id);
    expect(resumed).toMatchObject({ state: 'done', failure: null });
    expect(await textOf(resumed)).toBe(wanted);
    expect(jobs.asked).toHaveLength(4);
  });

  it('is told to whoever watches, at most ten times a second, and gone once dismissed', async () => {
    const jobs = await someJobs(await aLibrary(), callStages);
    const told: { readonly at: number; readonly jobs: readonly JobView[] }[] = [];
    const stop = jobs.watch(list => told.push({ at: performance.now(), jobs: list }));
    const id = await jobs.enqueue('step', 'watched', { stages: ['type', 'type'] });
    await jobs.finish(id);
    await expect.poll(() => told.at(-1)?.jobs[0]?.state).toBe('done');
    const gaps = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(95);
    await jobs.dismiss(id);
    await expect.poll(() => told.at(-1)?.jobs).toEqual([]);
    stop();
  });

  it('gives a guess of the time left only after 3 s of evidence', async () => {
    const slow: JobProgram = async (call: StageCaller) => {
      call.plan(1, 1);
      await call.stage('type', { text: 'slow', turns: 50, pauseMs: 100 }, { title: 'Typing', weight: 1 });
      return { files: [], made: {} };
    };
    const jobs = await someJobs(await aLibrary(), slow);
    const seen: JobView['progress'][] = [];
    await jobs.finish(await jobs.enqueue('step', 'slow', {}), job => seen.push(job.progress));
    // A twentieth of it takes a quarter of a second, far from 3 s on a busy machine too.
    const early = seen.filter(({ fraction }) => fraction < 0.05);
    const late = seen.filter(({ fraction }) => fraction > 0.7 && fraction < 0.9);
    expect(early.map(({ secondsLeft }) => secondsLeft)).toEqual(early.map(() => null));
    expect(late.length).toBeGreaterThan(0);
    for (const { secondsLeft, fraction, rate } of late) {
      expect(secondsLeft).toBeGreaterThan(0);
      expect(secondsLeft).toBeLessThan(100 * (1 - fraction));
      expect(rate).toMatch(/^\d+ lines$/);
    }
  });

  it('keeps the machine awake from the first job to the end of the last', async () => {
    const told: string[] = [];
    const jobs = await someJobs(await aLibrary(), callStages, {
      workerCount: 2,
      keepAwake() {
        told.push('awake');
        return () => void told.push('may sleep');
      },
    });
    const ids = [];
    for (const title of ['a', 'b', 'c']) ids.push(await jobs.enqueue('step', title, { stages: ['type'] }));
    await Promise.all(ids.map(id => jobs.finish(id)));
    await expect.poll(() => told).toEqual(['awake', 'may sleep']);
  });

  it('is interrupted when its process closes, running or waiting, and resumes in the next', async () => {
    const library = await aLibrary();
    const first = await someJobs(library, callStages);
    const running = await first.enqueue('step', 'running', { stages: ['type', 'type'] });
    const waiting = await first.enqueue('step', 'waiting', { stages: ['type'] });
    await new Promise<void>(resolve => {
      first.onStage('type', () => resolve());
    });
    await first.close();
    const next = await someJobs(library, callStages);
    expect((await next.list()).map(job => job.state)).toEqual(['interrupted', 'interrupted']);
    await next.retry(waiting);
    await next.retry(running);
    expect(await next.finish(waiting)).toMatchObject({ state: 'done' });
    expect(await next.finish(running)).toMatchObject({ state: 'done' });
  });
});
