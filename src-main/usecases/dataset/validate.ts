import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { readReport, REPORT_PAGE } from '#main/dataset';
import type { JobProgram, Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import type { ValidatedDataset } from '#main/pipeline/validate-dataset';
import { Failed } from '#main/platform';
import { type RunResources, RunResourcesSchema, type ValidationReport } from '#shared/dataset';
import { knownRun } from './generate';

const ParamsSchema = z.strictObject({
  /** Of the dataset. */
  folder: z.string().min(1),
  /** Recordings that are listened to; null takes the usual number. */
  recordings: z.number().int().min(0).nullable(),
  /** The user's files that it was made with; rows that follow from others cannot be made again. */
  resources: RunResourcesSchema,
});

/** Looks at a dataset; the report lies in its folder `validation`. */
export const validateDatasetProgram: JobProgram = async (call, params) => {
  const { folder, recordings, resources } = ParamsSchema.parse(params);
  call.plan(1, 1);
  const { values } = await call.stage<ValidatedDataset>(
    'validate-dataset',
    { folder, resources, ...(recordings === null ? {} : { recordings }) },
    { title: 'Looking at the dataset', weight: 1, uncached: true },
  );
  const path = join(folder, REPORT_PAGE);
  const page = { kind: 'dataset-report', name: basename(path), path, bytes: (await stat(path)).size };
  return { files: [page], made: {}, data: values };
};

/** Parameters of a job that validates the dataset in `folder`. */
export const validateParams = (
  folder: string,
  recordings: number | null = null,
  resources: RunResources = { files: [] },
): z.infer<typeof ParamsSchema> => ({ folder: resolve(folder), recordings, resources });

/** Validates a finished dataset as a job. */
export async function validateDataset(
  library: Library,
  jobs: Jobs,
  runId: string,
): Promise<{ readonly jobId: string }> {
  const { name, number, folder, resources, manifest } = await knownRun(library, runId);
  if (manifest === null)
    throw new Failed({
      code: 'cannotGenerate',
      what: `A report on run ${number}`,
      reason: 'its dataset is not finished',
      instead: 'Resume it, or wait until it is',
    });
  return { jobId: await jobs.enqueue('validate-dataset', name, validateParams(folder, null, resources)) };
}

/** The last report of a run's dataset; null before the first, and when the dataset has changed since. */
export async function datasetReport(library: Library, runId: string): Promise<ValidationReport | null> {
  const { folder } = await knownRun(library, runId);
  return readReport(folder);
}
