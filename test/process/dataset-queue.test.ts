import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runPart } from '#main/dataset';
import {
  partsByQueue,
  type QueueRequest,
  thisEngine,
  workOnParts,
  type WorkRequest,
} from '#main/dataset/queue';
import { Failed } from '#main/platform';
import { GenerationConfigSchema } from '#shared/dataset';
import { explain } from '#shared/protocol';
import { hasProgram } from '#test/audio-files';
import { scratchFolder, suiteFolder } from '#test/cli';
import { freePort } from '#test/free-port';
import { type RedisServer, redisServer } from '#test/redis-server';
import { s3Server } from '#test/s3-server';

const never = new AbortController().signal;

/** Without audio, so that a part takes no time; each test's seed makes it a run of its own. */
const config = (seed: number) =>
  GenerationConfigSchema.parse({
    num_profiles: 6,
    tempos_per_rudiment: 1,
    num_cycles_per_sample: 1,
    rudiments: ['flam_tap', 'five_stroke_roll'],
    generate_audio: false,
    seed,
  });
const PARTS = [0, 1, 2];

const RUDIMENT = `name: Garden Gate
slug: garden_gate
category: roll
description: Two taps that swing on their hinges.
subdivision: eighth
tempo_range: [60, 180]
starts_on_left: false
alternates: false
pattern:
  beats_per_cycle: 1
  strokes:
    - { hand: R, type: accent, beats: 1/2 }
    - { hand: L, type: tap, beats: 1/2 }
params: {}
`;

