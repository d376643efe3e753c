import { z } from 'zod';
import { FileRefSchema } from '#shared/protocol';

/** The manifests of the groove models, beside which their files lie: what a stage that runs them takes, and its cache knows them by. */
export const GrooveManifestsSchema = z.object({
  humaniser: FileRefSchema,
  tapper: FileRefSchema,
  transformer: FileRefSchema,
});
export type GrooveManifestRefs = z.infer<typeof GrooveManifestsSchema>;

export const manifestPaths = ({ humaniser, tapper, transformer }: GrooveManifestRefs) => ({
  humaniser: humaniser.path,
  tapper: tapper.path,
  transformer: transformer.path,
});
