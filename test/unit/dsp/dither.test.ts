import { describe, expect, it } from 'vitest';
import { TpdfDither } from '#shared/dsp';

const FRAMES = 100_000;

/** Quantises a constant of `steps` 16-bit steps; mean and variance of the result in steps. */
function statistics(steps: number): { mean: number; variance: number } {
  const dither = new TpdfDither('statistics', 0);
  const values = Float64Array.from({ length: FRAMES }, () => dither.quantise(steps / 32_768, 16));
  const mean = values.reduce((sum, value) => sum + value, 0) / FRAMES;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / FRAMES };
}

describe('TpdfDither', () => {
  it.each([0, 0.25, 0.5, 0.9])(
    'keeps %f of a step on average, with noise of a quarter step squared',
    steps => {
      const { mean, variance } = statistics(steps);
      expect(mean).toBeCloseTo(steps, 2);
      // Lipshitz 1992: total error power is 3/12, whatever the signal.
      expect(variance).toBeCloseTo(0.25, 2);
    },
  );

  it('gives the same for the same seed and channel, and else not', () => {
    const run = (seed: number, channel: number): number[] => {
      const dither = new TpdfDither(seed, channel);
      return Array.from({ length: 50 }, () => dither.quantise(0.1, 16));
    };
    expect(run(1, 0)).toEqual(run(1, 0));
    expect(run(1, 0)).not.toEqual(run(2, 0));
    expect(run(1, 0)).not.toEqual(run(1, 1));
  });

  it('clips at full scale', () => {
    const dither = new TpdfDither(1, 0);
    expect([dither.quantise(2, 16), dither.quantise(-2, 16)]).toEqual([32_767, -32_768]);
  });
});
