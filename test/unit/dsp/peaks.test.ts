import { describe, expect, it } from 'vitest';
import { PEAK_FRAMES, PeakPairs } from '#shared/dsp';

const ramp = Float32Array.from({ length: 1300 }, (_, frame) => frame);

describe('PeakPairs', () => {
  it('gives the lowest and highest of every 512 frames, and of the rest', () => {
    const peaks = new PeakPairs();
    peaks.push([ramp]);
    expect([...peaks.finish()]).toEqual([0, 511, 512, 1023, 1024, 1299]);
  });

  it('takes the mean of the channels', () => {
    const peaks = new PeakPairs();
    peaks.push([ramp.subarray(0, 4), ramp.subarray(2, 6)]);
    expect([...peaks.finish()]).toEqual([1, 4]);
  });

  it('does not depend on the pieces, however many', () => {
    const whole = new PeakPairs();
    const pieces = new PeakPairs();
    const long = Float32Array.from({ length: PEAK_FRAMES * 5000 }, (_, frame) => Math.sin(frame * frame));
    whole.push([long]);
    for (let start = 0; start < long.length; start += 100_003)
      pieces.push([long.subarray(start, start + 100_003)]);
    expect(pieces.finish()).toEqual(whole.finish());
  });

  it('gives nothing for nothing', () => {
    expect(new PeakPairs().finish()).toHaveLength(0);
  });
});
