import type { OverrideChange } from '#shared/protocol';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { moveHit } from './first-kit';

/** What the user says that hits are; null goes back to the machine's judgement. Kits that hold the hits follow. */
export async function overrideHits(
  library: Library,
  hitIds: readonly string[],
  change: OverrideChange | null,
  now: Date,
): Promise<void> {
  await library.write(async at => {
    if ((await at.hits.override(hitIds, change)) === 0)
      throw new Failed({ code: 'notFound', path: `hit ${hitIds.join(', ')}` });
    const hits = await at.hits.some(hitIds);
    for (const kit of await at.kits.all()) {
      const moved = hits.reduce(moveHit, kit);
      if (moved !== kit) await at.kits.put(moved, now.toISOString());
    }
  });
}
