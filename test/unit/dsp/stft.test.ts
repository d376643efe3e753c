import { describe, expect, it } from 'vitest';
import { hannWindow, nearestOdd, nearestPowerOfTwo, OverlapAdd, SampleQueue } from '#shared/dsp';

describe('OverlapAdd', () => {
  it('adds squared Hann windows a quarter apart to a constant 1.5', () => {
    const window = hannWindow(64).map(value => value * value);
    const sum = new OverlapAdd(64, 16);
    const output = new Float32Array(16);
    for (let count = 0; count < 4; count++) sum.push(window, output);
    expect(Math.max(...output.map(value => Math.abs(value - 1.5)))).toBeLessThan(1e-6);
  });
});

describe('SampleQueue', () => {
  it('gives values back in order however they came and went', () => {
    const queue = new SampleQueue();
    const given: number[] = [];
    let next = 0;
    for (let turn = 0; turn < 200; turn++) {
      const count = (turn * 37) % 500;
      queue.push(Float32Array.from({ length: count }, (_, at) => next + at));
      next += count;
      given.push(...queue.take((turn * 53) % 450));
    }
    given.push(...queue.take(queue.length));
    expect(given).toEqual(Array.from({ length: next }, (_, at) => at));
  });
});

describe('window sizes', () => {
  it('are the nearest power of two or odd number', () => {
    expect([2046, 2227, 371].map(nearestPowerOfTwo)).toEqual([2048, 2048, 512]);
    expect([0.2, 30.2, 31, 32.1].map(nearestOdd)).toEqual([1, 31, 31, 33]);
  });
});
