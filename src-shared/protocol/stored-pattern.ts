import { z } from 'zod';
import { PatternSchema } from '../model';

/** A pattern as the library has it: its kit, and the track that it was made from. */
export const StoredPatternSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1).max(120),
  kitId: z.string(),
  trackId: z.string().nullable(),
  pattern: PatternSchema,
});
export type StoredPattern = Readonly<z.infer<typeof StoredPatternSchema>>;
