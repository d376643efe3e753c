import { describe, expect, it } from 'vitest';
import { mixDown, mixedChannelCount } from '#main/platform';

/** Channels of one frame each: all 0 but channel `loud`. */
const only = (loud: number, count: number): Float32Array[] =>
  Array.from({ length: count }, (_, channel) => Float32Array.of(channel === loud ? 1 : 0));

describe('mixDown', () => {
  it('leaves mono and stereo as they are', () => {
    const stereo = only(0, 2);
    expect(mixDown(stereo)).toBe(stereo);
  });

  it('puts the centre of 5.1 on both sides, the surrounds on theirs, and leaves LFE out', () => {
    const [centre, lfe, right] = [2, 3, 5].map(loud =>
      mixDown(only(loud, 6)).map(channel => channel[0] ?? 0),
    );
    expect(centre?.[0]).toBeCloseTo(Math.SQRT1_2 / (1 + Math.SQRT2), 6);
    expect(centre?.[1]).toBe(centre?.[0]);
    expect(lfe).toEqual([0, 0]);
    expect(right?.[0]).toBe(0);
    expect(right?.[1]).toBeGreaterThan(0.2);
  });

  it.each([3, 4, 5, 6, 7, 8, 9, 32])('keeps full scale in all of %i channels at full scale', count => {
    const full = Array.from({ length: count }, () => Float32Array.of(1));
    const mixed = mixDown(full);
    expect(mixed).toHaveLength(mixedChannelCount(count));
    for (const channel of mixed) expect(channel[0]).toBeCloseTo(1, 6);
  });
});
