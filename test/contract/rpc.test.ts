import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import type { Kit } from '#shared/model';
import type { AppRouter, JobView } from '#shared/protocol';
import { overPort, overWebSocket } from '#test/worker-rpc';
import { aStudio } from '#test/worker-studio';

const KIT: Kit = { id: 'k', name: 'Ünïcode kit', sampleRate: 48_000, pads: [], shapes: {} };
const EMPTY_PATTERN = {
  tempo: 120,
  bars: [{ numerator: 4, denominator: 4 as const }],
  swing: { percent: 50, base: '16th' as const },
  notes: [],
};

describe.each([
  ['a WebSocket', overWebSocket],
  ["Electron's port", overPort],
])('the studio over %s', (_name, open) => {
  it('answers questions and does as it is told', async () => {
    const studio = await aStudio();
    const { rpc } = await open(studio.services, []);
    expect(await rpc.info.query()).toEqual({
      version: '0.0.0',
      host: 'web',
      demo: null,
      separator: 'drum-stem',
      ear: 'drum-clap',
      open: null,
    });
    await rpc.saveKit.mutate(KIT);
    expect(await rpc.kits.query()).toEqual([KIT]);
    await rpc.saveSetting.mutate({ name: 'audio', value: { latency: 0.1, device: null } });
    expect(await rpc.settings.query()).toEqual({ audio: { latency: 0.1, device: null } });
  });

  it('answers a thousand questions at once', async () => {
    const studio = await aStudio();
    const { rpc } = await open(studio.services, []);
    const answers = await Promise.all(Array.from({ length: 1000 }, () => rpc.kits.query()));
    expect(answers).toHaveLength(1000);
    expect(answers.every(kits => kits.length === 0)).toBe(true);
  });

  it('sends an expected failure with its code and its sentence, and no bug', async () => {
    const studio = await aStudio();
    const bugs: unknown[] = [];
    const { rpc } = await open(studio.services, bugs);
    const error = await rpc.layOut
      .mutate({ pattern: EMPTY_PATTERN, kitId: 'gone' })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TRPCClientError);
    const { data, message } = error as TRPCClientError<AppRouter>;
    expect(data?.failure).toEqual({ code: 'notFound', path: 'kit gone' });
    expect(message).toBe('kit gone is not there. Check the path, then try again.');
    expect(JSON.stringify(data)).not.toContain('.ts');
    expect(bugs).toEqual([]);
  });

  it('refuses input of the wrong shape before any use case sees it', async () => {
    const studio = await aStudio();
    const { rpc } = await open(studio.services, []);
    const bad = { ...KIT, sampleRate: -1 };
    await expect(rpc.saveKit.mutate(bad)).rejects.toMatchObject({ data: { code: 'BAD_REQUEST' } });
    expect(await rpc.kits.query()).toEqual([]);
  });

  it('tells how jobs go until nobody listens any more', async () => {
    const studio = await aStudio();
    const { rpc } = await open(studio.services, []);
    const told: (readonly JobView[])[] = [];
    const { promise: stopped, resolve } = Promise.withResolvers<void>();
    const subscription = rpc.watchJobs.subscribe(undefined, {
      onData: jobs => told.push(jobs),
      onStopped: () => resolve(),
      onComplete: () => resolve(),
    });
    await expect.poll(() => told.length).toBe(1);
    const folder = `${studio.folder}/nothing.wav`;
    await studio.jobs.finish(
      await studio.jobs.enqueue('import-track', 'Nothing', { path: folder, name: null }),
    );
    await expect
      .poll(() => told.at(-1)?.[0])
      .toMatchObject({ state: 'failed', failure: { code: 'notFound' } });
    subscription.unsubscribe();
    await stopped;
    const before = told.length;
    await studio.jobs.dismiss(told.at(-1)?.[0]?.id ?? '');
    await new Promise(done => setTimeout(done, 400));
    expect(told).toHaveLength(before);
  });

  it('begins anew when the page does, and lets the former page go', async () => {
    const studio = await aStudio();
    let watching = 0;
    const services = {
      ...studio.services,
      watchLibrary(listener: Parameters<typeof studio.services.watchLibrary>[0]) {
        watching++;
        const stop = studio.services.watchLibrary(listener);
        return () => {
          watching--;
          stop();
        };
      },
    };
    const first = await open(services, []);
    first.rpc.watchLibrary.subscribe(undefined, {});
    await expect.poll(() => watching).toBe(1);
    if (open === overWebSocket) await first.client.close();
    const second = first.connect();
    expect(await second.rpc.kits.query()).toEqual([]);
    await expect.poll(() => watching).toBe(0);
    await second.rpc.saveKit.mutate(KIT);
    expect(await second.rpc.kits.query()).toEqual([KIT]);
  });
});
