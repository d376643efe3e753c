import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#shared/base';
import {
  GenerationConfigSchema,
  namedResources,
  RESOURCE_KINDS,
  type RunResources,
  SCHEMA_VERSION,
} from '#shared/dataset';
import type { PartTask } from '../run';
import { type Engine, EngineSchema } from './engine';

/** What makes the bytes of a run's parts, as a store holds it for everybody: no names, folders or numbers of workers. */
export const SharedRunSchema = z.strictObject({
  schema_version: z.literal(SCHEMA_VERSION),
  engine: EngineSchema,
  config: GenerationConfigSchema,
  resources: z.array(
    z.strictObject({
      kind: z.enum(RESOURCE_KINDS),
      name: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type SharedRun = z.infer<typeof SharedRunSchema>;

export const sharedRun = (
  config: PartTask['config'],
  resources: RunResources,
  engine: Engine,
): SharedRun => ({
  schema_version: SCHEMA_VERSION,
  engine,
  config,
  resources: [...namedResources(resources)],
});

export const sharedRunText = (run: SharedRun): string => canonicalJson(run);

/** Its id: equal runs share their parts. */
export const sharedRunId = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);
