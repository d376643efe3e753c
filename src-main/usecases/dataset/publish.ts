import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import type { PublishRequest } from '#shared/protocol';
import { knownRun } from './generate';

/** Writes a finished dataset in a layout of the hub, and uploads it where that is asked for, as a job. */
export async function publishDataset(
  library: Library,
  _jobs: Jobs,
  { runId }: PublishRequest,
): Promise<{ readonly jobId: string }> {
  const { number, manifest } = await knownRun(library, runId);
  throw new Failed({
    code: 'cannotGenerate',
    what: `Publishing run ${number}`,
    reason: manifest === null ? 'its dataset is not finished' : 'publishing is not part of this version',
    instead: 'Wait for the next one',
  });
}
