import type { Hit, Kit } from '#shared/model';
import type { Library } from '#main/library';
import { Failed } from '#main/platform';
import { firstKit } from './first-kit';

/** A new kit of hits from anywhere in the library: a pad for each instrument in each role. */
export async function makeKit(
  library: Library,
  kitId: string,
  name: string,
  hitIds: readonly string[],
  now: string,
): Promise<Kit> {
  const hits = await library.hits.some(hitIds);
  if (hits.length === 0) throw new Failed({ code: 'notFound', path: `${hitIds.length} hits` });
  const kit = firstKit(kitId, name, commonRate(hits), hits);
  await library.write(at => at.kits.put(kit, now));
  return kit;
}

/** The rate that most of the hits have. */
function commonRate(hits: readonly Hit[]): number {
  const groups = Map.groupBy(hits, hit => hit.sampleRate);
  const [[rate] = [44_100]] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  return rate;
}
