import type { Library } from '#main/library';
import { modelOfSeparator, type Separator, SeparatorSchema, USUAL_SEPARATOR } from '#shared/model';

/** Name of the setting: with what new songs are separated. */
export const SEPARATOR_SETTING = 'separator';

/** What new songs are separated with: the user's choice while that model is there, else the bundled one. */
export async function usualSeparator(library: Library): Promise<Separator> {
  const chosen = SeparatorSchema.safeParse(await library.settings.one(SEPARATOR_SETTING));
  if (!chosen.success) return USUAL_SEPARATOR;
  const id = modelOfSeparator(chosen.data);
  return id === null || (await library.models.one(id)) ? chosen.data : USUAL_SEPARATOR;
}
