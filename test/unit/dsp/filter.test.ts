import { describe, expect, it } from 'vitest';
import { Biquad, type BiquadCoefficients, bandPass, lowPass } from '#shared/dsp';

/** Gain in dB that a settled filter has at `hertz`. */
function gainAt(coefficients: BiquadCoefficients, hertz: number, sampleRate: number): number {
  const filter = new Biquad(coefficients);
  let power = 0;
  for (let frame = 0; frame < sampleRate; frame++) {
    const value = filter.next(Math.sin((2 * Math.PI * hertz * frame) / sampleRate));
    if (frame >= sampleRate / 2) power += value * value;
  }
  return 10 * Math.log10((2 * power) / (sampleRate / 2));
}

describe('Biquad', () => {
  it('low-passes: all below, -3 dB at its corner, 12 dB an octave above', () => {
    const filter = lowPass(44_100, 120);
    expect(gainAt(filter, 20, 44_100)).toBeCloseTo(0, 1);
    expect(gainAt(filter, 120, 44_100)).toBeCloseTo(-3.01, 1);
    expect(gainAt(filter, 480, 44_100)).toBeCloseTo(-24.1, 0);
  });

  it('band-passes: 0 dB at its centre, -3 dB at its edges', () => {
    const filter = bandPass(48_000, 700, 0.35);
    const half = 1 / (2 * 0.35);
    const edge = 700 * (Math.sqrt(1 + half * half) + half);
    expect(gainAt(filter, 700, 48_000)).toBeCloseTo(0, 1);
    expect(gainAt(filter, edge, 48_000)).toBeCloseTo(-3.01, 0);
  });
});
