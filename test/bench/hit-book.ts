// The book of hits: how long a library takes to answer it, how long its shell is busy without a pause for others, and what it weighs on
// the wire.
//   npm run bench -- hit-book [HITS...]
import { mkdtempSync, rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '#main/library';
import { codec } from '#shared/protocol';
import { fillLibrary } from '#test/full-library';

const [, ...given] = process.argv;
const counts = given.length > 1 ? given.slice(1).map(Number) : [50_000, 100_000];

for (const count of counts) {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-book-'));
  const opened = await openLibrary(folder);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const library = opened.value;
  await fillLibrary(library, count);
  await library.hitBook.read();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    loop.enable();
    const began = performance.now();
    await library.hitBook.read();
    times.push(performance.now() - began);
    loop.disable();
  }
  const book = await library.hitBook.read();
  const packing = performance.now();
  const bytes = codec.encode(book).length;
  const packed = performance.now() - packing;
  const reading = performance.now();
  codec.decode(codec.encode(book));
  const both = performance.now() - reading;
  console.log(
    `${count} hits: read in ${times.sort((a, b) => a - b)[2]?.toFixed(0)} ms (median of 5), longest pause ${(loop.max / 1e6).toFixed(0)} ms, ` +
      `${(bytes / 1e6).toFixed(1)} MB on the wire, packed in ${packed.toFixed(0)} ms, packed and read in ${both.toFixed(0)} ms`,
  );
  await library.close();
  rmSync(folder, { recursive: true });
}
