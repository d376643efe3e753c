import { z } from 'zod';
import { InstrumentSchema } from './instrument';
import { RoleSchema } from './role';

const share = z.number().min(0).max(1);

/** `skeleton_meta_N.json`: what a skeleton was drawn from, and the sample chosen for each of its sounds. */
export const SkeletonMetaSchema = z.object({
  style: z.string(),
  /** Which of the seed's four variants, from 0. */
  variant: z.number().int().min(0).max(3).default(0),
  seed: z.number().int().min(0),
  bpm: z.number().positive(),
  meter: z.string(),
  num_bars: z.number().int().positive(),
  motion_mode: z.enum(['A', 'B']),
  motion_keep: z.number().int().min(4).max(8),
  fill_prob: share,
  texture: z.boolean(),
  /** Bars, from 0, that end in a fill. */
  fill_bars: z.array(z.number().int().min(0)),
  /** Events by role. */
  counts: z.partialRecord(RoleSchema, z.number().int().min(0)),
  /** Empty when the skeleton was drawn without pools; `sample_id` is null for a sound that no pool can play. */
  samples: z.array(
    z.object({
      role: RoleSchema,
      instrument: InstrumentSchema,
      sample_id: z.string().nullable(),
      filepath: z.string().nullable(),
      confidence: share.nullable(),
    }),
  ),
});
export type SkeletonMeta = z.infer<typeof SkeletonMetaSchema>;
