import { z } from 'zod';

/** Length of an embedding of the bundled ear (`drum-clap`). */
export const EMBEDDING_SIZE = 128;

/** What of a sound can be asked for by itself, beside its timbre. */
export const SoundMeasuresSchema = z.object({
  /** Octaves of the spectral centroid above 100 Hz. */
  brightness: z.number(),
  /** From the peak until the energy still to come is 20 dB down (Schroeder), seconds. */
  decaySeconds: z.number().min(0),
  /** Octaves of the strongest low partial above 40 Hz; null for what has no pitch. */
  pitch: z.number().nullable(),
  /** RMS of the first 200 ms in dBFS, of the slice as it lies in the library. */
  loudness: z.number(),
});
export type SoundMeasures = z.infer<typeof SoundMeasuresSchema>;

/** The sides of likeness that a search can weigh. */
export const ASPECTS = ['timbre', 'brightness', 'length', 'pitch', 'loudness'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What the user marks a hit with. */
export const HitMarksSchema = z.object({
  favourite: z.boolean(),
  tags: z.array(z.string().min(1)),
});
export type HitMarks = z.infer<typeof HitMarksSchema>;
