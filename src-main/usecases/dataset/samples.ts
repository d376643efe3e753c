import { join } from 'node:path';
import { partFolder, partsOfRun } from '#main/dataset';
import type { StageRunner } from '#main/jobs';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { type DatasetRows, RecipeSchema } from '#shared/dataset';
import type { DatasetRun, DatasetSample } from '#shared/protocol';
import { knownRun } from './generate';

export async function datasetRuns(library: Library): Promise<readonly DatasetRun[]> {
  const runs = await library.datasets.runs();
  return Promise.all(
    runs.map(
      async ({
        id,
        number,
        name,
        folder,
        config,
        workers,
        samples,
        made,
        bytes,
        jobId,
        manifest,
        createdAt,
      }) => ({
        id,
        number,
        name,
        folder,
        config,
        workers,
        samples,
        made,
        bytes,
        job: jobId === null ? null : ((await library.jobs.one(jobId))?.view ?? null),
        manifest,
        createdAt,
      }),
    ),
  );
}

/** Where a sample's rows and files lie: in its part while the run goes on, then in the dataset. */
async function placeOf(library: Library, runId: string, number: number) {
  const run = await knownRun(library, runId);
  const entry = await library.datasets.sample(runId, number);
  if (!entry) throw new Failed({ code: 'notFound', path: `sample ${number} of run ${run.number}` });
  const isPart = run.manifest === null;
  const folder = isPart ? partFolder(partsOfRun(run.folder), entry.part) : run.folder;
  return { run, entry, isPart, folder };
}

export async function datasetSample(
  library: Library,
  runner: StageRunner,
  runId: string,
  number: number,
): Promise<DatasetSample> {
  const { entry, isPart, folder } = await placeOf(library, runId, number);
  const rows = await runner.run<DatasetRows>('dataset-rows', { folder, isPart, sampleId: entry.id });
  const [row] = rows.samples;
  if (!row) throw new Failed({ code: 'notFound', path: `sample ${entry.id} of ${folder}` });
  return {
    number,
    rows,
    recipe: RecipeSchema.parse(JSON.parse(row.recipe_json)),
    percentile: entry.percentile,
    audio: row.audio_path === null ? null : `/media/dataset/${runId}/${number}`,
  };
}

/** Path of a sample's FLAC; null when there is none. */
export async function datasetAudioPath(
  library: Library,
  runId: string,
  number: number,
): Promise<string | null> {
  const found = await placeOf(library, runId, number).catch((error: unknown) => {
    if (error instanceof Failed) return null;
    throw error;
  });
  if (!found?.run.config.generate_audio) return null;
  return join(found.folder, 'audio', found.entry.rudiment, `${found.entry.id}.flac`);
}
