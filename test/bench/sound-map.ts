// Time and quality of the map of COUNT sounds, of placing new ones on it, and of looking for sounds that may be the same.
//   npm run bench -- sound-map [COUNT]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawMapStage } from '#main/pipeline/map';
import { rowBytes, SOUND_FACTS } from '#main/pipeline/stage';
import { SoundIndex, twinCandidates } from '#shared/search';
import { anyBook } from '#test/any-book';
import { anyVectors } from '#test/any-vectors';

const COUNT = Number(process.argv[2] ?? 20_000);
const SIZE = 128;
const WIDTH = SOUND_FACTS + SIZE;

const processor = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const book = anyBook(COUNT);
const vectors = anyVectors(COUNT, { size: SIZE, kinds: book.instrument });
const rows = new Float32Array(COUNT * WIDTH);
for (let row = 0; row < COUNT; row++) {
  rows[row * WIDTH] = book.brightness[row] ?? 0;
  rows[row * WIDTH + 1] = Math.log2(book.decaySeconds[row] ?? 1);
  rows.set(vectors.subarray(row * SIZE, (row + 1) * SIZE), row * WIDTH + SOUND_FACTS);
}
const folder = mkdtempSync(join(tmpdir(), 'backbeat-map-'));
try {
  const path = join(folder, 'sounds.f32');
  writeFileSync(path, rowBytes(rows));
  const begin = processor();
  const drawn = await drawMapStage.run(
    { sounds: { kind: 'file', path, sha256: '' }, size: SIZE },
    { folder, signal: new AbortController().signal, report: () => undefined },
  );
  if (!drawn.ok) throw new Error(JSON.stringify(drawn.failure));
  const { fitted, trustworthiness, kept } = drawn.value.values;
  console.log(
    `map of ${COUNT} sounds, fitted on ${fitted}: ${(processor() - begin).toFixed(1)} s of one core; trustworthiness ${trustworthiness.toFixed(3)}, neighbours kept ${kept.toFixed(3)} (15 of each)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const index = new SoundIndex(SIZE);
index.append(vectors);
const begin = processor();
let pairs = 0;
for (const found of twinCandidates(index, 0.97)) pairs += found.length / 2;
console.log(
  `sounds that may be the same among ${COUNT}: ${(processor() - begin).toFixed(1)} s of one core; ${pairs} pairs`,
);
