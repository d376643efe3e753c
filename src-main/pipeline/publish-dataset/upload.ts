import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PUBLICATION, publicationIn, type Uploaded, upload } from '#main/dataset/publish';
import { type Stage, throwIfCancelled } from '#main/pipeline/stage';
import { hashFile } from '#main/platform';
import { fail, ok } from '#shared/base';

const InputSchema = z.object({
  /** Of a published folder. */
  folder: z.string().min(1),
  repo: z.string(),
  isPrivate: z.boolean(),
  /** Comes and goes with this message; the stage is called uncached, so that it is written nowhere. */
  token: z.string().min(1),
  hubUrl: z.url(),
});

/** Sends a published folder to the hub. */
export const uploadDatasetStage: Stage<z.infer<typeof InputSchema>, Uploaded> = {
  name: 'upload-dataset',
  title: 'Sending the dataset',
  version: 1,
  input: InputSchema,
  async run({ folder, ...input }, { signal, report }) {
    const publication = await publicationIn(folder);
    const path = join(folder, PUBLICATION);
    if (!publication)
      return fail({
        code: 'badFile',
        path,
        format: 'list of a publication',
        problems: ['it cannot be read'],
      });
    const list = { path: PUBLICATION, bytes: (await stat(path)).size, sha256: await hashFile(path, signal) };
    const sent = await upload({
      ...input,
      folder,
      publication,
      list,
      signal,
      onProgress: (share, rate) => report(share, rate),
    });
    throwIfCancelled(signal);
    return sent.ok ? ok({ values: sent.value, files: {} }) : sent;
  },
};
