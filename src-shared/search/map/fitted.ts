import { SoundIndex } from '../sound-index';

/** Of the evenly taken ones, those by which every other one's rarity is told. */
const LANDMARKS = 1024;
/** Share of the fitted ones that are taken because nothing like them is among the landmarks. */
const RARE_SHARE = 0.3;

/**
 * Rows that a map is fitted on when there are more than `most`: so many taken evenly, so that crowds stay crowds, and the rest those
 * that are least like any of 1,024 of these, so that no small kind of sound is missing. Rows come in the order of their
 * hashes, in which "evenly" is by lot. Ascending.
 */
export function chooseFitted(vectors: Float32Array, size: number, most: number): Int32Array {
  const count = vectors.length / size;
  if (count <= most) return Int32Array.from({ length: count }, (_, row) => row);
  const common = Math.round(most * (1 - RARE_SHARE));
  const chosen = new Uint8Array(count);
  for (let at = 0; at < common; at++) chosen[Math.floor((at * count) / common)] = 1;
  const landmarks = new SoundIndex(size);
  const landmarkCount = Math.min(LANDMARKS, common);
  const picked = new Float32Array(landmarkCount * size);
  for (let at = 0; at < landmarkCount; at++) {
    const row = Math.floor((Math.floor((at * common) / landmarkCount) * count) / common);
    picked.set(vectors.subarray(row * size, (row + 1) * size), at * size);
  }
  landmarks.append(picked);
  const all = Int32Array.from({ length: landmarkCount }, (_, slot) => slot);
  const none = new Float32Array(landmarkCount);
  const rarity = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const vector = vectors.slice(row * size, (row + 1) * size);
    const best = { limit: Infinity, offer: (cost: number) => void (best.limit = cost) };
    landmarks.scan(landmarks.aim(vector), all, landmarkCount, all, none, best);
    rarity[row] = best.limit;
  }
  const rarest = Array.from(rarity.keys())
    .filter(row => chosen[row] === 0)
    .sort((left, right) => rarity[right]! - rarity[left]! || left - right);
  for (const row of rarest.slice(0, most - common)) chosen[row] = 1;
  return Int32Array.from(chosen.keys()).filter(row => chosen[row] === 1);
}
