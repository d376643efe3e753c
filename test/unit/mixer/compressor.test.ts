import { describe, expect, it } from 'vitest';
import { CompressorCurve, KNEE_DECIBELS, reductionDecibels } from '#shared/mixer';
import type { Compressor } from '#shared/model';
import { decibelsOf } from '#test/spectrum';

const RATE = 48_000;
const FOUR: Compressor = {
  thresholdDecibels: -20,
  ratio: 4,
  attackMilliseconds: 10,
  releaseMilliseconds: 100,
  makeupDecibels: 0,
};

/** Gains in dB for a level that stands still, frame by frame. */
const gainsOf = (curve: CompressorCurve, level: number, milliseconds: number): number[] =>
  Array.from({ length: (RATE * milliseconds) / 1000 }, () => decibelsOf(curve.next(level)));

describe('the compressor', () => {
  it.each([
    [-40, 0],
    [-20 - KNEE_DECIBELS / 2, 0],
    [-20, (0.75 * KNEE_DECIBELS) / 8],
    [-20 + KNEE_DECIBELS / 2, (0.75 * KNEE_DECIBELS) / 2],
    [-8, 9],
    [4, 18],
  ])('at 4 to 1 above -20 dB takes %d dB down by %d dB', (level, decibels) => {
    expect(reductionDecibels(level, FOUR)).toBeCloseTo(decibels, 9);
    const [settled = 0] = gainsOf(new CompressorCurve(RATE, FOUR), 10 ** (level / 20), 400).slice(-1);
    expect(settled).toBeCloseTo(-decibels, 3);
  });

  it('has gone 63 % of its way after the attack, and of its way back after attack and release', () => {
    const curve = new CompressorCurve(RATE, FOUR);
    const down = gainsOf(curve, 1, 200);
    expect(down[RATE / 100 - 1]).toBeCloseTo(-15 * (1 - Math.exp(-1)), 1);
    const up = gainsOf(curve, 0, 2000);
    const third = up.findIndex(gain => gain > -15 * Math.exp(-1)) / RATE;
    expect(third).toBeGreaterThan(0.1);
    expect(third).toBeLessThan(0.115);
    expect(up.at(-1)).toBe(0);
  });

  it('makes up what is asked of it, and does nothing at all when there is none', () => {
    const [made] = gainsOf(new CompressorCurve(RATE, { ...FOUR, makeupDecibels: 5 }), 0.001, 1);
    expect(made).toBeCloseTo(5, 9);
    expect(new CompressorCurve(RATE, null).next(1)).toBe(1);
  });

  it('lets go smoothly when it is taken away', () => {
    const curve = new CompressorCurve(RATE, { ...FOUR, makeupDecibels: 6 });
    const before = gainsOf(curve, 1, 300);
    curve.aim(null);
    const after = gainsOf(curve, 1, 3000);
    const gains = [before.at(-1) ?? 0, ...after];
    for (const [frame, gain] of after.entries())
      expect(Math.abs(gain - (gains[frame] ?? 0))).toBeLessThan(0.02);
    expect(after.at(-1)).toBe(0);
  });
});
