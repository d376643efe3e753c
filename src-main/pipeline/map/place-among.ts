import { setImmediate as breath } from 'node:timers/promises';
import { type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { NeighbourFinder, PLACED_BY, placeOf, type SoundIndex } from '#shared/search';

const SOUNDS_A_TURN = 200;

/** Places sounds among fitted ones: x and y in turn, a pair a vector. */
export async function placeAmong(
  fitted: SoundIndex,
  places: Float32Array,
  vectors: Float32Array,
  { signal, report }: Pick<StageContext, 'signal' | 'report'>,
): Promise<Float32Array> {
  const { size } = fitted;
  const count = vectors.length / size;
  const finder = new NeighbourFinder(fitted);
  const placed = new Float32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const vector = vectors.slice(row * size, (row + 1) * size);
    const { x, y } = placeOf(finder.nearest(vector, PLACED_BY), places, vector.subarray(0, 4).join(' '));
    placed[2 * row] = x;
    placed[2 * row + 1] = y;
    if (row % SOUNDS_A_TURN !== 0) continue;
    throwIfCancelled(signal);
    report(row / count);
    await breath();
  }
  return placed;
}
