import { Random } from '../../base';
import { compareText } from '../../model';
import { isMidiSource } from './material-source';
import { type Candidate, partGroups, SPLITS, type Split, type SplitRatios } from './part-groups';

/** What splits are made from: what must not be parted, and what one may want to hold out. */
export interface SplitSample {
  readonly id: string;
  readonly profile: string;
  readonly tier: string;
  readonly kit: string;
  /** What its material is taken from; see `Piece`. */
  readonly source: string;
  readonly room: string;
}

/** The lists, and what each holds out beside players. */
const HELD_OUT = { by_profile: 'profile', by_kit: 'kit', by_rudiment: 'source', by_room: 'room' } as const;
export type SplitName = keyof typeof HELD_OUT;
export const SPLIT_NAMES = Object.keys(HELD_OUT) as readonly SplitName[];
export const DEFAULT_SPLIT: SplitName = 'by_profile';

/** One way to part a dataset; ids in the order of the samples. */
export interface SplitLists extends Readonly<Record<Split, readonly string[]>> {
  /** Samples that stand in no list, because player and sound (or material) fell into different ones. */
  readonly left_out: number;
}

/**
 * Named lists: by player, stratified by tier; and by kit, rudiment and room, of which no list shares one with another, nor a player. Since
 * all recordings of a performance have one player, no performance is parted either. Neither is a MIDI file that performances are taken from, in any
 * of them; variations go with their rudiment. A list is null where there are not two groups to part.
 */
export function splitsOf(
  samples: readonly SplitSample[],
  ratios: SplitRatios,
  seed: number,
): Readonly<Record<SplitName, SplitLists | null>> {
  const random = Random.ofSeed(seed).fork('splits');
  const byProfile = partGroups(
    candidates(
      samples,
      ({ profile }) => profile,
      ({ tier }) => tier,
    ),
    ratios,
    random.fork('profile'),
  );
  const bySource = withTheirPlayers(
    samples,
    byProfile,
    partGroups(
      candidates(
        samples,
        ({ source }) => source,
        () => '',
      ),
      ratios,
      random.fork('rudiment'),
    ),
  );
  const partedBy = {
    profile: byProfile,
    source: bySource,
    kit: partGroups(
      candidates(
        samples,
        ({ kit }) => kit,
        () => '',
      ),
      ratios,
      random.fork('kit'),
    ),
    room: partGroups(
      candidates(
        samples,
        ({ room }) => room,
        () => '',
      ),
      ratios,
      random.fork('room'),
    ),
  };
  const lists = (axis: keyof typeof partedBy): SplitLists | null => {
    const parted = partedBy[axis];
    if (parted.size < 2) return null;
    const found: Record<Split, string[]> = { train: [], validation: [], test: [] };
    let left_out = 0;
    for (const sample of samples) {
      const split = byProfile.get(sample.profile);
      const isTogether =
        split === parted.get(sample[axis]) &&
        (!isMidiSource(sample.source) || split === bySource.get(sample.source));
      if (split !== undefined && isTogether) found[split].push(sample.id);
      else left_out++;
    }
    return { ...found, left_out };
  };
  return {
    by_profile: lists(HELD_OUT.by_profile),
    by_kit: lists(HELD_OUT.by_kit),
    by_rudiment: lists(HELD_OUT.by_rudiment),
    by_room: lists(HELD_OUT.by_room),
  };
}

/** Sources whose players are all of one split go with them, so that nothing of them is left out. */
function withTheirPlayers(
  samples: readonly SplitSample[],
  byProfile: ReadonlyMap<string, Split>,
  parted: ReadonlyMap<string, Split>,
): ReadonlyMap<string, Split> {
  const homes = new Map<string, Set<Split>>();
  for (const { source, profile } of samples) {
    const split = byProfile.get(profile);
    if (!isMidiSource(source) || split === undefined) continue;
    const own = homes.get(source) ?? new Set();
    homes.set(source, own.add(split));
  }
  return new Map(
    [...parted].map(([source, split]) => {
      const own = homes.get(source);
      return [source, own?.size === 1 ? ([...own][0] ?? split) : split];
    }),
  );
}

/** The groups with their sizes, sorted by name, so that the order of samples does not tell. */
function candidates(
  samples: readonly SplitSample[],
  key: (sample: SplitSample) => string,
  stratum: (sample: SplitSample) => string,
): Candidate[] {
  const groups = new Map<string, { name: string; stratum: string; size: number }>();
  for (const sample of samples) {
    const name = key(sample);
    const group = groups.get(name);
    if (group) group.size++;
    else groups.set(name, { name, stratum: stratum(sample), size: 1 });
  }
  return [...groups.values()].sort((a, b) => compareText(a.name, b.name));
}

export type { Split, SplitRatios };
export { SPLITS };
