import { randomUUID } from 'node:crypto';
import type { Jobs } from '#main/jobs';
import { type Library, LIVE_STATES, type StoredDatasetRun } from '#main/library';
import { Failed } from '#main/platform';
import { canonicalJson } from '#shared/base';
import { resourcesKey } from '#shared/dataset';
import type { DatasetRequest } from '#shared/protocol';
import { type DatasetTools, runOfRequest } from './preflight';

/** Begins a run, or goes on with the one that was begun in that folder with the same settings. */
export async function generateDataset(
  library: Library,
  jobs: Jobs,
  request: DatasetRequest,
  tools: DatasetTools,
): Promise<{ readonly runId: string; readonly jobId: string }> {
  const facts = await runOfRequest(request, tools);
  const known = (await library.datasets.runs()).find(
    run =>
      run.manifest === null &&
      run.folder === facts.folder &&
      run.name === facts.name &&
      canonicalJson(run.config) === canonicalJson(facts.config) &&
      resourcesKey(run.resources) === resourcesKey(facts.resources),
  );
  if (known) {
    if (await isLive(library, known))
      throw new Failed({
        code: 'cannotGenerate',
        what: `A second run in ${facts.folder}`,
        reason: `run ${known.number} is being made there`,
        instead: 'Wait for it, or pause it first',
      });
    await library.write(at => at.datasets.change(known.id, facts));
    return { runId: known.id, jobId: await startRun(library, jobs, { ...known, ...facts }) };
  }
  const runId = randomUUID();
  await library.write(at => at.datasets.add(runId, facts, new Date().toISOString()));
  return { runId, jobId: await startRun(library, jobs, { id: runId, name: facts.name, jobId: null }) };
}

async function isLive(library: Library, { jobId }: Pick<StoredDatasetRun, 'jobId'>): Promise<boolean> {
  const job = jobId === null ? null : await library.jobs.one(jobId);
  return job !== null && LIVE_STATES.includes(job.view.state);
}

/** Puts the job of a run into the queue, again where it has one that has ended. */
async function startRun(
  library: Library,
  jobs: Jobs,
  { id, name, jobId }: Pick<StoredDatasetRun, 'id' | 'name' | 'jobId'>,
): Promise<string> {
  if (jobId !== null && (await library.jobs.one(jobId))) {
    await jobs.retry(jobId);
    return jobId;
  }
  const begun = await jobs.enqueue('generate-dataset', name, { runId: id });
  await library.write(at => at.datasets.setJob(id, begun));
  return begun;
}

export async function knownRun(library: Library, runId: string): Promise<StoredDatasetRun> {
  const run = await library.datasets.run(runId);
  if (!run) throw new Failed({ code: 'notFound', path: `run ${runId}` });
  return run;
}

export async function pauseDataset(library: Library, jobs: Jobs, runId: string): Promise<void> {
  const { jobId } = await knownRun(library, runId);
  if (jobId !== null && (await library.jobs.one(jobId))) await jobs.pause(jobId);
}

/** Does nothing for a run that is going on, or whole. */
export async function resumeDataset(library: Library, jobs: Jobs, runId: string): Promise<void> {
  const run = await knownRun(library, runId);
  if (run.manifest !== null || (await isLive(library, run))) return;
  await startRun(library, jobs, run);
}

/** A run that is going on is cancelled first. */
export async function removeDatasetRun(library: Library, jobs: Jobs, runId: string): Promise<void> {
  const run = await knownRun(library, runId);
  if (run.jobId !== null && (await isLive(library, run))) await jobs.cancel(run.jobId);
  await library.write(at => at.datasets.remove(runId));
}
