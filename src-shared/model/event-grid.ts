import { z } from 'zod';
import { InstrumentSchema } from './instrument';
import { RoleSchema } from './role';

/**
 * One event of `event_grid_N.json`, with the keys of both seeds. `start` is the sounding time in seconds from bar 1,
 * micro-offset included: `start = t_step[bar * steps_per_bar + step] + micro_offset`, and `micro_offset_ms = 1000 * micro_offset`.
 */
export const GridEventSchema = z.object({
  bar: z.number().int().min(0),
  step: z.number().int().min(0),
  role: RoleSchema,
  /** null until layout has chosen a sample. */
  sample_id: z.string().nullable(),
  vel: z.number().min(0).max(1),
  dur_steps: z.number().positive(),
  micro_offset_ms: z.number(),
  source: z.string(),
  start: z.number(),
  velocity: z.number().min(0).max(1),
  micro_offset: z.number(),
  instrument: InstrumentSchema.optional(),
  muted: z.boolean().optional(),
});
export type GridEvent = z.infer<typeof GridEventSchema>;
export const EventGridSchema = z.array(GridEventSchema);

/** `grid_N.json`. */
export const GridFileSchema = z.object({
  bpm: z.number().positive(),
  meter: z.string(),
  steps_per_bar: z.number().int().positive(),
  num_bars: z.number().int().positive(),
  /** Length of a beat, a bar and a step in seconds. */
  tbeat: z.number().positive(),
  tbar: z.number().positive(),
  tstep: z.number().positive(),
  /** Start of each bar in seconds. */
  bar_start: z.array(z.number()),
  /** Start of every step in seconds, bar after bar: `t_step[bar * steps_per_bar + step]`. */
  t_step: z.array(z.number()),
});
export type GridFile = z.infer<typeof GridFileSchema>;
