import { z } from 'zod';

/** Which hits are judged anew, and by what: with the user's examples taken into account, or by the machine alone again. */
export const RescoreSchema = z.object({
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('library') }),
    z.object({ kind: z.literal('track'), id: z.string().min(1) }),
    z.object({ kind: z.literal('source'), id: z.string().min(1) }),
    z.object({ kind: z.literal('kit'), id: z.string().min(1) }),
  ]),
  by: z.enum(['examples', 'machine']),
});
export type RescoreRequest = z.infer<typeof RescoreSchema>;

export interface RescoreAnswer {
  /** Hits that the user said something of, and that the ear has heard. */
  readonly examples: number;
  /** Hits whose role or instrument is another now. */
  readonly changed: readonly string[];
}
