import { describe, expect, it } from 'vitest';
import { addBandPower, cepstrum, melBands } from '#shared/dsp';

describe('melBands', () => {
  const bands = melBands(32, 2048, 44_100, 30, 16_000);

  it('covers every bin between the outer centres with weights that sum to 1', () => {
    const sums = new Float64Array(1025);
    for (const { firstBin, weights } of bands.bands)
      for (const [index, weight] of weights.entries())
        sums[firstBin + index] = (sums[firstBin + index] ?? 0) + weight;
    const covered = [...sums.entries()].filter(
      ([bin]) => bin * (44_100 / 2048) > 200 && bin * (44_100 / 2048) < 14_000,
    );
    for (const [, sum] of covered) expect(sum).toBeCloseTo(1, 6);
  });

  it('gives every band at least one bin', () => {
    for (const { weights } of bands.bands) expect(weights.some(weight => weight > 0)).toBe(true);
  });

  it('leaves bands above half the sample rate empty', () => {
    const low = melBands(32, 512, 8_000, 30, 16_000);
    expect(low.bands.at(-1)?.weights.every(weight => weight === 0)).toBe(true);
  });

  it('adds the power of a bin to the bands that hold it', () => {
    const spectrum = new Float64Array(2 * 1025);
    const bin = 100;
    spectrum[2 * bin] = 3;
    spectrum[2 * bin + 1] = 4;
    const sums = new Float64Array(32);
    addBandPower(bands, spectrum, sums);
    expect(sums.reduce((total, value) => total + value, 0)).toBeCloseTo(25, 6);
  });
});

describe('cepstrum', () => {
  it('is an orthonormal transform', () => {
    const levels = Float64Array.from({ length: 32 }, (_, band) => Math.sin(band) * 20 - 30);
    const all = cepstrum(levels, 32);
    expect(Math.hypot(...all)).toBeCloseTo(Math.hypot(...levels), 9);
  });

  it('keeps a flat spectrum in its zeroth coefficient alone', () => {
    const [first, ...rest] = cepstrum(new Float64Array(32).fill(-12), 13);
    expect(first).toBeCloseTo(-12 * Math.sqrt(32), 9);
    for (const value of rest) expect(value).toBeCloseTo(0, 9);
  });
});
