import { z } from 'zod';

/** A file that stages hand to each other. The cache key of a stage takes its `sha256` and leaves its `path` out. */
export const FileRefSchema = z.object({
  kind: z.literal('file'),
  path: z.string(),
  sha256: z.string(),
});
export type FileRef = Readonly<z.infer<typeof FileRefSchema>>;
