import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { beforeAll, afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { assemble, openSounding, partCount, partFolder, runPart } from '#main/dataset';
import { partsByQueue, thisEngine } from '#main/dataset/queue';
import { GenerationConfigSchema, planOf } from '#shared/dataset';
import { hasProgram } from '#test/audio-files';
import { backbeat, scratchFolder, suiteFolder } from '#test/cli';
import { DATASET_META } from '#test/dataset-samples';
import { type RedisServer, redisServer } from '#test/redis-server';

const CONFIG = GenerationConfigSchema.parse({
  num_profiles: 4,
  tempos_per_rudiment: 1,
  num_cycles_per_sample: 1,
  rudiments: ['flam_tap', 'five_stroke_roll', 'single_drag_tap'],
  augmentation_presets: ['practice_room', 'lo_fi'],
  seed: 11,
});
const never = new AbortController().signal;

describe.skipIf(!hasProgram('redis-server'))('workers of a queue (redis-server)', () => {
  const folder = suiteFolder();
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await redisServer(folder);
  });
  afterAll(async () => {
    redis.client.disconnect();
    await redis.stop();
  });

  /** `backbeat worker` in a process of its own, and what it has said. */
  function worker(store: string): { readonly child: ChildProcess; readonly said: () => string } {
    const argv = [
      'worker',
      '--queue',
      redis.url,
      '--store',
      store,
      '--concurrency',
      '1',
      '--lost-after',
      '2',
    ];
    const child = spawn(process.execPath, [resolve('dist/main/cli.js'), ...argv], {
      env: { ...process.env, BACKBEAT_HOME: scratchFolder() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', piece => (said += String(piece)));
    return { child, said: () => said };
  }

  const assembled = async (parts: string, count: number): Promise<string> => {
    const made = await assemble({
      parts: Array.from({ length: count }, (_, part) => partFolder(parts, part)),
      folder: scratchFolder(),
      meta: DATASET_META,
      signal: never,
    });
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
    return made.value.sha256;
  };

  it('make the bytes that one machine makes, though one of them is killed at its work', async () => {
    const resources = { files: [] };
    const opened = await openSounding(resources);
    const plan = opened.ok ? planOf(CONFIG, opened.value.catalogue) : opened;
    if (!plan.ok) throw new Error(JSON.stringify(plan.failure));
    const count = partCount(plan.value);
    const [here, store, parts] = [scratchFolder(), scratchFolder(), scratchFolder()];

    const killed = worker(store);
    const gathered = partsByQueue({
      queue: redis.url,
      store,
      name: 'study',
      config: CONFIG,
      resources,
      engine: thisEngine(),
      missing: Array.from({ length: count }, (_, part) => part),
      parts,
      signal: never,
      report: () => undefined,
    });
    await expect.poll(killed.said).toContain('begun');
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(killed.said()).not.toContain('done');

    const other = worker(store);
    for (let part = 0; part < count; part++)
      await runPart({ config: CONFIG, resources, part }, here, { signal: never });
    expect(await gathered).toEqual({ ok: true, value: null });
    expect(other.said()).toContain('A part whose worker was silent is made anew.');
    expect(other.said().match(/: done, 4 samples/g)).toHaveLength(count);
    expect(await assembled(parts, count)).toBe(await assembled(here, count));

    other.child.kill('SIGTERM');
    const [code] = (await once(other.child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(other.said()).toContain('Leaving');
  });

  it('say in one sentence what is missing, and begin nothing', async () => {
    const [home, store] = [scratchFolder(), scratchFolder()];
    const answers = await Promise.all([
      backbeat(home, ['worker', '--queue', redis.url, '--store', join(store, 'absent')]),
      backbeat(home, ['worker', '--queue', 'redis://127.0.0.1:9', '--store', store]),
      backbeat(home, ['worker', '--queue', redis.url]),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([1, 1, 2]);
    const [absent, unreachable, unnamed] = answers.map(({ stderr }) => stderr);
    expect(absent).toBe(`backbeat: ${join(store, 'absent')} is not there. Check the path, then try again.\n`);
    expect(unreachable).toMatch(
      /^backbeat: Redis at redis:\/\/127\.0\.0\.1:9\/0 cannot be reached: nothing listens there\. .*\n$/,
    );
    expect(unnamed).toContain("'--store <address>'");
  });
});
