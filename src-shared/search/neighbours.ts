import { BestRows } from './best-rows';
import type { SoundIndex } from './sound-index';

/** The nearest sounds of an index, with their distances, 1 less the cosine. */
export interface Neighbours {
  readonly slots: Int32Array;
  readonly distances: Float32Array;
}

/** Finds neighbours one sound after the other, without making its workings anew each time. */
export class NeighbourFinder {
  readonly #index: SoundIndex;
  readonly #all: Int32Array;
  readonly #costs: Float32Array;

  constructor(index: SoundIndex) {
    this.#index = index;
    this.#all = Int32Array.from({ length: index.count }, (_, slot) => slot);
    this.#costs = new Float32Array(index.count).fill(1);
  }

  /** The `count` nearest to a vector of length 1, the nearest first. */
  nearest(vector: Float32Array, count: number): Neighbours {
    const best = new BestRows(Math.min(count, this.#all.length));
    this.#index.scan(this.#index.aim(vector), this.#all, this.#all.length, this.#all, this.#costs, best);
    const { rows, costs } = best.sorted();
    return { slots: rows, distances: costs };
  }
}
