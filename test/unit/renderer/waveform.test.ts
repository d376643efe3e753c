import { describe, expect, it } from 'vitest';
import { columnsOfPeaks, columnsOfSamples, loudest } from '../../../src-renderer/ui/waveform';

describe('waveforms as columns', () => {
  it('keeps every peak when many pairs share a column', () => {
    const peaks = Float32Array.from([-0.1, 0.2, -0.9, 0.3, 0, 0.8, -0.2, 0.1]);
    const columns = columnsOfPeaks(peaks, 0, 4, 2);
    expect([...columns].map(value => Math.round(value * 10) / 10)).toEqual([-0.9, 0.3, -0.2, 0.8]);
  });

  it('is silent outside the audio', () => {
    const peaks = Float32Array.from([-1, 1]);
    expect([...columnsOfPeaks(peaks, -2, 2, 4)]).toEqual([0, 0, 0, 0, -1, 1, 0, 0]);
    expect(loudest(columnsOfSamples([Float32Array.of(1, 1)], 5, 9, 4))).toBe(0);
  });

  it('draws the mean of the channels', () => {
    const [left, right] = [Float32Array.of(1, 0.5), Float32Array.of(-1, 0.5)];
    expect([...columnsOfSamples([left, right], 0, 2, 2)]).toEqual([0, 0, 0.5, 0.5]);
  });

  it('repeats a sample where columns are finer', () => {
    expect([...columnsOfSamples([Float32Array.of(0.25, -0.5)], 0, 2, 4)]).toEqual([
      0.25, 0.25, 0.25, 0.25, -0.5, -0.5, -0.5, -0.5,
    ]);
  });
});
