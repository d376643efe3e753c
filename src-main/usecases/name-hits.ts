import { type Hit, hitId, type HitId, type ManifestSlice } from '#shared/model';
import { hitIdOf } from './identity';

/** How far an onset may move between two analyses and still be the same hit. */
const SAME_HIT_SECONDS = 0.01;

type Former = Pick<Hit, 'id' | 'onsetFrame'>;

/**
 * Names of newly cut slices, by sample id. A hit keeps the name that it had when its onset was heard first: wherever the user moves
 * it to, and where another separator lets it begin a few frames elsewhere. So kits and grooves go on playing it.
 *
 * @param former hits of the analysis before
 * @param loose names of hits of earlier ones that are still played
 */
export function nameHits(
  slices: readonly ManifestSlice[],
  songSha256: string,
  former: readonly Former[],
  loose: ReadonlySet<string>,
): ReadonlyMap<string, HitId> {
  const names = new Map<string, HitId>();
  const known = new Set<string>([...loose, ...former.map(({ id }) => id)]);
  const given = new Set<string>();
  const give = (sampleId: string, id: HitId): void => {
    names.set(sampleId, id);
    given.add(id);
  };
  const ownName = (slice: ManifestSlice): HitId =>
    hitIdOf(songSha256, slice.origin_frame ?? slice.onset_frame);
  for (const slice of slices) {
    const own = ownName(slice);
    if (known.has(own) && !given.has(own)) give(slice.sample_id, own);
  }
  const inTime = former.toSorted((a, b) => a.onsetFrame - b.onsetFrame);
  for (const slice of slices) {
    if (names.has(slice.sample_id)) continue;
    const near = nearestOf(inTime, slice, given);
    if (near) give(slice.sample_id, near.id);
  }
  for (const slice of slices) {
    if (names.has(slice.sample_id)) continue;
    let own = ownName(slice);
    for (let turn = 2; given.has(own) || known.has(own); turn++) own = hitId(`${ownName(slice)}-${turn}`);
    give(slice.sample_id, own);
  }
  return names;
}

function nearestOf(
  inTime: readonly Former[],
  { onset_frame, sample_rate }: ManifestSlice,
  given: ReadonlySet<string>,
): Former | null {
  const reach = SAME_HIT_SECONDS * sample_rate;
  let low = 0;
  let high = inTime.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((inTime[middle]?.onsetFrame ?? 0) < onset_frame - reach) low = middle + 1;
    else high = middle;
  }
  let best: Former | null = null;
  for (let index = low; index < inTime.length; index++) {
    const one = inTime[index];
    if (!one || one.onsetFrame > onset_frame + reach) break;
    const isNearer =
      !best || Math.abs(one.onsetFrame - onset_frame) < Math.abs(best.onsetFrame - onset_frame);
    if (!given.has(one.id) && isNearer) best = one;
  }
  return best;
}
