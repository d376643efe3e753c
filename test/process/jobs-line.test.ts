import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Proc } from '#main/jobs';
import type { JobView } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const SONG = resolve('assets/demo/first-light.mp3');

const paramsInto = (out: string) => ({
  file: SONG,
  out,
  tempo: 'auto',
  skeleton: {
    bpm: 120,
    bars: 4,
    meter: { numerator: 4, denominator: 4 },
    seed: 7,
    style: 'rock',
    motionMode: 'B',
    motionKeep: 6,
    fillProbability: 0.25,
    texture: true,
  },
  choice: 'round_robin',
  format: '24',
  hearing: {},
});

/** Every file below `folder` and the hash of its bytes. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [
        path.slice(folder.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );

/** All that the line left in the library, but the paths and times of this run. */
async function contentsOf({ services }: WatchedStudio): Promise<unknown> {
  const [track] = await services.tracks();
  return {
    track: { ...track, addedAt: null },
    hits: await services.hits(track?.id ?? ''),
    kits: await services.kits(),
    patterns: await services.patterns(),
  };
}

const EVERY_STAGE = [
  'read',
  'separate',
  'hits',
  'bleed',
  'slices',
  'tempo',
  'kit',
  'embed',
  'roles',
  'grid',
  'transformer',
  'layout',
  'edit',
  'render',
];

/** Where stages are interrupted that take long enough to be caught half way; the others as soon as they have begun. */
const HALF_WAY: Readonly<Record<string, number>> = { separate: 0.3, hits: 0.2, kit: 0.4, embed: 0.2 };

/** A run of the whole line that nobody interrupts: what every other run is compared with. */
async function wholeRun() {
  const studio = await aStudio();
  const out = temporaryFolder();
  const job = await studio.jobs.finish(await studio.jobs.enqueue('run-line', 'whole', paramsInto(out)));
  expect(job).toMatchObject({ state: 'done', failure: null });
  return { files: filesIn(out), contents: await contentsOf(studio) };
}

/** Starts a job again and again until it is through; `inStage` does its worst in the middle of every stage, once. */
async function interruptedRun(
  inStage: (studio: WatchedStudio, jobId: string, proc: Proc) => Promise<void>,
  expected: Partial<JobView>,
) {
  const studio = await aStudio();
  const out = temporaryFolder();
  const left = new Set(EVERY_STAGE);
  let attack: Promise<void> = Promise.resolve();
  const arm = (jobId: string): void => {
    for (const stage of left)
      studio.atStage(stage, HALF_WAY[stage] ?? 0, proc => {
        left.delete(stage);
        attack = inStage(studio, jobId, proc);
      });
  };
  const jobId = await studio.jobs.enqueue('run-line', 'interrupted', paramsInto(out));
  arm(jobId);
  for (let turn = 0; turn < EVERY_STAGE.length; turn++) {
    expect(await studio.jobs.finish(jobId)).toMatchObject(expected);
    await attack;
    expect(readdirSync(studio.library.scratch)).toEqual([]);
    expect(filesIn(out)).toEqual({});
    await studio.jobs.retry(jobId);
  }
  expect(await studio.jobs.finish(jobId)).toMatchObject({ state: 'done', failure: null });
  expect([...left]).toEqual([]);
  // Every stage ran to its end exactly once: what was finished was never done again.
  expect(studio.ran.map(({ stage }) => stage).sort()).toEqual([...EVERY_STAGE].sort());
  return { files: filesIn(out), contents: await contentsOf(studio) };
}

it('resumes a line whose worker was killed in the middle of each stage, to the bytes of an uninterrupted run', async () => {
  const whole = await wholeRun();
  const resumed = await interruptedRun(async (_studio, _jobId, proc) => proc.kill(), {
    state: 'failed',
    failure: expect.objectContaining({ code: 'workerDied', reason: 'killed by SIGKILL' }),
  });
  expect(resumed.files).toEqual(whole.files);
  expect(resumed.contents).toEqual(whole.contents);
});

it('is cancelled within 2 s in each stage, and goes on from there to the same bytes', async () => {
  const whole = await wholeRun();
  const took: number[] = [];
  const resumed = await interruptedRun(
    async ({ services }, jobId) => {
      const start = performance.now();
      await services.cancelJob(jobId);
      took.push(performance.now() - start);
    },
    { state: 'cancelled', failure: null },
  );
  expect(took).toHaveLength(EVERY_STAGE.length);
  expect(Math.max(...took)).toBeLessThan(2000);
  expect(resumed.files).toEqual(whole.files);
  expect(resumed.contents).toEqual(whole.contents);
});
