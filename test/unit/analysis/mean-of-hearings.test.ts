import { describe, expect, it } from 'vitest';
import { meanOfHearings } from '#shared/analysis';

const hearing = (chance: number[], velocity: number) => ({
  chance: Float32Array.from(chance),
  velocity: Float32Array.from(chance, () => velocity),
  offset: Float32Array.from(chance, () => velocity / 10),
});

describe('meanOfHearings', () => {
  it('gives one hearing back as it is', () => {
    const one = hearing([0, 0.3, 1], 0.5);
    expect(meanOfHearings([one])).toBe(one);
  });

  it('takes the mean of log odds for the chances, and from the first hearing how hard and where', () => {
    const { chance, velocity, offset } = meanOfHearings([hearing([0.8, 0.9], 0.5), hearing([0.2, 0.9], 0.1)]);
    expect(chance[0]).toBeCloseTo(0.5, 6);
    expect(chance[1]).toBeCloseTo(0.9, 6);
    expect([velocity[0], offset[0]]).toEqual([Math.fround(0.5), Math.fround(0.05)]);
  });

  it('lets no certainty outweigh the other hearing without bounds', () => {
    const { chance } = meanOfHearings([hearing([1, 0], 0.5), hearing([0.5, 0.5], 0.5)]);
    expect(chance[0]).toBeGreaterThan(0.99);
    expect(chance[0]).toBeLessThan(1);
    expect(chance[1]).toBeGreaterThan(0);
  });
});
