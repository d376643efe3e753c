import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { GenerationConfigSchema } from '#shared/dataset';
import {
  type DatasetRequest,
  DatasetRequestSchema,
  type DatasetSampleEntry,
  DatasetSampleFilterSchema,
  type JobView,
} from '#shared/protocol';
import { scratchFolder, suiteFolder } from '#test/cli';
import { mountDisk } from '#test/disk-in-memory';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

/** Twelve samples in three parts. */
const CONFIG = GenerationConfigSchema.parse({
  num_profiles: 4,
  tempos_per_rudiment: 1,
  num_cycles_per_sample: 1,
  rudiments: ['flam_tap', 'five_stroke_roll', 'single_drag_tap'],
  augmentation_presets: ['clean_close', 'lo_fi'],
  seed: 31,
});
const SAMPLES = 12;

const home = suiteFolder();
const requestOf = (folder: string, change: Partial<DatasetRequest> = {}): DatasetRequest => ({
  ...DatasetRequestSchema.parse({ name: 'study', config: CONFIG, folder, workers: 1 }),
  ...change,
});
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A dataset's files by name and content, without who made it. */
function contentOf(folder: string): unknown {
  const { generator, files, ...rest } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  expect(generator.name).toBe('backbeat');
  return { ...rest, files: files.filter(({ path }: { path: string }) => path !== 'README.md') };
}

const partsIn = (folder: string): string[] => readdirSync(join(folder, '.run/parts'));

