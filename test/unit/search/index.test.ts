import { describe, expect, test } from 'vitest';
import { BestRows, recallOfOne, SoundIndex, sortByCost } from '#shared/search';
import { anyVectors } from '#test/any-vectors';

const indexOf = (vectors: Float32Array, size: number): SoundIndex => {
  const index = new SoundIndex(size);
  index.append(vectors);
  return index;
};
const rowsOf = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

/** The `k` nearest by every product. */
function exactly(index: SoundIndex, query: Float32Array, k: number): number[] {
  const all = rowsOf(index.count);
  return [
    ...sortByCost(
      all,
      Float32Array.from(all, slot => -index.exact(query, slot)),
    ).rows.subarray(0, k),
  ];
}

function quickly(index: SoundIndex, query: Float32Array, k: number): number[] {
  const all = rowsOf(index.count);
  const best = new BestRows(k);
  index.scan(index.aim(query), all, all.length, all, new Float32Array(index.count), best);
  return [...best.sorted().rows];
}

describe('the index of sounds', () => {
  test.each([3, 24, 128, 512])('finds the exact ten of %i-dimensional vectors', size => {
    const index = indexOf(anyVectors(1000, { size }), size);
    for (let slot = 0; slot < 10; slot++) {
      const query = index.vectors
        .slice(slot * size, (slot + 1) * size)
        .map((value, at) => value + 0.01 * (at % 3));
      expect(quickly(index, query, 10)).toEqual(exactly(index, query, 10));
    }
  });

  test('finds at least .99 of the exact ten, as measured on itself', () => {
    const index = indexOf(anyVectors(3000), 128);
    const found = Array.from({ length: 15 }, (_, number) => recallOfOne(index, number));
    expect(found.reduce((sum, value) => sum + value, 0) / found.length).toBeGreaterThanOrEqual(0.99);
  });

  test('the bound passes over nothing that is among the best', () => {
    const index = indexOf(anyVectors(2000, { seed: 3 }), 128);
    const query = index.vectors.slice(0, 128);
    const all = rowsOf(index.count);
    const [bounded, whole] = [new BestRows(50), new BestRows(2000)];
    index.scan(index.aim(query), all, all.length, all, new Float32Array(2000), bounded);
    index.scan(index.aim(query), all, all.length, all, new Float32Array(2000), whole);
    expect([...bounded.sorted().rows]).toEqual([...whole.sorted().rows.subarray(0, 50)]);
  });

  test('what is appended later is found as if it had been there from the start', () => {
    const vectors = anyVectors(1500);
    const parts = new SoundIndex(128);
    for (let from = 0; from < 1500; from += 100)
      parts.append(vectors.subarray(from * 128, (from + 100) * 128));
    const whole = indexOf(vectors, 128);
    expect(parts.count).toBe(1500);
    const query = vectors.slice(77 * 128, 78 * 128);
    expect(quickly(parts, query, 10)).toEqual(quickly(whole, query, 10));
  });

  test('silence, all numbers 0, is neither near nor far', () => {
    const vectors = anyVectors(100);
    vectors.fill(0, 128, 256);
    const index = indexOf(vectors, 128);
    expect(index.exact(vectors.slice(0, 128), 1)).toBe(0);
    expect(quickly(index, vectors.slice(0, 128), 100)).toContain(1);
  });

  test('rows without a vector keep their cost', () => {
    const index = indexOf(anyVectors(4), 128);
    const best = new BestRows(5);
    const slots = Int32Array.of(0, -1, 1, 2, 3);
    index.scan(
      index.aim(index.vectors.slice(0, 128)),
      rowsOf(5),
      5,
      slots,
      Float32Array.of(2, -9, 2, 2, 2),
      best,
    );
    expect([...best.sorted().rows].slice(0, 2)).toEqual([1, 0]);
  });
});

describe('the best rows', () => {
  test('are the cheapest, in their order, the lower row first among equals', () => {
    const best = new BestRows(4);
    for (const [row, cost] of [5, 1, 3, 1, 0, 3, 3].entries()) best.offer(cost, row);
    expect([...best.sorted().rows]).toEqual([4, 1, 3, 2]);
    expect([...best.sorted().costs]).toEqual([0, 1, 1, 3]);
  });

  test('do not depend on the order of offering', () => {
    const costs = Array.from({ length: 500 }, (_, row) => ((row * 7919) % 50) - 25);
    const [forwards, backwards] = [new BestRows(60), new BestRows(60)];
    for (let row = 0; row < 500; row++) forwards.offer(costs[row] ?? 0, row);
    for (let row = 499; row >= 0; row--) backwards.offer(costs[row] ?? 0, row);
    expect(forwards.sorted()).toEqual(backwards.sorted());
  });

  test('of no capacity take nothing', () => {
    const none = new BestRows(0);
    none.offer(-1, 3);
    expect(none.sorted().rows).toHaveLength(0);
  });

  test('sort costs below, at and above zero', () => {
    const sorted = sortByCost(Int32Array.of(0, 1, 2, 3, 4), Float32Array.of(1e9, -0, -3.5, 0, -1e-9));
    expect([...sorted.rows]).toEqual([2, 4, 1, 3, 0]);
  });
});
