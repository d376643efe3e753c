import { describe, expect, test } from 'vitest';
import { groupTwins, SoundIndex, twinCandidates } from '#shared/search';
import { anyVectors } from '#test/any-vectors';

const pairsOf = (index: SoundIndex, least: number): string[] => {
  const found: string[] = [];
  for (const pairs of twinCandidates(index, least))
    for (let at = 0; at < pairs.length; at += 2) found.push(`${pairs[at]} ${pairs[at + 1]}`);
  return found;
};

describe('sounds that may be the same', () => {
  test('are nearly all pairs above the least cosine, each once, and none below it', () => {
    const index = new SoundIndex(128);
    index.append(anyVectors(1500, { clusters: 20 }));
    const truth = new Set<string>();
    for (let left = 0; left < index.count; left++)
      for (let right = left + 1; right < index.count; right++)
        if (index.exact(index.vectors.subarray(left * 128, (left + 1) * 128), right) >= 0.97)
          truth.add(`${left} ${right}`);
    const found = pairsOf(index, 0.97);
    expect(new Set(found).size).toBe(found.length);
    expect(found.every(pair => truth.has(pair))).toBe(true);
    expect(truth.size).toBeGreaterThan(50);
    expect(found.length / truth.size).toBeGreaterThan(0.97);
  });

  test('are none in an empty index, and none of one sound', () => {
    expect(pairsOf(new SoundIndex(8), 0.9)).toEqual([]);
    const one = new SoundIndex(128);
    one.append(anyVectors(1));
    expect(pairsOf(one, 0.9)).toEqual([]);
  });
});

describe('groups of twins', () => {
  test('gather around the best take; a sound is in one group only', () => {
    // 0 and 1 are alike, 1 and 2 are, 0 and 2 are not.
    const groups = groupTwins([0, 1, 1, 2, 3, 4], [0, 1, 2, 3, 4], (a, b) => (a + b === 7 ? 0.99 : 0.985));
    expect(groups).toEqual([
      { members: [0, 1], likeness: 0.985 },
      { members: [3, 4], likeness: 0.99 },
    ]);
    expect(groupTwins([0, 1, 1, 2], [1, 2, 0], () => 0.99)).toEqual([{ members: [1, 2, 0], likeness: 0.99 }]);
  });

  test('leave out what is not confirmed', () => {
    expect(groupTwins([0, 1], [0, 1], () => null)).toEqual([]);
  });
});
