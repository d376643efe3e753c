import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../../src-main/usecases/samples/batches';

const files = Array.from({ length: 3000 }, (_, index) => {
  const path = `/pack/${index}.wav`;
  return { kind: 'file' as const, path, sha256: createHash('sha256').update(path).digest('hex') };
});
const namesOf = (batches: ReturnType<typeof batchesOf>) =>
  batches.map(batch => batch.map(({ sha256 }) => sha256).join(' '));

describe('batches of sample files', () => {
  it('hold every content once, and none is long', () => {
    const batches = batchesOf([...files, ...files.slice(0, 10)]);
    expect(batches.flat()).toHaveLength(files.length);
    expect(Math.max(...batches.map(batch => batch.length))).toBeLessThanOrEqual(192);
  });

  it('are those of before but one or two when a file comes or goes, in whatever order files are found', () => {
    const before = new Set(namesOf(batchesOf(files)));
    const without = namesOf(batchesOf(files.toSpliced(1234, 1).toReversed()));
    expect(without.filter(name => !before.has(name)).length).toBeLessThanOrEqual(2);
  });
});
