import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { EAR_SETTING, EarChoiceSchema, modelOfEar, modelOfSeparator, separatorOfModel } from '#shared/model';
import { SEPARATOR_SETTING } from './usual-separator';

/** Takes an imported model out of the library. Stems that it made stay; new songs are separated by the bundled one. */
export async function removeModel(library: Library, id: string): Promise<void> {
  const sha256 = modelOfSeparator(id) ?? id;
  await library.write(async at => {
    if (!(await at.models.remove(sha256))) throw new Failed({ code: 'notFound', path: `model ${id}` });
    if ((await at.settings.one(SEPARATOR_SETTING)) === separatorOfModel(sha256))
      await at.settings.put(SEPARATOR_SETTING, undefined);
    const ear = EarChoiceSchema.safeParse(await at.settings.one(EAR_SETTING));
    if (ear.success && modelOfEar(ear.data) === sha256) await at.settings.put(EAR_SETTING, undefined);
  });
  await library.modelFolder.remove(sha256);
}
