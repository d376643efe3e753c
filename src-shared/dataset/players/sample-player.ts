import { hashText, Random } from '../../base';
import { correlatedNormals, truncatedNormal } from './copula';
import { DIMENSIONS, type Dimension, type Player, type Tier, TIERS } from './player';
import {
  COMFORT,
  FATIGUE,
  LEFT_HANDED_SHARE,
  LIMITS,
  MEAN_OFFSET_MS,
  MOST_FATIGUE,
  TIER_DIMENSIONS,
} from './tiers';

/** Player `number` (from 0) of a tier. */
export function samplePlayer(datasetSeed: number, tier: Tier, number: number): Player {
  const random = Random.ofSeed(datasetSeed).fork('player', tier, number);
  const normals = correlatedNormals(random.fork('dimensions'));
  const dimensions: Partial<Record<Dimension, number>> = {};
  for (const dimension of DIMENSIONS) {
    const [mean, deviation] = TIER_DIMENSIONS[tier][dimension];
    dimensions[dimension] = truncatedNormal(normals[dimension], mean, deviation, ...LIMITS[dimension]);
  }
  const [mean, deviation] = FATIGUE[tier];
  const { mean: offset, deviation: spread, low, high } = MEAN_OFFSET_MS;
  return {
    id: idOf(datasetSeed, tier, number),
    number,
    skill_tier: tier,
    dimensions: dimensions as Record<Dimension, number>,
    dominant_hand: random.fork('hand').chance(LEFT_HANDED_SHARE) ? 'left' : 'right',
    fatigue_coefficient: truncatedNormal(random.fork('fatigue').normal(), mean, deviation, 0, MOST_FATIGUE),
    tempo_comfort_range: COMFORT[tier],
    mean_offset: truncatedNormal(random.fork('offset').normal(), offset, spread, low, high),
  };
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** Two 32-bit hashes: seed files cut ids after eight digits, which then still tell some thousands of players apart. */
const idOf = (seed: number, tier: Tier, number: number): string =>
  hex(hashText(`${seed}/${tier}/${number}`)) + hex(hashText(`${number}/${tier}/${seed}`, 1));

/** The seed's shares of the tiers. */
export const DEFAULT_TIER_SHARES: Readonly<Record<Tier, number>> = {
  beginner: 0.25,
  intermediate: 0.35,
  advanced: 0.25,
  professional: 0.15,
};

/**
 * How many of `count` players are of each tier, in the order of the tiers: as many as its share asks for (largest remainders), so that a larger dataset
 * begins with the players of a smaller one in every tier.
 */
export function tierCounts(
  count: number,
  shares: Readonly<Record<Tier, number>> = DEFAULT_TIER_SHARES,
): readonly number[] {
  const total = TIERS.reduce((sum, tier) => sum + shares[tier], 0);
  const wanted = TIERS.map(tier => (count * shares[tier]) / total);
  const counts = wanted.map(Math.floor);
  const left = count - counts.reduce((sum, each) => sum + each, 0);
  const byRemainder = wanted
    .map((want, index) => ({ index, remainder: want - Math.floor(want) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** `count` players in the order of tiers. */
export const samplePlayers = (
  datasetSeed: number,
  count: number,
  shares: Readonly<Record<Tier, number>> = DEFAULT_TIER_SHARES,
): Player[] => {
  const counts = tierCounts(count, shares);
  return TIERS.flatMap((tier, index) =>
    Array.from({ length: counts[index] ?? 0 }, (_, number) => samplePlayer(datasetSeed, tier, number)),
  );
};
