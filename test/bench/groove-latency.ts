// Time of a take, of loading the models and of starting a process for them, and their memory, on a skeleton of BARS bars.
//   npm run bench -- groove-latency [BARS ...]
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { keepWarm, performTake } from '#main/inference';
import { forkWorker, openStageRunner } from '#main/jobs';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import type { Pattern } from '#shared/model';
import { explain, type TakeInput, TakeSchema } from '#shared/protocol';
import { testWorker } from '#test/worker-build';

const wanted = process.argv.slice(2).map(Number);
const lengths = wanted.length > 0 ? wanted : [2, 8, 64];
const RUNS = 5;

const manifest = (name: string): string => resolve('native-models', name, 'manifest.json');
const manifests = {
  humaniser: manifest('groove-humanise'),
  tapper: manifest('groove-tap'),
  transformer: manifest('drum-transformer'),
};
const skeleton = (bars: number, style: 'rock' | 'dense'): Pattern =>
  composeSkeleton({ ...SKELETON_DEFAULTS, style, tempo: 110, bars });
const asked = (towards: Pattern): TakeInput[] => [
  { kind: 'new' },
  { kind: 'infill', bars: { from: 0, to: 2 } },
  { kind: 'vary' },
  { kind: 'fill', bar: 1 },
  { kind: 'humanise', mode: 'tight' },
  { kind: 'humanise', mode: 'human' },
  { kind: 'regroove' },
  { kind: 'tap' },
  { kind: 'morph', towards },
];
const timed = async <Value>(work: () => Promise<Value>): Promise<readonly [Value, number]> => {
  const begin = performance.now();
  const value = await work();
  return [value, performance.now() - begin];
};
const megabytes = (): number => process.memoryUsage().rss / 1e6;

const before = megabytes();
const models = keepWarm();
for (const name of ['humaniser', 'tapper', 'transformer'] as const) {
  const [, milliseconds] = await timed<unknown>(() => models[name](manifests[name]));
  console.log(`load ${name.padEnd(12)} ${milliseconds.toFixed(0)} ms`);
}
console.log(`memory of the runtime and all three models: ${(megabytes() - before).toFixed(0)} MB`);
const context = { models, manifests, signal: new AbortController().signal };
for (const bars of lengths) {
  for (const each of asked(skeleton(bars, 'dense'))) {
    const times: number[] = [];
    const processor = process.cpuUsage();
    for (let take = 0; take < RUNS; take++) {
      const parsed = TakeSchema.parse({ ...each, take });
      const [made, milliseconds] = await timed(() => performTake(parsed, skeleton(bars, 'rock'), context));
      if (!made.ok) throw new Error(explain(made.failure));
      times.push(milliseconds);
    }
    times.sort((a, b) => a - b);
    const name = [each.kind, 'mode' in each ? each.mode : ''].join(' ').trim();
    const { user, system } = process.cpuUsage(processor);
    const mean = ((user + system) / 1000 / RUNS).toFixed(0);
    console.log(
      `${String(bars).padStart(3)} bars  ${name.padEnd(15)} median ${times[2]?.toFixed(0)} ms, slowest ${times.at(-1)?.toFixed(0)} ms, processor ${mean} ms`,
    );
  }
}
console.log(`memory after all takes: ${megabytes().toFixed(0)} MB`);
await models.close();

const ref = (path: string) => ({ kind: 'file', path, sha256: '' });
const refs = {
  humaniser: ref(manifests.humaniser),
  tapper: ref(manifests.tapper),
  transformer: ref(manifests.transformer),
};
const runner = openStageRunner(forkWorker(await testWorker()));
for (const name of ['first take of a fresh process', 'next take']) {
  const input = { take: TakeSchema.parse({ kind: 'new' }), pattern: skeleton(4, 'rock'), manifests: refs };
  const [, milliseconds] = await timed(() => runner.run('take', input));
  console.log(`${name}, 4 bars: ${milliseconds.toFixed(0)} ms`);
}
await runner.close();
