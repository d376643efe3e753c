import { join } from 'node:path';
import { ClapManifestSchema, readManifest } from '#main/inference';
import type { Library } from '#main/library';
import {
  BUNDLED_EAR,
  EAR_SETTING,
  type EarChoice,
  EarChoiceSchema,
  importedEarId,
  modelOfEar,
} from '#shared/model';

/** What listens to new hits: the user's choice while that model is there, else the bundled one. */
export async function chosenEar(library: Library): Promise<EarChoice> {
  const chosen = EarChoiceSchema.safeParse(await library.settings.one(EAR_SETTING));
  if (!chosen.success) return BUNDLED_EAR;
  const own = modelOfEar(chosen.data);
  return own === null || (await library.models.one(own)) ? chosen.data : BUNDLED_EAR;
}

/** The id that the vectors of that ear bear; null where the bundled one is not there. */
export async function usualEar(library: Library, modelsFolder: string): Promise<string | null> {
  const own = modelOfEar(await chosenEar(library));
  if (own !== null) return importedEarId(own);
  const manifest = await readManifest(join(modelsFolder, BUNDLED_EAR), ClapManifestSchema);
  return manifest.ok ? `${manifest.value.name}-${manifest.value.version}` : null;
}
