import { describe, expect, test } from 'vitest';
import { chooseFitted, frameLayout, mapQuality, NeighbourFinder, placeOf, SoundIndex } from '#shared/search';
import { Random } from '#shared/base';
import { anyVectors } from '#test/any-vectors';

const indexOf = (vectors: Float32Array, size = 128): SoundIndex => {
  const index = new SoundIndex(size);
  index.append(vectors);
  return index;
};
const anyPlaces = (count: number, seed = 1): Float32Array => {
  const random = Random.ofSeed(seed);
  return Float32Array.from({ length: 2 * count }, () => random.normal());
};
const correlation = (left: readonly number[], right: readonly number[]): number => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  const dot = (f: readonly number[], fa: number, g: readonly number[], ga: number) =>
    f.reduce((sum, value, at) => sum + (value - fa) * ((g[at] ?? 0) - ga), 0);
  return dot(left, a, right, b) / Math.sqrt(dot(left, a, left, a) * dot(right, b, right, b));
};

describe('sounds that a map is fitted on', () => {
  test('are all where they are few', () => {
    expect([...chooseFitted(anyVectors(50), 128, 100)]).toEqual([...Array(50).keys()]);
  });

  test('are as many as wanted, ascending, and a kind of three is among them', () => {
    const vectors = anyVectors(3000, { clusters: 12 });
    const random = Random.ofSeed(5);
    const strange = Float32Array.from({ length: 128 }, () => random.normal());
    const length = Math.hypot(...strange);
    for (const row of [700, 1501, 2222])
      for (let at = 0; at < 128; at++)
        vectors[row * 128 + at] = (strange[at] ?? 0) / length + 0.001 * random.normal();
    const chosen = [...chooseFitted(vectors, 128, 200)];
    expect(chosen).toHaveLength(200);
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
    expect(chosen.filter(row => [700, 1501, 2222].includes(row)).length).toBeGreaterThan(0);
  });
});

describe('the frame of a map', () => {
  test.each([0, 1, 2, 3.5])(
    'turned by %f radians, a layout comes out the same, brightness towards the top right',
    turn => {
      const layout = anyPlaces(300);
      const brightness = Float32Array.from({ length: 300 }, (_, at) => 3 * (layout[2 * at] ?? 0) + 1);
      const length = Float32Array.from({ length: 300 }, (_, at) => -(layout[2 * at + 1] ?? 0));
      const turned = layout.slice();
      for (let at = 0; at < 300; at++) {
        const [x, y] = [layout[2 * at] ?? 0, layout[2 * at + 1] ?? 0];
        turned[2 * at] = x * Math.cos(turn) - y * Math.sin(turn);
        turned[2 * at + 1] = x * Math.sin(turn) + y * Math.cos(turn);
      }
      frameLayout(layout, brightness, length);
      frameLayout(turned, brightness, length);
      for (const [at, value] of layout.entries()) expect(turned[at]).toBeCloseTo(value, 4);
      const towards = (signX: number, signY: number) =>
        Array.from(
          { length: 300 },
          (_, at) => signX * (layout[2 * at] ?? 0) + signY * (layout[2 * at + 1] ?? 0),
        );
      expect(correlation([...brightness], towards(1, -1))).toBeGreaterThan(0.95);
      expect(correlation([...length], towards(1, 1))).toBeGreaterThan(0.95);
      expect(layout.every(value => value >= 0 && value <= 1)).toBe(true);
    },
  );

  test('takes one sound, equal places and measures that are not there', () => {
    for (const layout of [Float32Array.of(7, 7), Float32Array.of(1, 2, 1, 2), Float32Array.of(0, 0, 1, 1)]) {
      const unknown = new Float32Array(layout.length / 2).fill(NaN);
      frameLayout(layout, unknown, unknown);
      expect(layout.every(value => value >= 0 && value <= 1)).toBe(true);
    }
  });
});

describe('placing a sound', () => {
  const vectors = anyVectors(400);
  const index = indexOf(vectors);
  const places = Float32Array.from({ length: 800 }, (_, at) => ((at * 37) % 101) / 101);
  const finder = new NeighbourFinder(index);
  const near = (row: number) => finder.nearest(vectors.slice(row * 128, (row + 1) * 128), 8);

  test('that is the same as a fitted one puts it beside it, by its name alone', () => {
    const first = placeOf(near(10), places, 'one');
    expect(Math.hypot(first.x - (places[20] ?? 0), first.y - (places[21] ?? 0))).toBeLessThan(0.01);
    expect(placeOf(near(10), places, 'one')).toEqual(first);
    expect(placeOf(near(10), places, 'another')).not.toEqual(first);
  });

  test('never leaves the map', () => {
    const edge = new Float32Array(800).fill(1);
    for (let row = 0; row < 50; row++) {
      const { x, y } = placeOf(near(row), edge, String(row));
      expect(Math.max(x, y)).toBeLessThanOrEqual(1);
    }
  });
});

describe('the quality of a map', () => {
  test('is 1 where two dimensions are all there are, and chance where places are drawn by lot', () => {
    const count = 200;
    const random = Random.ofSeed(3);
    const vectors = new Float32Array(3 * count);
    const places = new Float32Array(2 * count);
    for (let row = 0; row < count; row++) {
      const [x, y] = [random.between(-0.3, 0.3), random.between(-0.3, 0.3)];
      vectors.set([x, y, Math.sqrt(1 - x * x - y * y)], 3 * row);
      places.set([x, y], 2 * row);
    }
    const index = indexOf(vectors, 3);
    const good = mapQuality(index, places);
    expect(good.trustworthiness).toBeGreaterThan(0.99);
    expect(good.kept).toBeGreaterThan(0.85);
    const chance = mapQuality(index, anyPlaces(count, 9));
    expect(chance.trustworthiness).toBeLessThan(0.6);
    expect(chance.kept).toBeLessThan(0.2);
  });

  test('of one or two sounds is not in doubt', () => {
    expect(mapQuality(indexOf(anyVectors(2)), anyPlaces(2)).trustworthiness).toBe(1);
  });
});
