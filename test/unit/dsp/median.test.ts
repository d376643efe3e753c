import { describe, expect, it } from 'vitest';
import { MedianOfRows, runningMedian } from '#shared/dsp';

const medians = (values: readonly number[], width: number): number[] => {
  const output = new Float32Array(values.length);
  runningMedian(Float32Array.from(values), width, output);
  return [...output];
};

describe('runningMedian', () => {
  it('drops a single spike and keeps a step', () => {
    expect(medians([0, 0, 9, 0, 0, 5, 5, 5, 5], 3)).toEqual([0, 0, 0, 0, 0, 5, 5, 5, 5]);
  });

  it('looks at fewer values at the ends and takes the greater middle one of an even number', () => {
    expect(medians([1, 2, 3, 4], 5)).toEqual([2, 3, 3, 3]);
  });

  it('keeps its order with equal and negative values', () => {
    expect(medians([2, 2, -1, 2, -1, -1, 2], 3)).toEqual([2, 2, 2, -1, -1, -1, 2]);
  });
});

describe('MedianOfRows', () => {
  it('gives the median of each column over the last rows only', () => {
    const rows = new MedianOfRows(2, 3);
    const output = new Float32Array(2);
    for (const row of [
      [9, 1],
      [1, 1],
      [5, 7],
      [6, 8],
    ])
      rows.push(Float32Array.from(row));
    rows.medians(output);
    expect([...output]).toEqual([5, 7]);
  });

  it('lets the oldest row go at the end of the stream', () => {
    const rows = new MedianOfRows(1, 3);
    const output = new Float32Array(1);
    for (const value of [9, 4, 1]) rows.push(Float32Array.of(value));
    rows.drop();
    rows.drop();
    rows.medians(output);
    expect([rows.count, output[0]]).toEqual([1, 1]);
  });
});
