import { z } from 'zod';
import { FileRefSchema } from '#main/pipeline/stage';
import { SLICE_FORMATS } from '#shared/model';

const KitSongSchema = z.object({
  name: z.string().min(1),
  /** SHA-256 of the user's file. */
  sourceSha256: z.string(),
  drums: FileRefSchema,
  slices: FileRefSchema,
});
export type KitSong = z.output<typeof KitSongSchema>;

export const KitInputSchema = z.object({
  songs: z.array(KitSongSchema).min(1),
  /** Cosine above which two hits count as one; from 1 on none do. */
  threshold: z.number().min(-1).max(1).default(0.98),
  format: z.enum(SLICE_FORMATS).default('32f'),
  /** Whether each slice's peak is brought to -1 dBFS. */
  normalise: z.boolean().default(true),
});
export type KitInput = z.output<typeof KitInputSchema>;
