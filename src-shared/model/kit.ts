import { z } from 'zod';
import { HitIdSchema } from './hit';
import { InstrumentSchema } from './instrument';
import { RoleSchema } from './role';

/** One pad: an instrument in a role and the hits that can sound for it, best first. */
export const PadSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: RoleSchema,
  instrument: InstrumentSchema,
  /** MIDI note that plays the pad. */
  note: z.number().int().min(0).max(127),
  hits: z.array(HitIdSchema),
  /** Index into `hits` of the one the user chose. */
  chosen: z.number().int().min(0),
  gainDecibels: z.number(),
  /** -1 left ... 1 right. */
  pan: z.number().min(-1).max(1),
  /** Pads of one group silence each other; null rings freely. */
  choke: z.string().nullable(),
  locked: z.boolean(),
});
export type Pad = z.infer<typeof PadSchema>;

export const KitSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  sampleRate: z.number().int().positive(),
  pads: z.array(PadSchema),
});
export type Kit = z.infer<typeof KitSchema>;
