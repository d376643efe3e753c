import type { HitOverride, Library } from '#main/library';
import { Failed } from '#main/platform';
import { moveHit } from './first-kit';

/** What the user says a hit is; null goes back to the machine's judgement. Kits that hold the hit follow. */
export async function overrideHit(
  library: Library,
  hitId: string,
  override: HitOverride | null,
  now: Date,
): Promise<void> {
  await library.write(async at => {
    if (!(await at.hits.override(hitId, override)))
      throw new Failed({ code: 'notFound', path: `hit ${hitId}` });
    const [hit] = await at.hits.some([hitId]);
    if (!hit) return;
    for (const kit of await at.kits.all()) {
      const moved = moveHit(kit, hit);
      if (moved !== kit) await at.kits.put(moved, now.toISOString());
    }
  });
}
