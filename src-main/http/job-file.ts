import type { JobFile, Services } from '#shared/protocol';

/** Path of a file that a job made. A window names a job and a file, never a path, so it can reach nothing else. */
export async function jobFilePath(services: Pick<Services, 'jobs'>, file: JobFile): Promise<string | null> {
  const jobs = await services.jobs();
  const job = jobs.find(({ id }) => id === file.jobId);
  return job?.files.find(({ name }) => name === file.name)?.path ?? null;
}
