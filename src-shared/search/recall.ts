import { Random } from '../base';
import { BestRows } from './best-rows';
import type { SoundIndex } from './sound-index';

const BEST = 10;

/**
 * Which of the exact ten nearest to one sound of the index, moved a little towards another one, a search
 * finds; `number` names the sound. Both are drawn by lot, seeded.
 */
export function recallOfOne(index: SoundIndex, number: number): number {
  const random = Random.ofSeed('recall').fork(number);
  const [from, towards] = [random.below(index.count), random.below(index.count)];
  const { vectors, size } = index;
  const query = Float32Array.from(
    { length: size },
    (_, at) => vectors[from * size + at]! + 0.3 * vectors[towards * size + at]!,
  );
  const all = Int32Array.from({ length: index.count }, (_, slot) => slot);
  const found = new BestRows(BEST);
  index.scan(index.aim(query), all, all.length, all, new Float32Array(all.length), found);
  const truth = new BestRows(BEST);
  for (const slot of all) truth.offer(-index.exact(query, slot), slot);
  const answered = new Set(found.rows());
  const wanted = [...truth.rows()];
  return wanted.filter(slot => answered.has(slot)).length / Math.max(1, wanted.length);
}
