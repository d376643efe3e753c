// A graph of HTDemucs' size in our loop against the same graph in a bare onnxruntime-node loop: time a segment, turn about.
//   npm run bench -- inference-ratio [ROUNDS] [THREADS]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as runtime from 'onnxruntime-node';
import { openSeparationModel } from '#main/inference';
import { segmentAdapter } from '#shared/analysis';
import { explain } from '#shared/protocol';
import { htdemucsGraph } from '../support/htdemucs-graph';
import { onnxModel } from '../support/onnx-graphs';

const [rounds = '5', threads = '2'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'backbeat-bench-'));
const path = join(folder, 'htdemucs-size.onnx');
const graph = htdemucsGraph();
const parameters = Object.values(graph.constants ?? {}).reduce((sum, { values }) => sum + values.length, 0);
await writeFile(path, onnxModel(graph));

const bare = await runtime.InferenceSession.create(path, {
  intraOpNumThreads: Number(threads),
  interOpNumThreads: 1,
  logSeverityLevel: 4,
});
const noise = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => Math.random() - 0.5);
const opened = await openSeparationModel(path, { threads: Number(threads) });
if (!opened.ok) throw new Error(explain(opened.failure));
const { contract, openStream, stems } = opened.value;
if (contract.family === 'drum-stem') throw new Error('another contract');
// The same numbers for both, or a difference of their sizes could tell.
const segment = [noise(343_980), noise(343_980)] as const;
const feeds = Object.fromEntries(
  Object.entries(segmentAdapter(contract).encode(segment)).map(([name, { data, dims }]) => [
    name,
    new runtime.Tensor('float32', data, dims),
  ]),
);
const signal = new AbortController().signal;
const level = { mean: 0, deviation: 1, sideRms: 1 };

interface Cost {
  readonly wall: number;
  /** Seconds of processor time, which other programs of the machine disturb less. */
  readonly processor: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const begin = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - begin) / 1000, processor: (user + system) / 1e6 };
}

/** One segment in a bare loop, in ours with all four stems, and in ours with the drums alone. */
async function round(): Promise<readonly Cost[]> {
  const costs = [await costOf(() => bare.run(feeds))];
  for (const wanted of [stems, ['drums']]) {
    const stream = openStream({ stems: wanted, level, shifts: 0, seed: 1, signal });
    costs.push(await costOf(() => stream.push(segment)));
  }
  return costs;
}

await round();
const all: (readonly Cost[])[] = [];
for (let index = 0; index < Number(rounds); index++) all.push(await round());
const least = (column: number, kind: keyof Cost): number =>
  Math.min(...all.map(costs => costs[column]?.[kind] ?? Number.NaN));
console.log(
  `${(parameters / 1e6).toFixed(1)} M parameters, ${threads} threads, least of ${rounds} segments of 7.8 s`,
);
for (const [column, name] of ['bare loop', 'ours, four stems', 'ours, drums alone'].entries()) {
  const [wall, processor] = [least(column, 'wall'), least(column, 'processor')];
  const ratios = [wall / least(0, 'wall'), processor / least(0, 'processor')].map(ratio => ratio.toFixed(3));
  console.log(
    `${name}: ${wall.toFixed(2)} s (x ${ratios[0]}), processor ${processor.toFixed(2)} s (x ${ratios[1]})`,
  );
}
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
await opened.value.close();
await bare.release();
await rm(folder, { recursive: true });
