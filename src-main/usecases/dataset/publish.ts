import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import type { PublishRequest } from '#shared/protocol';
import { knownRun } from './generate';
import type { HubTokens } from './hub-tokens';
import { publishParams } from './publish-program';

/** Writes a finished dataset in a layout of the hub, and uploads it where that is asked for, as a job. */
export async function publishDataset(
  library: Library,
  jobs: Jobs,
  tokens: HubTokens,
  { runId, token, ...request }: PublishRequest,
): Promise<{ readonly jobId: string }> {
  const { name, number, folder, manifest } = await knownRun(library, runId);
  if (manifest === null)
    throw new Failed({
      code: 'cannotGenerate',
      what: `Publishing run ${number}`,
      reason: 'its dataset is not finished',
      instead: 'Resume it, or wait until it is',
    });
  const handle = token === null ? null : tokens.keep(token);
  const params = publishParams(folder, request, new Date(), handle);
  return { jobId: await jobs.enqueue('publish-dataset', request.repo ?? name, params) };
}
