import type { Result } from '#shared/base';
import { type Check, checkOf, type ReadSample, Tally } from '#shared/dataset';
import { explain, type Failure } from '#shared/protocol';
import type { SampleIndex } from './dataset-files';

const FACTS = { name: 'index_matches', title: 'The index finds every row', group: 'integrity' } as const;
const RANGES = ['measures', 'strokes', 'beats', 'mishaps'] as const;

/** Holds index.json against the rows as they come. */
export class IndexMeter {
  readonly #index: Result<SampleIndex, Failure>;
  readonly #tally = new Tally(FACTS);
  readonly #ends = { measures: 0, strokes: 0, beats: 0, mishaps: 0 };
  #number = 0;

  constructor(index: Result<SampleIndex, Failure>) {
    this.#index = index;
  }

  add(read: ReadSample): void {
    if (!this.#index.ok) return;
    const { sample_id } = read.sample;
    const entry = this.#index.value[sample_id];
    let isRight = entry?.row === this.#number++;
    for (const table of RANGES) {
      const start = this.#ends[table];
      this.#ends[table] += read[table].length;
      const [from, to] = entry?.[table] ?? [-1, -1];
      isRight &&= from === start && to === this.#ends[table];
    }
    this.#tally.see(isRight, () => `${sample_id} is not where index.json has it`);
  }

  check(): Check {
    if (!this.#index.ok)
      return checkOf(FACTS, 'failed', 'index.json cannot be read', 'all', [explain(this.#index.failure)]);
    const more = Object.keys(this.#index.value).length - this.#number;
    if (more > 0) this.#tally.see(false, () => `index.json names ${more} samples that are not there`);
    return this.#tally.check('samples');
  }
}
