import type { Random } from '../../base';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];
/** Shares of the samples; they add up to 1. */
export type SplitRatios = Readonly<Record<Split, number>>;

/** What goes into one split as a whole. */
export interface Candidate {
  readonly name: string;
  /** Its share of each stratum is kept. */
  readonly stratum: string;
  readonly size: number;
}

/** With fewer groups than this, test and validation get theirs first, so that none is empty. */
const FEW = 8;

/**
 * The split of every group: shuffled, then each into the split that lacks most of its share, of its stratum and of the whole. Of two
 * groups one is for training and one for the test.
 */
export function partGroups(
  groups: readonly Candidate[],
  ratios: SplitRatios,
  random: Random,
): ReadonlyMap<string, Split> {
  const wanted = SPLITS.filter(split => ratios[split] > 0);
  const first: Split[] =
    groups.length < FEW
      ? (['train', 'test', 'validation'] as const).filter(split => wanted.includes(split))
      : [];
  const whole = new Tally(ratios);
  const strata = new Map<string, Tally>();
  const parted = new Map<string, Split>();
  for (const { name, stratum, size } of random.shuffled(groups)) {
    const own = strata.get(stratum) ?? new Tally(ratios);
    strata.set(stratum, own);
    const lack = (split: Split): number => own.lack(split, size) + whole.lack(split, size);
    const split = first.shift() ?? wanted.reduce((best, each) => (lack(each) > lack(best) ? each : best));
    own.add(split, size);
    whole.add(split, size);
    parted.set(name, split);
  }
  return parted;
}

/** How many samples each split has, of one stratum or of all. */
class Tally {
  readonly #ratios: SplitRatios;
  readonly #sizes: Record<Split, number> = { train: 0, validation: 0, test: 0 };
  #all = 0;

  constructor(ratios: SplitRatios) {
    this.#ratios = ratios;
  }

  /** Samples that `split` is short of once `size` more are there. */
  lack(split: Split, size: number): number {
    return this.#ratios[split] * (this.#all + size) - this.#sizes[split];
  }

  add(split: Split, size: number): void {
    this.#sizes[split] += size;
    this.#all += size;
  }
}
