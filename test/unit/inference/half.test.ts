import { describe, expect, it } from 'vitest';
import { floatsOfHalves, halvesOfFloats } from '../../../src-main/inference/half';

describe('half-precision numbers', () => {
  it.each([
    [0, 0x0000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [65_520, 0x7c00],
    [1e9, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [3 * 2 ** -25, 0x0002],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2047.5, 0x6800],
  ])('hold %f as IEEE 754 says', (value, bits) => {
    expect(halvesOfFloats(Float32Array.of(value))).toEqual(Uint16Array.of(bits));
  });

  it('come back as they were, all but NaN', () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      bits => (bits & 0x7fff) <= 0x7c00,
    );
    expect(halvesOfFloats(floatsOfHalves(all))).toEqual(all);
    expect(floatsOfHalves(halvesOfFloats(Float32Array.of(Number.NaN)))).toEqual(Float32Array.of(Number.NaN));
  });
});