describe.skipIf(!hasProgram('redis-server'))('a queue of parts (redis-server)', () => {
  const folder = suiteFolder();
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await redisServer(folder);
  });
  afterAll(async () => {
    redis.client.disconnect();
    await redis.stop();
  });

  /** A worker that makes parts as all do, unless `makePart` says otherwise; it leaves at the end of the test at the latest. */
  function worker(store: string, change: Partial<WorkRequest> = {}) {
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const said: string[] = [];
    const ended = workOnParts({
      queue: redis.url,
      store,
      engine: thisEngine(),
      concurrency: 1,
      folder: scratchFolder(),
      makePart: (task, parts, report) => runPart(task, parts, { signal: never, report }),
      say: line => said.push(line),
      signal: leaving.signal,
      lostAfterSeconds: 30,
      ...change,
    });
    return {
      said,
      leave: async () => {
        leaving.abort();
        return ended;
      },
    };
  }

  const produced = (store: string, parts: string, seed: number, change: Partial<QueueRequest> = {}) =>
    partsByQueue({
      queue: redis.url,
      store,
      name: 'study',
      config: config(seed),
      resources: { files: [] },
      engine: thisEngine(),
      missing: PARTS,
      parts,
      signal: never,
      report: () => undefined,
      ...change,
    });

  const jobs = async (state: 'wait' | 'active'): Promise<number> => {
    const keys = await redis.client.keys(`backbeat:dataset-parts-*:${state}`);
    const counts = await Promise.all(keys.map(key => redis.client.llen(key)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const wanted = ['part-000000', 'part-000001', 'part-000002'];

  it('is filled anew when it comes back and has forgotten everything', async () => {
    const [store, parts] = [scratchFolder(), scratchFolder()];
    const told: string[] = [];
    const run = produced(store, parts, 1, { report: (_share, words) => told.push(words) });
    await expect.poll(() => jobs('wait')).toBe(3);
    await redis.stop();
    await expect.poll(() => told.at(-1)).toContain('the queue is away');
    await redis.start();
    const { leave } = worker(store);
    expect(await run).toEqual({ ok: true, value: null });
    expect(readdirSync(parts).sort()).toEqual(wanted);
    // Nothing is left behind in the store.
    expect(
      readdirSync(store, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()),
    ).toEqual([]);
    expect(await leave()).toEqual({ ok: true, value: null });
  });

  it('is emptied by who cancels; what was made until then is not made again', async () => {
    const [store, parts] = [scratchFolder(), scratchFolder()];
    const cancelling = new AbortController();
    let count = 0;
    const makePart: WorkRequest['makePart'] = async (task, into, report) => {
      count++;
      if (count === 2) cancelling.abort();
      return runPart(task, into, { signal: never, report });
    };
    const { leave } = worker(store, { makePart });
    await expect(produced(store, parts, 2, { signal: cancelling.signal })).rejects.toThrow(/abort/i);
    await expect.poll(async () => (await jobs('wait')) + (await jobs('active'))).toBe(0);
    const before = count;
    expect(before).toBeLessThan(4);
    expect(await produced(store, parts, 2)).toEqual({ ok: true, value: null });
    expect(readdirSync(parts).sort()).toEqual(wanted);
    expect(count).toBe(3);
    await leave();
  });

  it('gets back what a worker was at that leaves, and another makes it without waiting', async () => {
    const [store, parts] = [scratchFolder(), scratchFolder()];
    const begun = Promise.withResolvers<void>();
    const leaving = new AbortController();
    const hanging = worker(store, {
      signal: leaving.signal,
      makePart: () => {
        begun.resolve();
        const { promise, reject } = Promise.withResolvers<never>();
        leaving.signal.addEventListener('abort', () => reject(new Error('killed')));
        return promise;
      },
    });
    const run = produced(store, parts, 3);
    await begun.promise;
    leaving.abort();
    await hanging.leave();
    expect(await jobs('active')).toBe(0);
    expect(await jobs('wait')).toBe(3);
    const { leave } = worker(store);
    expect(await run).toEqual({ ok: true, value: null });
    await leave();
  });

  it('gives a part up after three tries, with the reason and where, and tries it again when the run is resumed', async () => {
    const [store, parts] = [scratchFolder(), scratchFolder()];
    let isFull = true;
    const makePart: WorkRequest['makePart'] = async (task, into, report) => {
      const full = { code: 'diskFull', path: '/data', neededBytes: 2e6, freeBytes: 1e6 } as const;
      if (isFull && task.part === 1) throw new Failed(full);
      return runPart(task, into, { signal: never, report });
    };
    const { leave } = worker(store, { makePart });
    const made = await produced(store, parts, 4);
    expect(made).toMatchObject({ ok: false, failure: { code: 'partFailed', part: 1, tries: 3 } });
    expect(made.ok ? '' : explain(made.failure)).toContain('Disk full at /data: needs 2.0 MB, 1.0 MB free.');
    isFull = false;
    expect(
      await produced(store, parts, 4, {
        missing: PARTS.filter(part => !readdirSync(parts).includes(`part-00000${part}`)),
      }),
    ).toEqual({ ok: true, value: null });
    expect(readdirSync(parts).sort()).toEqual(wanted);
    await leave();
  });

  it('gives no part to a worker whose bytes could differ, which says so', async () => {
    const [store, parts] = [scratchFolder(), scratchFolder()];
    const older = { ...thisEngine(), generator: '0.0.1', v8: '12.4' };
    const run = produced(store, parts, 5);
    await expect.poll(() => jobs('wait')).toBe(3);
    const other = worker(store, { engine: older });
    await expect
      .poll(() => other.said.at(-1))
      .toMatch(
        /^study is not made here: it was begun by Backbeat .* and this is Backbeat 0\.0\.1 on V8 12\.4/,
      );
    expect(await jobs('wait')).toBe(3);
    const { leave } = worker(store);
    expect(await run).toEqual({ ok: true, value: null });
    expect(other.said.some(line => line.includes('begun,'))).toBe(false);
    await Promise.all([leave(), other.leave()]);
  });

  it('tells a worker with another store what is wrong', async () => {
    const [store, parts] = [scratchFolder(), scratchFolder()];
    const { leave } = worker(scratchFolder());
    const made = await produced(store, parts, 6);
    expect(made.ok ? '' : explain(made.failure)).toMatch(
      /it holds no run .*: worker and producer must name the same store/,
    );
    await leave();
  });

  it("shares parts and the user's files through a bucket: a worker elsewhere makes what is made here", async () => {
    const { environment, objects } = await s3Server('drums');
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const path = join(scratchFolder(), 'garden_gate.yaml');
    writeFileSync(path, RUDIMENT);
    const sha256 = createHash('sha256').update(RUDIMENT).digest('hex');
    const resources = { files: [{ kind: 'rudiment' as const, name: 'garden_gate', sha256, path }] };
    const asked = { ...config(8), rudiments: ['flam_tap', 'garden_gate'] };
    const [here, parts, elsewhere] = [scratchFolder(), scratchFolder(), scratchFolder()];
    for (const part of PARTS) await runPart({ config: asked, resources, part }, here, { signal: never });

    const paths = new Set<string>();
    const { leave } = worker('s3://drums/studies', {
      folder: elsewhere,
      makePart: (task, into, report) => {
        for (const file of task.resources.files) paths.add(file.path);
        return runPart(task, into, { signal: never, report });
      },
    });
    expect(await produced('s3://drums/studies', parts, 8, { config: asked, resources })).toEqual({
      ok: true,
      value: null,
    });
    expect([...paths]).toEqual([join(elsewhere, 'files', sha256)]);
    const told = (folder: string) =>
      wanted.map(part => readFileSync(join(folder, part, 'part.json'), 'utf8'));
    expect(told(parts)).toEqual(told(here));
    expect([...objects.keys()]).toEqual([`drums/studies/resources/${sha256}`]);
    await leave();
  });

  it('that is not there, or is none, is said in one sentence', async () => {
    const store = scratchFolder();
    const port = await freePort();
    const failureAt = async (queue: string) => {
      const made = await produced(store, scratchFolder(), 7, { queue });
      return made.ok ? '' : explain(made.failure);
    };
    expect(await failureAt(`redis://127.0.0.1:${port}`)).toMatch(
      /^Redis at redis:\/\/127\.0\.0\.1:\d+\/0 cannot be reached: nothing listens there\./,
    );
    expect(await failureAt(`${redis.url}/99`)).toContain('DB index is out of range');
    expect(await failureAt('localhost')).toBe(
      '--queue is localhost, but must be redis://host:port or redis://host:port/db; rediss:// for TLS.',
    );
    const secret = await failureAt('redis://me:hidden@127.0.0.1');
    expect(secret).toContain('REDIS_PASSWORD');
    expect(secret).not.toContain('hidden');
    await redis.client.config('SET', 'requirepass', 'hidden');
    expect(await failureAt(redis.url)).toContain('it wants another password');
    await redis.client.config('SET', 'requirepass', '');
  });
});
