import { z } from 'zod';
import { ArticulationSchema } from './drum-map';
import { InstrumentSchema } from './instrument';
import { LaneSettingSchema } from './lane';
import { MOST_BARS, MOST_RATCHETS, ORNAMENTS, SwingSchema } from './pattern';
import { BpmSchema } from './pattern-time';
import { RoleSchema } from './role';

/**
 * One event of `event_grid_N.json`, with the keys of both seeds. `start` is the sounding time in seconds from bar 1,
 * micro-offset included: `start = max(0, t_step[first step of bar + step] + micro_offset)`, and
 * `micro_offset_ms = 1000 * micro_offset`, `velocity = vel`.
 */
export const GridEventSchema = z.object({
  bar: z.number().int().min(0),
  step: z.number().int().min(0),
  role: RoleSchema,
  /** null until layout has chosen a sample, and where the velocity layers of a kit choose one for every stroke. */
  sample_id: z.string().nullable(),
  vel: z.number().min(0).max(1),
  /** Written length in steps. */
  dur_steps: z.number().positive(),
  /** Milliseconds from the step; positive is late. */
  micro_offset_ms: z.number(),
  source: z.string(),
  start: z.number().min(0),
  velocity: z.number().min(0).max(1),
  micro_offset: z.number(),
  instrument: InstrumentSchema.optional(),
  /** How it is struck, as drum maps call it; absent means plainly. */
  articulation: ArticulationSchema.optional(),
  /** Absent means false. */
  muted: z.boolean().optional(),
  /** Absent means 'none'. */
  ornament: z.enum(ORNAMENTS).optional(),
  /** How often it sounds; absent means 1. */
  probability: z.number().min(0).max(1).optional(),
  /** Strokes that share its step; absent means 1. */
  ratchet: z.number().int().min(1).max(MOST_RATCHETS).optional(),
  /** Written position in ticks (960 a quarter) from bar 1, for a note written off the steps: a triplet. */
  tick: z.number().int().min(0).optional(),
  /** Name that the event keeps through edits. */
  id: z.string().min(1).optional(),
});
export type GridEvent = z.infer<typeof GridEventSchema>;
export const EventGridSchema = z.array(GridEventSchema);

/** `grid_N.json`. */
export const GridFileSchema = z.object({
  /** Quarter notes a minute; at the start where `tempo_changes` is given. */
  bpm: BpmSchema,
  /** "4/4"; of the first bar where `meters` is given. */
  meter: z.string(),
  /** Sixteenth steps in a bar; in the first one where `meters` is given. */
  steps_per_bar: z.number().int().positive(),
  num_bars: z.number().int().min(1).max(MOST_BARS),
  /** Length of a quarter note, a bar and a step in seconds. */
  tbeat: z.number().positive(),
  tbar: z.number().positive(),
  tstep: z.number().positive(),
  /** Start of each bar in seconds. */
  bar_start: z.array(z.number().min(0)),
  /** Start of every step in seconds, bar after bar, straight: `t_step[bar * steps_per_bar + step]`. */
  t_step: z.array(z.number().min(0)),
  /** The meter of every bar, when they differ. */
  meters: z.array(z.string()).optional(),
  /** The swing that events' micro-offsets hold; absent means straight. */
  swing: SwingSchema.optional(),
  /** Later tempos: from `tick` (960 a quarter, a real number) on, `bpm`. */
  tempo_changes: z.array(z.object({ tick: z.number().positive(), bpm: BpmSchema })).optional(),
  /** Rows with a grid or a length of their own. */
  lanes: z.array(LaneSettingSchema).optional(),
});
export type GridFile = z.infer<typeof GridFileSchema>;
