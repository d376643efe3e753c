import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SPLIT_NAMES } from '#shared/dataset';
import { PUBLISH_LAYOUTS } from '#shared/protocol';

/** The file that says what a published folder is; the last that is written. */
export const PUBLICATION = 'publication.json';

/** Raised whenever the same dataset would give other bytes than before. */
export const LAYOUT_VERSION = 1;

const FileSchema = z.object({
  path: z.string(),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a published folder is made of, and its files. Nothing of it tells when or by whom it was made but what the card tells too. */
export const PublicationSchema = z.object({
  format: z.literal('backbeat-publication'),
  layout_version: z.number(),
  layout: z.enum(PUBLISH_LAYOUTS),
  split: z.enum(SPLIT_NAMES),
  /** SHA-256 of the manifest of the dataset. */
  dataset: z.string(),
  version: z.string(),
  date: z.string(),
  repo: z.string().nullable(),
  rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  left_out: z.number(),
  /** Every file beside this one. */
  files: z.array(FileSchema),
});
export type Publication = z.infer<typeof PublicationSchema>;
export type PublishedFile = z.infer<typeof FileSchema>;

export const publicationText = (publication: Publication): string =>
  `${JSON.stringify(publication, null, 1)}\n`;

/** What the folder holds; null where it is no published folder. */
export async function publicationIn(folder: string): Promise<Publication | null> {
  try {
    return publicationOf(await readFile(join(folder, PUBLICATION), 'utf8'));
  } catch {
    return null;
  }
}

export function publicationOf(text: string): Publication | null {
  try {
    return PublicationSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
