// How fast a dataset's tables are written, and whether the rate and the memory stay what they are as it grows (its own time, whatever else the
// machine does). Parts are made of a few real performances under new names; without audio, whose files are only linked and hashed.
//   npm run bench -- dataset-writer [SMALL LARGE]      (5000 and 100000 samples)
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assemble, writePart } from '#main/dataset';
import type { GeneratedSample } from '#shared/dataset';
import { DATASET_META, datasetSample } from '#test/dataset-samples';

const CHUNK = 64;
const MATERIAL = Array.from({ length: 16 }, (_, number) => datasetSample(number));
const strokesEach = MATERIAL.reduce((sum, { labels }) => sum + labels.strokes.length, 0) / MATERIAL.length;

function chunkOf(start: number, end: number): GeneratedSample[] {
  return Array.from({ length: end - start }, (_, at) => {
    const number = start + at;
    const material = MATERIAL[number % MATERIAL.length] as GeneratedSample;
    return { ...material, id: `${material.id}_${number}`, take: number };
  });
}

const seconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes in use once garbage is collected. */
function live(): number {
  if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

async function measure(count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-writer-'));
  try {
    const parts = join(folder, 'parts');
    const began = process.cpuUsage();
    for (let start = 0; start < count; start += CHUNK) {
      const written = await writePart(parts, start / CHUNK, chunkOf(start, Math.min(count, start + CHUNK)));
      if (!written.ok) throw new Error(JSON.stringify(written.failure));
    }
    const writing = seconds(began);
    let most = live();
    let parted = 0;
    const assembling = process.cpuUsage();
    const made = await assemble({
      parts: readdirSync(parts).map(name => join(parts, name)),
      folder: join(folder, 'dataset'),
      meta: DATASET_META,
      signal: new AbortController().signal,
      onProgress: () => {
        if (++parted % 50 === 0) most = Math.max(most, live());
      },
    });
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
    const took = seconds(assembling);
    const rows = Object.values(made.value.rows).reduce((sum, each) => sum + each, 0);
    const labels = join(folder, 'dataset/labels');
    const bytes = readdirSync(labels).reduce((sum, name) => sum + statSync(join(labels, name)).size, 0);
    console.log(
      `${count} samples of ${strokesEach.toFixed(0)} strokes, ${rows} rows: parts ${Math.round(count / writing)} samples/s, tables ${Math.round(count / took)} samples/s (${Math.round(rows / took)} rows/s), together ${Math.round(count / (writing + took))} samples/s; at most ${megabytes(most)} of memory held, ${megabytes(bytes)} of Parquet`,
    );
    return count / (writing + took);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [small = 5000, large = 100_000] = process.argv.slice(2).map(Number);
await measure(small);
// Before and behind the large one: what else the machine does comes and goes.
const before = [await measure(small), await measure(small)];
const rate = await measure(large);
const rates = [...before, await measure(small), await measure(small), await measure(small)];
const usual = rates.toSorted((a, b) => a - b)[rates.length >> 1] ?? 0;
console.log(
  `rate at ${large} to the rate at ${small} (median of ${rates.length}): ${(rate / usual).toFixed(2)} (at least 0.90 is wanted)`,
);
