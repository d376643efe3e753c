import { z } from 'zod';
import { OCTAVES } from './octaves';

const metres = z.number().positive().max(500);
const point = z.tuple([z.number(), z.number(), z.number()]);

/**
 * A box-shaped room with a drum and a microphone in it, or open ground. Everything of it is stored: the response follows from it
 * alone.
 */
export const RoomSchema = z
  .object({
    kind: z.enum(['room', 'field']),
    /** Metres: x, y, z; of a field only the distance of its stand, `x`, counts. */
    size: z.tuple([metres, metres, metres]),
    /** Metres from the corner: where the drum's head and the microphone's capsule are. */
    source: point,
    microphone: point,
    /** Seconds until 60 dB are gone, per octave from 125 Hz to 8 kHz. */
    rt60: z.array(z.number().min(0.05).max(20)).length(OCTAVES.length),
    /** Share of omni in the microphone's pattern: 1 omni, .5 cardioid, 0 figure of eight; it points at the drum. */
    omni: z.number().min(0).max(1),
    /** How much of the room is heard beside the direct sound: 1 as it is there, 0 none. */
    wet: z.number().min(0).max(4),
    /** Of the late reverberation's noise. */
    seed: z.number().int().min(0),
  })
  .refine(
    ({ kind, size, source, microphone }) =>
      kind === 'field' || (inside(size, source) && inside(size, microphone)),
    {
      message: 'the drum and the microphone must be inside the room',
    },
  );
export type Room = z.infer<typeof RoomSchema>;

const inside = (size: readonly number[], at: readonly number[]): boolean =>
  at.every((value, axis) => value > 0 && value < (size[axis] ?? 0));

/** Metres a second at 20 degrees. */
export const SPEED_OF_SOUND = 343;

export const distanceOf = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
