import { bundledRudiments, isWholeKit, type SoundKit } from '#main/dataset';
import type { Catalogue } from '#shared/dataset';

/** What there is to choose from without any file of a user's. */
export const catalogueOf = (kits: readonly SoundKit[], more: Partial<Catalogue> = {}): Catalogue => ({
  rudiments: bundledRudiments(),
  definitions: {},
  kits: kits.map(kit => ({ id: kit.id, isWholeKit: isWholeKit(kit) })),
  grooves: [],
  recordings: {},
  ...more,
});
