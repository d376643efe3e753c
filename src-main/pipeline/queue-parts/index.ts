import { z } from 'zod';
import type { Stage } from '#main/pipeline/stage';
import { GenerationConfigSchema, RunResourcesSchema } from '#shared/dataset';
import { ok } from '#shared/base';

const InputSchema = z.strictObject({
  /** `redis://host:port/db` */
  queue: z.string(),
  /** A folder or `s3://bucket/prefix` that the workers reach too. */
  store: z.string(),
  name: z.string(),
  config: GenerationConfigSchema,
  resources: RunResourcesSchema,
  /** Numbers of the parts to be made. */
  missing: z.array(z.number().int().min(0)),
  /** Folder in which they are gathered. */
  parts: z.string(),
});
type Input = z.output<typeof InputSchema>;

/** Has parts of a dataset made by the workers of a queue, and gathers them in a folder of the run. Never answered from the cache. */
export const queuePartsStage: Stage<Input, null> = {
  name: 'queue-parts',
  title: 'Waiting for workers',
  version: 1,
  input: InputSchema,
  async run(input, { signal, report }) {
    // Redis and S3 are of no use to any other stage, and long to load.
    const { partsByQueue, thisEngine } = await import('#main/dataset/queue');
    const gathered = await partsByQueue({ ...input, engine: thisEngine(), signal, report });
    return gathered.ok ? ok({ values: null, files: {} }) : gathered;
  },
};

const PlacesSchema = z.strictObject({ queue: z.string(), store: z.string() });

/** Whether queue and store are there: asked before a run begins. */
export const checkQueueStage: Stage<z.output<typeof PlacesSchema>, null> = {
  name: 'check-queue',
  title: 'Looking for the queue',
  version: 1,
  input: PlacesSchema,
  async run({ queue, store }, { signal }) {
    const { checkQueue } = await import('#main/dataset/queue');
    const found = await checkQueue(queue, store, signal);
    return found.ok ? ok({ values: null, files: {} }) : found;
  },
};
