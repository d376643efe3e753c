import { describe, expect, it } from 'vitest';
import { openAugmentContext } from '#main/dataset';
import { Random } from '#shared/base';
import { convolved as exactly } from '#test/augment';

const context = await openAugmentContext(() => {
  throw new Error('no recording is asked for');
});

const noise = (name: string, length: number): Float32Array => {
  const random = Random.ofSeed(name);
  return Float32Array.from({ length }, () => random.between(-1, 1));
};

const decibelsApart = (found: Float32Array, expected: Float32Array): number => {
  let [error, power] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    error += ((found[at] ?? Infinity) - expected[at]!) ** 2;
    power += expected[at]! ** 2;
  }
  return 10 * Math.log10(error / power);
};

describe('the convolution that rooms and microphones use', () => {
  it.each([
    [1, 1],
    [7, 3],
    [500, 5000],
    [70_000, 8192],
    [200_000, 90_000],
  ])('of %d frames with a response of %d is exact to single precision', (frames, length) => {
    const [input, response] = [noise('input', frames), noise('response', length)];
    const found = context.convolved(input, response);
    expect(found.length).toBe(frames + length - 1);
    expect(decibelsApart(found, exactly(input, response))).toBeLessThan(-120);
  });

  it('gives the same bytes whatever was convolved before, by it or by another one', async () => {
    const [input, response] = [noise('a', 30_000), noise('b', 4000)];
    const first = context.convolved(input, response);
    context.convolved(noise('c', 100_000), noise('d', 60_000));
    context.convolved(noise('e', 30_000), noise('f', 4000));
    expect(context.convolved(input, response)).toEqual(first);
    const other = await openAugmentContext(() => ({ sampleRate: 44_100, channels: [] }));
    expect(other.convolved(input, response)).toEqual(first);
  });
});
