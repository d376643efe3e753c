import { invariant, Random } from '../../base';
import { type Player, samplePlayer, TIERS, tierCounts } from '../players';
import type { GenerationConfig } from './config';

/** The players of a configuration by number, in the order of tiers; each is drawn when it is first asked for. */
export function plannedPlayers({
  seed,
  num_profiles,
  skill_distribution,
}: GenerationConfig): (number: number) => Player {
  const counts = tierCounts(num_profiles, skill_distribution);
  const known = new Map<number, Player>();
  return number => {
    const found = known.get(number) ?? drawn(number);
    known.set(number, found);
    return found;
  };

  function drawn(number: number): Player {
    let left = number;
    for (const [index, tier] of TIERS.entries()) {
      const count = counts[index] ?? 0;
      if (left < count) return samplePlayer(seed, tier, left);
      left -= count;
    }
    invariant(false, `there is a player ${number}`);
  }
}

/** Who plays a file: `count` of the players by number, drawn for each (Floyd's sampling: none comes twice). */
export function filePlayers({ seed, num_profiles }: GenerationConfig, count: number) {
  const known = new Map<string, readonly number[]>();
  return (source: string): readonly number[] => {
    const found = known.get(source) ?? drawn(source);
    known.set(source, found);
    return found;
  };

  function drawn(source: string): readonly number[] {
    const random = Random.ofSeed(seed).fork('players', source);
    const chosen = new Set<number>();
    for (let last = num_profiles - count; last < num_profiles; last++) {
      const one = random.below(last + 1);
      chosen.add(chosen.has(one) ? last : one);
    }
    return [...chosen];
  }
}
