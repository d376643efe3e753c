import { type Stage, throwIfCancelled } from '#main/pipeline/stage';
import { REPORT_JSON, validateDataset, writeReport } from '#main/dataset';
import { attempt } from '#main/platform';
import { ok } from '#shared/base';
import { RunResourcesSchema } from '#shared/dataset';
import { join } from 'node:path';
import { z } from 'zod';

/** What a validation came to; the report itself lies in the dataset. */
export interface ValidatedDataset {
  readonly report: string;
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly skipped: number;
}

const InputSchema = z.object({
  folder: z.string().min(1),
  /** Recordings that are listened to; the usual number unless given. */
  recordings: z.number().int().min(0).optional(),
  /** The user's files that it was made with. */
  resources: RunResourcesSchema.default({ files: [] }),
});

/** Looks at a dataset and writes what it found into its folder `validation`. Called uncached: the files may have changed. */
export const validateDatasetStage: Stage<z.infer<typeof InputSchema>, ValidatedDataset> = {
  name: 'validate-dataset',
  title: 'Looking at the dataset',
  version: 1,
  input: InputSchema,
  async run({ folder, recordings, resources }, { signal, report }) {
    const found = await validateDataset(folder, {
      signal,
      report: share => report(share),
      resources,
      ...(recordings === undefined ? {} : { recordings }),
    });
    throwIfCancelled(signal);
    if (!found.ok) return found;
    const written = await attempt(folder, () => writeReport(folder, found.value), { neededBytes: 0 });
    if (!written.ok) return written;
    const count = (state: string): number => found.value.checks.filter(check => check.state === state).length;
    return ok({
      values: {
        report: join(folder, REPORT_JSON),
        passed: count('passed'),
        warned: count('warned'),
        failed: count('failed'),
        skipped: count('skipped'),
      },
      files: {},
    });
  },
};
