import { z } from 'zod';

export const SONG_LAYERS = ['core', 'core-accent', 'full'] as const;

/** One link of a chain: a pattern, as much of it as its layer says, so many times. */
export const SongPartSchema = z.object({
  id: z.string().min(1),
  patternId: z.string().min(1),
  times: z.number().int().min(1).max(64),
  layer: z.enum(SONG_LAYERS),
});
export type SongPart = z.infer<typeof SongPartSchema>;

/** Patterns that follow each other on one kit. */
export const SongSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1).max(120),
  kitId: z.string(),
  parts: z.array(SongPartSchema).max(256),
});
export type Song = z.infer<typeof SongSchema>;
