import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasProgram } from '#test/audio-files';
import { backbeat, scratchFolder, suiteFolder } from '#test/cli';
import { type RedisServer, redisServer } from '#test/redis-server';

/** Of the eight samples that these tests ask for. */
const PARTS = 2;

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

  /** `backbeat dataset generate` into a folder of its own; SHA-256 of the manifest. */
  async function generated(...more: readonly string[]): Promise<string> {
    const out = join(scratchFolder(), 'study');
    const asked =
      '--profiles 4 --tempos 1 --rudiments flam_tap,five_stroke_roll --fixed-duration 1 --seed 11 --quiet';
    const argv = ['dataset', 'generate', ...asked.split(' '), '--out', out, ...more];
    const { code, stdout, stderr } = await backbeat(scratchFolder(), argv);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(out, '.run'))).toBe(false);
    return createHash('sha256')
      .update(readFileSync(join(out, 'manifest.json')))
      .digest('hex');
  }

  it('make the bytes that one machine makes, though one of them is killed at its work', async () => {
    const store = scratchFolder();
    const killed = worker(store);
    const byQueue = generated('--queue', redis.url, '--store', store);
    await expect.poll(killed.said).toContain('begun');
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(killed.said()).not.toContain('done');

    const other = worker(store);
    const here = await generated('--workers', '1');
    expect(await byQueue).toBe(here);
    expect(other.said()).toContain('A part whose worker was silent is made anew.');
    expect(other.said().match(/: done, 4 samples/g)?.length).toBeGreaterThanOrEqual(PARTS);

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
