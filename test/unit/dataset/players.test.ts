import { describe, expect, it } from 'vitest';
import {
  binaryTier,
  DIMENSIONS,
  type Dimension,
  MISHAPS,
  MISHAPS_PER_THOUSAND,
  profileRecord,
  samplePlayer,
  samplePlayers,
  tempoPenalty,
  TIERS,
} from '#shared/dataset';

const COUNT = 600;
const byTier = TIERS.map(tier => Array.from({ length: COUNT }, (_, number) => samplePlayer(7, tier, number)));
const all = byTier.flat();

const values = (tier: number, dimension: Dimension): number[] =>
  (byTier[tier] ?? []).map(({ dimensions }) => dimensions[dimension]);
const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [mean(a), mean(b)];
  const sum = (f: (index: number) => number): number => a.reduce((total, _, index) => total + f(index), 0);
  const dx = (index: number): number => (a[index] ?? 0) - x;
  const dy = (index: number): number => (b[index] ?? 0) - y;
  return sum(i => dx(i) * dy(i)) / Math.sqrt(sum(i => dx(i) ** 2) * sum(i => dy(i) ** 2));
}

describe('players', () => {
  it('are the same for the same seed, whoever else is drawn', () => {
    expect(samplePlayer(7, 'advanced', 3)).toEqual(byTier[2]?.[3]);
    expect(samplePlayer(8, 'advanced', 3)).not.toEqual(byTier[2]?.[3]);
    expect(samplePlayers(7, 40).filter(({ skill_tier }) => skill_tier === 'advanced')[3]).toEqual(
      byTier[2]?.[3],
    );
  });

  it('have ids of 16 hexadecimal digits whose first eight tell them apart', () => {
    for (const { id } of all) expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(all.map(({ id }) => id.slice(0, 8))).size).toBe(all.length);
  });

  it('are left-handed one time in ten', () => {
    const share = all.filter(({ dominant_hand }) => dominant_hand === 'left').length / all.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  });

  it('are shared among the tiers as asked for', () => {
    const counts = TIERS.map(
      tier => samplePlayers(1, 101).filter(({ skill_tier }) => skill_tier === tier).length,
    );
    expect(counts).toEqual([25, 36, 25, 15]);
  });

  it('go together in their dimensions as the pairs say', () => {
    expect(correlation(values(1, 'timing_accuracy'), values(1, 'timing_consistency'))).toBeCloseTo(0.7, 0);
    expect(correlation(values(1, 'timing_accuracy'), values(1, 'timing_consistency'))).toBeGreaterThan(0.55);
    expect(correlation(values(1, 'subdivision_evenness'), values(1, 'diddle_evenness'))).toBeGreaterThan(0.5);
    expect(correlation(values(1, 'velocity_variance'), values(1, 'accent_accuracy'))).toBeLessThan(-0.25);
    expect(Math.abs(correlation(values(1, 'flam_spacing'), values(1, 'roll_sustain')))).toBeLessThan(0.15);
  });

  it('keep to their limits without heaping up there', () => {
    for (const tier of TIERS.keys())
      for (const dimension of DIMENSIONS) {
        const drawn = values(tier, dimension);
        const [least, most] = [Math.min(...drawn), Math.max(...drawn)];
        expect(drawn.filter(value => value === least).length).toBeLessThan(4);
        expect(drawn.filter(value => value === most).length).toBeLessThan(4);
      }
  });

  it('vary less and fail less from tier to tier, around the same flam', () => {
    const means = (dimension: Dimension): number[] =>
      [...TIERS.keys()].map(tier => mean(values(tier, dimension)));
    const isFalling = (of: readonly number[]): boolean =>
      of.every((value, index) => index === 0 || value < (of[index - 1] ?? 0));
    for (const dimension of ['timing_accuracy', 'flam_spacing_variance', 'velocity_variance'] as const)
      expect(isFalling(means(dimension))).toBe(true);
    for (const flam of means('flam_spacing')) expect(Math.abs(flam - 42.5)).toBeLessThan(1.5);
    for (const mishap of MISHAPS)
      expect(isFalling(TIERS.map(tier => MISHAPS_PER_THOUSAND[tier][mishap]))).toBe(true);
  });

  it("are written with the seed's groups of dimensions", () => {
    const player = samplePlayer(7, 'advanced', 0);
    const { id, dimensions } = profileRecord(player);
    expect(id).toBe(player.id);
    expect(Object.entries(dimensions).map(([group, of]) => [group, Object.keys(of).length])).toEqual([
      ['timing', 4],
      ['dynamics', 4],
      ['hand_balance', 3],
      ['rudiment_specific', 6],
    ]);
    expect(Object.assign({}, ...Object.values(dimensions))).toEqual(player.dimensions);
  });

  it('pay for uncomfortable tempos 1 % a BPM', () => {
    const beginner = samplePlayer(7, 'beginner', 0);
    expect([50, 60, 100, 130].map(tempo => tempoPenalty(beginner, tempo))).toEqual([1.1, 1, 1, 1.3]);
    expect(TIERS.map(binaryTier)).toEqual(['novice', 'novice', 'skilled', 'skilled']);
  });
});
