// Time of importing a folder of one-shots: FILES synthesised drums of half a second, WAV and FLAC, stereo; then the same folder again
// with one more file in it. The memory is the highest of the shell and of its worker.
//   npm run bench -- import-samples [FILES] [WORKERS]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { forkWorker } from '#main/jobs';
import { writeWav } from '#main/platform';
import { openStudio } from '#main/usecases';
import { Random } from '#shared/base';
import type { MonoAudio } from '#shared/model';
import type { FromWorker, ToWorker } from '#shared/protocol';
import { closedHat, kick, openHat, snare, tom } from '#test/hits';
import { testWorker } from '#test/worker-build';

const [files = '2000', workers = '1'] = process.argv.slice(2);
const DRUMS: readonly ((options: object) => MonoAudio)[] = [kick, snare, closedHat, openHat, tom];

const folder = mkdtempSync(join(tmpdir(), 'backbeat-samples-'));
const pack = join(folder, 'pack');

async function write(index: number): Promise<void> {
  const random = Random.ofSeed(1).fork(index);
  const drum = random.pick(DRUMS);
  const { samples, sampleRate } = drum({
    seconds: random.between(0.2, 0.8),
    level: random.between(0.3, 0.95),
    stroke: `${index}`,
  });
  const inside = join(pack, `part ${index % 20}`);
  mkdirSync(inside, { recursive: true });
  await writeWav(join(inside, `sound ${index}.wav`), { sampleRate, channels: [samples, samples] }, '16');
}

for (let index = 0; index < Number(files); index++) await write(index);
/** Seconds that the workers were at each stage. */
const spent = new Map<string, number>();
const open = forkWorker(await testWorker());
const opened = await openStudio({
  folder: join(folder, 'home'),
  exportsFolder: join(folder, 'exports'),
  host: 'web',
  version: '0.0.0',
  workerCount: Number(workers),
  modelsFolder: resolve('native-models'),
  keepAwake: () => () => undefined,
  openProc() {
    const proc = open();
    let current = { stage: '', start: 0 };
    proc.onMessage(message => {
      if ((message as FromWorker).kind !== 'done') return;
      const seconds = (performance.now() - current.start) / 1000;
      spent.set(current.stage, (spent.get(current.stage) ?? 0) + seconds);
    });
    return {
      ...proc,
      postMessage(message) {
        proc.postMessage(message);
        const sent = message as ToWorker;
        if (sent.kind === 'run') current = { stage: sent.stage, start: performance.now() };
      },
    };
  },
  reportBug: error => console.error(error),
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const studio = opened.value;

/** Seconds of the processor that this process's children took so far: what other programs of the machine do not change. */
const workerSeconds = (): number =>
  execFileSync('ps', ['--ppid', String(process.pid), '-o', 'cputimes='], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .reduce((sum, seconds) => sum + Number(seconds), 0);

async function importPack(what: string): Promise<void> {
  spent.clear();
  const began = performance.now();
  const {
    jobIds: [jobId = ''],
  } = await studio.services.importSamples([pack]);
  let rate = '';
  let highest = 0;
  const job = await studio.jobs.finish(jobId, view => {
    rate = view.progress.rate || rate;
    highest = Math.max(highest, process.memoryUsage().rss);
  });
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${what}: ${job.state} in ${seconds.toFixed(1)} s, ${(Number(files) / seconds).toFixed(0)} files / s (last shown ${rate}), ` +
      `shell at most ${(highest / 1e6).toFixed(0)} MB, ${JSON.stringify(job.data)} ${JSON.stringify(job.failure)} ${job.progress.notes.join(' ')}`,
  );
  console.log(
    `  processor so far: workers ${workerSeconds()} s, shell ${(process.cpuUsage().user / 1e6).toFixed(0)} s`,
  );
  for (const [stage, took] of spent) console.log(`  ${stage.padEnd(10)} ${took.toFixed(1)} s`);
}

await importPack('first import');
await write(Number(files));
await importPack('again, with one file more');
const began = performance.now();
const book = await studio.services.hitBook();
console.log(`book of ${book.ids.length} hits in ${(performance.now() - began).toFixed(0)} ms`);
await studio.close();
rmSync(folder, { recursive: true });
