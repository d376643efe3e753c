import { UMAP } from 'umap-js';
import { setImmediate as breath } from 'node:timers/promises';
import { throwIfCancelled } from '#main/pipeline/stage';
import { Random } from '#shared/base';
import { NeighbourFinder, principalAxes, SoundIndex } from '#shared/search';

/** Neighbours that hold a sound in its place, itself among them. */
const NEIGHBOURS = 16;
/** As near as two sounds may lie, beside a spread of 1. */
const LEAST_APART = 0.35;
/** Of the start from principal axes, and of its jitter. */
const START_EXTENT = 10;
const START_JITTER = 0.01;
/** Rounds by which a layout settles: fewer where there are more to pull. */
const epochsOf = (count: number): number => (count <= 2500 ? 400 : count <= 5000 ? 300 : 200);
/** Below this many there is no neighbourhood to keep. */
const FEWEST = 5;
/** Sounds, and rounds, between two looks at whether all of it is still wanted. */
const SOUNDS_A_TURN = 200;
const SHARE_OF_NEIGHBOURS = 0.3;

interface Turns {
  readonly signal: AbortSignal;
  report(fraction: number): void;
}

/**
 * Sounds in two dimensions by UMAP (McInnes et al. 2018) on their exact neighbours, from a start along their two longest axes; x and y in
 * turn. Seeded: equal vectors give equal bytes.
 */
export async function layOutSounds(index: SoundIndex, turns: Turns): Promise<Float32Array> {
  const start = startOf(index);
  if (index.count < FEWEST) return start;
  const k = Math.min(NEIGHBOURS, index.count - 1);
  const { indices, distances } = await neighboursOfAll(index, k, turns);
  const random = Random.ofSeed('map of sounds');
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: k,
    minDist: LEAST_APART,
    nEpochs: epochsOf(index.count),
    random: () => random.unit(),
  });
  umap.setPrecomputedKNN(indices, distances);
  // The vectors themselves are not looked at once neighbours are known.
  const epochs = umap.initializeFit(indices);
  const layout = umap.getEmbedding();
  for (const [row, place] of layout.entries()) {
    place[0] = start[2 * row] ?? 0;
    place[1] = start[2 * row + 1] ?? 0;
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    throwIfCancelled(turns.signal);
    umap.step();
    turns.report(SHARE_OF_NEIGHBOURS + ((1 - SHARE_OF_NEIGHBOURS) * (epoch + 1)) / epochs);
    await breath();
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

async function neighboursOfAll(
  index: SoundIndex,
  k: number,
  turns: Turns,
): Promise<{ readonly indices: number[][]; readonly distances: number[][] }> {
  const finder = new NeighbourFinder(index);
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let slot = 0; slot < index.count; slot++) {
    const vector = index.vectors.slice(slot * index.size, (slot + 1) * index.size);
    const found = finder.nearest(vector, k);
    // Itself comes first, whatever lies as near.
    const others = [...found.slots.entries()].filter(([, other]) => other !== slot).slice(0, k - 1);
    indices.push([slot, ...others.map(([, other]) => other)]);
    distances.push([0, ...others.map(([at]) => found.distances[at] ?? 0)]);
    if (slot % SOUNDS_A_TURN !== 0) continue;
    throwIfCancelled(turns.signal);
    turns.report((SHARE_OF_NEIGHBOURS * slot) / index.count);
    await breath();
  }
  return { indices, distances };
}

function startOf({ vectors, size, count }: SoundIndex): Float32Array {
  const mean = new Float64Array(size);
  for (let at = 0; at < vectors.length; at++) mean[at % size]! += vectors[at]! / count;
  const centred = vectors.map((value, at) => value - mean[at % size]!);
  const axes = principalAxes(centred, size, Math.min(2, size));
  const random = Random.ofSeed('start of a map');
  const start = new Float32Array(2 * count);
  let furthest = 1e-9;
  for (let row = 0; row < count; row++)
    for (let axis = 0; axis < axes.length / size; axis++) {
      let along = 0;
      for (let at = 0; at < size; at++) along += centred[row * size + at]! * axes[axis * size + at]!;
      start[2 * row + axis] = along;
      furthest = Math.max(furthest, Math.abs(along));
    }
  return start.map(value => (START_EXTENT * value) / furthest + random.normal(0, START_JITTER));
}
