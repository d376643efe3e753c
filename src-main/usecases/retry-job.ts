import type { Jobs } from '#main/jobs';
import type { Library } from '#main/library';
import type { Separator } from '#shared/model';
import { z } from 'zod';

/** Where the parameters of jobs say with what to separate, and about which track. */
const SeparatingSchema = z.looseObject({
  separator: z.string().optional(),
  separate: z.string().nullable().optional(),
  hearing: z.looseObject({ separator: z.string().nullable().optional() }).optional(),
  trackId: z.string().optional(),
});

/** Starts an ended job again; with a `separator`, with that one instead of its own, which a track then keeps. */
export async function retryJob(
  library: Library,
  jobs: Jobs,
  jobId: string,
  separator: Separator | null,
): Promise<void> {
  if (separator === null) return jobs.retry(jobId);
  const job = await library.jobs.one(jobId);
  const trackId = job ? SeparatingSchema.safeParse(job.params).data?.trackId : undefined;
  if (trackId !== undefined)
    await library.write(async at => {
      if (!(await at.tracks.one(trackId))) return;
      await at.hearings.put(trackId, { ...(await at.hearings.of(trackId)), separator });
    });
  return jobs.retry(jobId, params => withSeparator(params, separator));
}

/** A job's parameters with another separator; as they are where the job separates nothing. */
export function withSeparator(params: unknown, separator: Separator): unknown {
  const parsed = SeparatingSchema.safeParse(params);
  if (!parsed.success) return params;
  const { data } = parsed;
  return {
    ...data,
    ...('separator' in data ? { separator } : {}),
    ...(typeof data.separate === 'string' ? { separate: separator } : {}),
    ...(data.hearing ? { hearing: { ...data.hearing, separator } } : {}),
  };
}
