import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  PUBLICATION,
  type Publication,
  type PublishedFile,
  publicationText,
  writeLayout,
} from '#main/dataset/publish';
import { type Stage, throwIfCancelled } from '#main/pipeline/stage';
import { ok } from '#shared/base';
import { SPLIT_NAMES } from '#shared/dataset';
import { PUBLISH_LAYOUTS } from '#shared/protocol';

const InputSchema = z.object({
  /** Folder of a whole dataset. */
  dataset: z.string().min(1),
  layout: z.enum(PUBLISH_LAYOUTS),
  split: z.enum(SPLIT_NAMES),
  repo: z.string().nullable(),
  version: z.string(),
  date: z.iso.date(),
  /** Where the layout goes; null only tells what would be there. */
  folder: z.string().min(1).nullable(),
});

/** A dataset in a layout of the hub, and the file that lists it. */
export interface LaidOutDataset {
  readonly publication: Publication;
  readonly list: PublishedFile;
}

/** Writes a dataset in a layout of the hub into a folder of the user's. Called uncached: that folder is no artefact. */
export const layOutDatasetStage: Stage<z.infer<typeof InputSchema>, LaidOutDataset> = {
  name: 'lay-out-dataset',
  title: 'Laying the dataset out',
  version: 1,
  input: InputSchema,
  async run(input, { signal, report }) {
    const written = await writeLayout({ ...input, signal, onProgress: share => report(share) });
    throwIfCancelled(signal);
    if (!written.ok) return written;
    const text = Buffer.from(publicationText(written.value), 'utf8');
    const sha256 = createHash('sha256').update(text).digest('hex');
    const list = { path: PUBLICATION, bytes: text.length, sha256 };
    return ok({ values: { publication: written.value, list }, files: {} });
  },
};
