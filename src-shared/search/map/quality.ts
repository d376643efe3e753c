import { Random } from '../../base';
import { NeighbourFinder } from '../neighbours';
import type { SoundIndex } from '../sound-index';

/** Neighbours that are compared, and sounds whose are. */
const NEIGHBOURS = 15;
const MOST_ASKED = 400;

/** How far a map can be believed. */
export interface MapQuality {
  /** Venna and Kaski 2001, 15 neighbours: 1 when no sound lies beside another that it is not like; .5 is chance. */
  readonly trustworthiness: number;
  /** Share of the 15 most like a sound that are among the 15 beside it. */
  readonly kept: number;
}

/** Measured on some hundred sounds that are drawn by lot, seeded, against all. */
export function mapQuality(index: SoundIndex, places: Float32Array): MapQuality {
  const { count, size } = index;
  const k = Math.min(NEIGHBOURS, Math.floor((count - 1) / 2));
  if (k < 1) return { trustworthiness: 1, kept: 1 };
  const random = Random.ofSeed('quality of a map');
  const asked = Math.min(MOST_ASKED, count);
  const finder = new NeighbourFinder(index);
  let [penalty, kept] = [0, 0];
  for (let turn = 0; turn < asked; turn++) {
    const own = asked === count ? turn : random.below(count);
    const order = finder.nearest(index.vectors.slice(own * size, (own + 1) * size), count).slots;
    const rank = new Int32Array(count);
    let place = 0;
    for (const slot of order) rank[slot] = slot === own ? 0 : ++place;
    for (const slot of besideOn(places, own, k)) {
      penalty += Math.max(0, rank[slot]! - k);
      if (rank[slot]! <= k) kept++;
    }
  }
  const most = asked * k * (2 * count - 3 * k - 1);
  return { trustworthiness: 1 - (2 * penalty) / most, kept: kept / (asked * k) };
}

/** The `k` that lie nearest to one on the map. */
function besideOn(places: Float32Array, own: number, k: number): number[] {
  const [x, y] = [places[2 * own]!, places[2 * own + 1]!];
  const slots: number[] = [];
  const squares: number[] = [];
  for (let slot = 0; slot < places.length / 2; slot++) {
    if (slot === own) continue;
    const square = (places[2 * slot]! - x) ** 2 + (places[2 * slot + 1]! - y) ** 2;
    if (slots.length === k && square >= squares[k - 1]!) continue;
    let at = slots.length === k ? k - 1 : slots.length;
    for (; at > 0 && squares[at - 1]! > square; at--) {
      slots[at] = slots[at - 1]!;
      squares[at] = squares[at - 1]!;
    }
    slots[at] = slot;
    squares[at] = square;
  }
  return slots;
}
