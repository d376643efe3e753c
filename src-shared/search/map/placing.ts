import { Random } from '../../base';
import type { Neighbours } from '../neighbours';

/** Fitted sounds by which another one is placed. */
export const PLACED_BY = 8;
/** Neighbours that lie this far from the nearest one on the map are of another region, and do not pull. */
const FAR = 0.08;
/** A sound lies this far from where its neighbours put it, so that equal ones do not cover each other. */
const APART = 0.004;
const NEARLY_NOTHING = 1e-4;

/**
 * Where a sound belongs among fitted ones: the mean of its nearest ones' places, each by the square of how much nearer it is, of those
 * in the region of the very nearest. Depends on nothing but the fitted ones and the sound: others that come before or after move nothing.
 *
 * @param places of the fitted ones, x and y in turn
 * @param name of the sound, by which its own small step aside is drawn
 */
export function placeOf(
  { slots, distances }: Neighbours,
  places: Float32Array,
  name: string,
): { readonly x: number; readonly y: number } {
  const nearest = slots[0];
  if (nearest === undefined) return { x: 0.5, y: 0.5 };
  const [homeX, homeY] = [places[2 * nearest]!, places[2 * nearest + 1]!];
  let [sum, x, y] = [0, 0, 0];
  for (const [at, slot] of slots.entries()) {
    const [ownX, ownY] = [places[2 * slot]!, places[2 * slot + 1]!];
    if (Math.hypot(ownX - homeX, ownY - homeY) > FAR) continue;
    const weight = ((distances[0]! + NEARLY_NOTHING) / (distances[at]! + NEARLY_NOTHING)) ** 2;
    sum += weight;
    x += weight * ownX;
    y += weight * ownY;
  }
  const random = Random.ofSeed('place').fork(name);
  const angle = random.between(0, 2 * Math.PI);
  const step = APART * Math.sqrt(random.unit());
  return { x: within(x / sum + step * Math.cos(angle)), y: within(y / sum + step * Math.sin(angle)) };
}

const within = (value: number): number => Math.min(1, Math.max(0, value));
