import type { JobsOptions } from 'bullmq';
import { z } from 'zod';
import { type Failure, FailureSchema } from '#shared/protocol';
import { type Engine, engineKey } from './engine';

/** Before the names of all keys in Redis. */
export const PREFIX = 'backbeat';

/** A queue for each engine: nobody is given a part that he would make otherwise. */
export const queueName = (engine: Engine): string => `dataset-parts-${engineKey(engine)}`;

/** One part to be made. */
export const PartJobSchema = z.strictObject({
  /** Id of the run in the store. */
  run: z.string().regex(/^[0-9a-f]{32}$/),
  part: z.number().int().min(0),
  /** What its user calls the dataset. */
  name: z.string(),
});
export type PartJob = z.infer<typeof PartJobSchema>;

/** A part is queued once, however often it is offered. */
export const jobId = ({ run, part }: Pick<PartJob, 'run' | 'part'>): string => `${run}-${part}`;

/** The part of that job, when it belongs to this run. */
export const partOfJob = (id: string, run: string): number | null =>
  id.startsWith(`${run}-`) ? Number(id.slice(run.length + 1)) : null;

/** Tries of a part that fails or whose process dies before its run is given up. */
export const TRIES = 3;
/** A disk that was full or a share that was away may be back by then. */
const AGAIN_MILLISECONDS = 1000;

export const JOB_OPTIONS: JobsOptions = {
  attempts: TRIES,
  backoff: { type: 'fixed', delay: AGAIN_MILLISECONDS },
  // The part in the store is what is left of one that is done; one that failed waits to be seen by its producer.
  removeOnComplete: true,
  removeOnFail: false,
};

/** Why a part failed and where, as it goes through Redis. */
const ReasonSchema = z.strictObject({ worker: z.string(), failure: FailureSchema });

export const reasonText = (worker: string, failure: Failure): string => JSON.stringify({ worker, failure });

export function readReason(text: string): { readonly worker: string; readonly failure: Failure | null } {
  try {
    return ReasonSchema.parse(JSON.parse(text));
  } catch {
    return { worker: '', failure: null };
  }
}
