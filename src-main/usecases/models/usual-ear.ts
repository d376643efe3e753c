import { join } from 'node:path';
import { ClapManifestSchema, readManifest } from '#main/inference';
import type { Library } from '#main/library';
import { BUNDLED_EAR, EAR_SETTING, EarChoiceSchema, importedEarId, modelOfEar } from '#shared/model';

/** The id of the ear that listens to new hits: the user's choice while that model is there, else the bundled one. null without any. */
export async function usualEar(library: Library, modelsFolder: string): Promise<string | null> {
  const chosen = EarChoiceSchema.safeParse(await library.settings.one(EAR_SETTING));
  const own = chosen.success ? modelOfEar(chosen.data) : null;
  if (own !== null && (await library.models.one(own))) return importedEarId(own);
  const manifest = await readManifest(join(modelsFolder, BUNDLED_EAR), ClapManifestSchema);
  return manifest.ok ? `${manifest.value.name}-${manifest.value.version}` : null;
}
