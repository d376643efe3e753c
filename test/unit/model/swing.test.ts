import { describe, expect, it } from 'vitest';
import { swingOf, swungTicks } from '#shared/model';
import { meter } from '#test/pattern';

const PAIR_OF_16THS = { percent: 200 / 3, base: '16th' as const };
const PAIR_OF_8THS = { percent: 60, base: '8th' as const };

describe('swing', () => {
  it('puts the off-beat where its share of the pair ends: two thirds for a triplet', () => {
    expect(swungTicks(240, PAIR_OF_16THS, 3840)).toBeCloseTo(320);
    expect(swungTicks(480, PAIR_OF_8THS, 3840)).toBe(576);
  });

  it('leaves the beats where they are and bends what lies between', () => {
    expect([0, 960, 1920].map(at => swungTicks(at, PAIR_OF_8THS, 3840))).toEqual([0, 960, 1920]);
    expect(swungTicks(240, PAIR_OF_8THS, 3840)).toBe(288);
    expect(swungTicks(720, PAIR_OF_8THS, 3840)).toBe(768);
  });

  it('does nothing at 50 percent, nor to the half pair at the end of 7/8', () => {
    expect(swungTicks(480, { percent: 50, base: '8th' }, 3840)).toBe(480);
    expect(swungTicks(3000, PAIR_OF_8THS, 3360)).toBe(3000);
  });

  it('begins its pairs anew in each bar', () => {
    const swung = swingOf({ bars: [meter(7, 8), meter(4, 4)], swing: PAIR_OF_8THS });
    expect(swung(3360 + 480)).toBe(3360 + 576);
  });
});
