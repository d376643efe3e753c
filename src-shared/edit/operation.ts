import { z } from 'zod';
import { InstrumentSchema, RoleSchema } from '../model';

const whole = z.number().int().min(0);

/** Which notes an operation means: those that match all that is given; everything when nothing is. */
export const SelectionSchema = z.strictObject({
  role: z.array(RoleSchema).optional(),
  instrument: z.array(InstrumentSchema).optional(),
  /** Bars and steps count from 0, as in the files. */
  bar: z.array(whole).optional(),
  step: z.array(whole).optional(),
  id: z.array(z.string()).optional(),
});
export type Selection = z.infer<typeof SelectionSchema>;

const selecting = { where: SelectionSchema.default({}) };

/** What the `edit` command and stage can do, as data. */
export const OperationSchema = z.discriminatedUnion('op', [
  /** Puts a hit on a step; one of the same role and instrument there is changed instead. */
  z.strictObject({
    op: z.literal('set'),
    bar: whole,
    step: whole,
    role: RoleSchema,
    instrument: InstrumentSchema.optional(),
    velocity: z.number().min(0).max(1).optional(),
    micro_offset_ms: z.number().optional(),
    dur_steps: z.number().positive().optional(),
    sample_id: z.string().nullable().optional(),
  }),
  z.strictObject({ op: z.literal('remove'), ...selecting }),
  /** Sets the velocity, or multiplies it and keeps it within 0..1. */
  z
    .strictObject({
      op: z.literal('velocity'),
      ...selecting,
      set: z.number().min(0).max(1).optional(),
      scale: z.number().min(0).optional(),
    })
    .refine(({ set, scale }) => (set === undefined) !== (scale === undefined), 'needs either set or scale'),
  z.strictObject({ op: z.literal('mute'), ...selecting, muted: z.boolean().default(true) }),
  /** Moves in time: by milliseconds (feel, the step stays) or by whole steps (the feel stays). */
  z
    .strictObject({
      op: z.literal('shift'),
      ...selecting,
      ms: z.number().optional(),
      steps: z.number().int().optional(),
    })
    .refine(({ ms, steps }) => (ms === undefined) !== (steps === undefined), 'needs either ms or steps'),
  /** Writes each note on the step nearest to where it sounds; it sounds where it did. */
  z.strictObject({ op: z.literal('snap'), ...selecting }),
]);
export type Operation = z.infer<typeof OperationSchema>;