describe('the services of datasets', () => {
  let studio: WatchedStudio;
  let runId: string;
  let all: readonly DatasetSampleEntry[];
  const out = join(home, 'study');

  const samples = (filter: z.input<typeof DatasetSampleFilterSchema>, offset = 0, limit = 100) =>
    studio.services.datasetSamples(runId, DatasetSampleFilterSchema.parse(filter), offset, limit);
  const made = async (request: DatasetRequest): Promise<{ runId: string; job: JobView }> => {
    const begun = await studio.services.generateDataset(request);
    return { runId: begun.runId, job: await studio.jobs.finish(begun.jobId) };
  };

  beforeAll(async () => {
    studio = await aStudio(home, 'suite');
    const { runId: id, job } = await made(requestOf(out));
    if (job.state !== 'done') throw new Error(JSON.stringify(job.failure));
    runId = id;
    all = (await samples({})).samples;
  });

  it('list the samples of a run by tier, rudiment, kit, preset and part of the id, page by page', async () => {
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: SAMPLES }, (_, number) => number));
    for (const key of ['tier', 'rudiment', 'kit', 'preset'] as const) {
      const values = new Set(all.map(sample => sample[key]));
      expect(values.size).toBeGreaterThan(1);
      for (const value of values) {
        const wanted = all.filter(sample => sample[key] === value);
        expect(await samples({ [key]: value })).toEqual({ total: wanted.length, samples: wanted });
      }
    }
    const [one, other] = all;
    expect(await samples({ text: one?.id.toUpperCase() })).toEqual({ total: 1, samples: [one] });
    expect(await samples({ rudiment: one?.rudiment, tier: other?.tier, text: 'nowhere' })).toMatchObject({
      total: 0,
    });
    expect(await samples({}, 5, 3)).toEqual({ total: SAMPLES, samples: all.slice(5, 8) });
  });

  it('show a sample with its rows, its recipe, its place among the others, and its audio', async () => {
    const sorted = all.toSorted((a, b) => a.overall - b.overall);
    const best = sorted.at(-1);
    const found = await studio.services.datasetSample(runId, best?.number ?? -1);
    const [row] = found.rows.samples;
    expect(row).toMatchObject({ sample_id: best?.id, rudiment_slug: best?.rudiment, soundfont: best?.kit });
    expect(found.rows.exercises[0]?.overall_score).toBe(best?.overall);
    expect(found.rows.strokes).toHaveLength(row?.num_strokes ?? 0);
    expect(found.recipe.kit).toBe(best?.kit);
    expect(found.percentile).toBe(
      sorted.filter(({ overall }) => overall < (best?.overall ?? 0)).length / SAMPLES,
    );
    expect(found.audio).toBe(`/media/dataset/${runId}/${best?.number}`);
    const path = await studio.datasetAudioPath(runId, best?.number ?? -1);
    expect(sha256(path ?? '')).toBe(row?.audio_sha256);
    await expect(studio.services.datasetSample(runId, SAMPLES)).rejects.toMatchObject({
      failure: { code: 'notFound' },
    });
    expect(await studio.datasetAudioPath(runId, SAMPLES)).toBeNull();
  });

  it('tell the command line of a run, which makes an equal one as it is given', async () => {
    const at = scratchFolder();
    const command = await studio.services.datasetCommand(requestOf(join(at, 'by hand')));
    const [, file = '', text = ''] = /# (\S+\.yaml): (.*)$/.exec(command) ?? [];
    writeFileSync(join(at, file), text);
    const program = join(at, 'backbeat');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/main/cli.js')}' "$@"\n`);
    chmodSync(program, 0o755);
    const env = { ...process.env, BACKBEAT_HOME: at, PATH: `${at}${delimiter}${process.env['PATH']}` };
    execFileSync('sh', ['-c', command], { cwd: at, env, stdio: 'ignore' });
    expect(contentOf(join(at, 'by hand'))).toEqual(contentOf(out));
  });

  it('keep configurations by name, one of a name, until they are removed', async () => {
    const { services } = studio;
    const saved = async () => (await services.datasetCatalogue([])).saved;
    const other = { ...CONFIG, seed: 32 };
    await services.saveDatasetConfig('pads at night', CONFIG);
    await services.saveDatasetConfig('another', other);
    await services.saveDatasetConfig('pads at night', other);
    expect(await saved()).toEqual([
      { name: 'another', config: other },
      { name: 'pads at night', config: other },
    ]);
    await services.removeDatasetConfig('another');
    await services.removeDatasetConfig('pads at night');
    expect(await saved()).toEqual([]);
  });

  it('cancel a run in the middle of a part: finished parts stay, and it goes on to the same bytes', async () => {
    const folder = join(scratchFolder(), 'cancelled');
    const inSecondPart = new Promise<void>(arrived => {
      studio.atRun('dataset-part', 2, arrived);
    });
    const begun = await studio.services.generateDataset(requestOf(folder));
    await inSecondPart;
    const before = partsDone(studio);
    await studio.jobs.cancel(begun.jobId);
    // The part had just begun: what the cancellation waited for was not its end.
    expect(partsDone(studio)).toBe(before);
    expect(await studio.jobs.finish(begun.jobId)).toMatchObject({ state: 'cancelled', failure: null });
    expect(partsIn(folder).filter(name => !name.startsWith('.'))).toEqual(['part-000000']);
    expect(readdirSync(folder)).toEqual(['.run']);
    await studio.services.resumeDataset(begun.runId);
    expect(await studio.jobs.finish(begun.jobId)).toMatchObject({ state: 'done' });
    expect(partsDone(studio)).toBe(before + 2);
    expect(sha256(join(folder, 'manifest.json'))).toBe(sha256(join(out, 'manifest.json')));
  });

  it('say that the disk is full in the middle of a run, and go on to the same bytes once there is room', async context => {
    const disk = mountDisk(100);
    if (!disk) return context.skip('this user may not mount a disk');
    const folder = join(disk.folder, 'full');
    const ballast = join(disk.folder, 'ballast');
    studio.atRun('dataset-part', 2, () => fillDisk(disk.folder, ballast));
    const { runId: id, job } = await made(requestOf(folder));
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'diskFull' } });
    expect(partsIn(folder)).toEqual(['part-000000']);
    const run = (await studio.services.datasetRuns()).find(each => each.id === id);
    expect(run).toMatchObject({ made: 4, manifest: null });
    rmSync(ballast);
    const before = partsDone(studio);
    await studio.services.resumeDataset(id);
    expect(await studio.jobs.finish(run?.job?.id ?? '')).toMatchObject({ state: 'done', failure: null });
    expect(partsDone(studio)).toBe(before + 2);
    expect(sha256(join(folder, 'manifest.json'))).toBe(sha256(join(out, 'manifest.json')));
  });
});

/** Fills what is left of a small disk, where the run writes at the same time: whoever comes to the end first. */
function fillDisk(folder: string, ballast: string): void {
  const { bavail, bsize } = statfsSync(folder);
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

const partsDone = ({ ran }: WatchedStudio): number =>
  ran.filter(({ stage }) => stage === 'dataset-part').length;
