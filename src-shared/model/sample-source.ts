import { z } from 'zod';

/** Where imported samples came from: a folder of the user's, or a kit in another program's format. */
export const SampleSourceSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['folder', 'kit']),
  name: z.string().min(1),
  /** Of the folder or of the kit's file. */
  path: z.string(),
  /** As its files state it; SPDX where it can be told. null: nothing was found. */
  licence: z.string().nullable(),
  /** Who made it, as its files state it. */
  author: z.string().nullable(),
});
export type SampleSource = z.infer<typeof SampleSourceSchema>;
