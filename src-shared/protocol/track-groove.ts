import { z } from 'zod';

/** Which bars of a recording: those that show best what its groove is, all of them, or some by their numbers in the recording. */
export const WantedBarsSchema = z.union([
  z.enum(['typical', 'whole']),
  z.object({ first: z.number().int(), count: z.number().int().min(1).max(128) }),
]);
export type WantedBars = z.infer<typeof WantedBarsSchema>;

/** The studio's setting that holds `{ bar }`: with which bar of its song a pattern begins where both play together. */
export const songUnderSetting = (patternId: string): string => `song under ${patternId}`;
