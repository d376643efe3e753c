import type { FileRef } from '#main/jobs';

/** Where the hash of a file ends a batch: one in so many. */
const USUAL_FILES = 96;
const MOST_FILES = 192;

/**
 * Files in batches whose bounds follow from the files' own hashes: a folder that gained or lost some has all other batches as they
 * were, so that their results are known already. Equal files are one.
 */
export function batchesOf(files: readonly FileRef[]): FileRef[][] {
  const unique = new Map(files.map(file => [file.sha256, file]));
  const sorted = [...unique.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const batches: FileRef[][] = [];
  let batch: FileRef[] = [];
  for (const file of sorted) {
    batch.push(file);
    const ends = Number.parseInt(file.sha256.slice(-6), 16) % USUAL_FILES === 0;
    if (!ends && batch.length < MOST_FILES) continue;
    batches.push(batch);
    batch = [];
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
