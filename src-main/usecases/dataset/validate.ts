import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import type { ValidationReport } from '#shared/dataset';
import { knownRun } from './generate';

/** Checks a finished dataset as a job. */
export async function validateDataset(
  library: Library,
  _jobs: Jobs,
  runId: string,
): Promise<{ readonly jobId: string }> {
  const { number, manifest } = await knownRun(library, runId);
  throw new Failed({
    code: 'cannotGenerate',
    what: `A report on run ${number}`,
    reason: manifest === null ? 'its dataset is not finished' : 'validation is not part of this version',
    instead: 'Wait for the next one',
  });
}

export async function datasetReport(library: Library, runId: string): Promise<ValidationReport | null> {
  await knownRun(library, runId);
  return null;
}
