import type { Kit } from '#shared/model';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';

/** A kit of the library. Throws `Failed` when it is gone. */
export async function kitOf(library: Library, kitId: string): Promise<Kit> {
  const kit = await library.kits.one(kitId);
  if (!kit) throw new Failed({ code: 'notFound', path: `kit ${kitId}` });
  return kit;
}
