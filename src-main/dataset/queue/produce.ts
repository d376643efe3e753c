import { setTimeout as pause } from 'node:timers/promises';
import { QueueEvents } from 'bullmq';
import { attempt, Failed } from '#main/platform';
import type { Result } from '#shared/base';
import type { RunResources } from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { partFolder } from '../storage';
import type { PartTask } from '../run';
import { openObjects, RunStore } from '../store';
import { announce } from './announcements';
import type { Engine } from './engine';
import { partOfJob, PREFIX, queueName } from './part-jobs';
import { QueuedParts } from './queued-parts';
import { openRedis, type OpenRedis, refusalsFailed } from './redis';
import { unlessAborted, within } from './within';
import { sharedRun, sharedRunId, sharedRunText } from './shared-run';

export interface QueueRequest {
  /** `redis://host:port/db` */
  readonly queue: string;
  /** Address of the store that the workers have too. */
  readonly store: string;
  /** What the user calls the dataset. */
  readonly name: string;
  readonly config: PartTask['config'];
  readonly resources: RunResources;
  readonly engine: Engine;
  /** Numbers of the parts that are to be made. */
  readonly missing: readonly number[];
  /** Where they are put. */
  readonly parts: string;
  readonly signal: AbortSignal;
  readonly report: (fraction: number, rate: string) => void;
}

/** The store is looked at that often, whatever the queue says: what it says may be lost, and a shared folder shows a file late. */
const LOOK_MILLISECONDS = 5000;
/** A queue that forgot everything is filled anew within this. */
const OFFER_MILLISECONDS = 30_000;
const FETCHES_AT_ONCE = 4;
/** A part that comes broken is thrown away and made again so many times. */
const BROKEN_TRIES = 3;
/** Who leaves does not wait longer for a server that may be away. */
const FAREWELL_MILLISECONDS = 1000;

/** Has the missing parts made by the workers of a queue, and gathers them. A part that is made stays in the store until all are gathered. */
export async function partsByQueue(request: QueueRequest): Promise<Result<null, Failure>> {
  const objects = await openObjects(request.store, request.signal);
  if (!objects.ok) return objects;
  const progress = new GatherProgress(request);
  const redis = await openRedis(request.queue, gone => progress.away(gone));
  if (!redis.ok) return redis;
  try {
    return await attempt(
      request.parts,
      () => gather(request, redis.value, new RunStore(objects.value), progress),
      {
        neededBytes: 0,
      },
    );
  } finally {
    redis.value.close();
  }
}

async function gather(
  request: QueueRequest,
  redis: OpenRedis,
  store: RunStore,
  progress: GatherProgress,
): Promise<null> {
  const { signal, name, parts, engine } = request;
  const text = sharedRunText(sharedRun(request.config, request.resources, engine));
  const run = sharedRunId(text);
  for (const { sha256, path } of request.resources.files) await store.putResource(sha256, path, signal);
  await store.putText(run, text, parts, signal);

  const missing = new Set(request.missing);
  const broken = new Map<number, number>();
  const fetch = async (part: number): Promise<void> => {
    if (await store.getPart(run, part, parts, signal)) {
      missing.delete(part);
      progress.gathered(part);
      return;
    }
    broken.set(part, (broken.get(part) ?? 0) + 1);
    if ((broken.get(part) ?? 0) >= BROKEN_TRIES)
      throw new Failed({
        code: 'badFile',
        path: `${store.address}: ${partFolder('', part)}`,
        format: 'part of a dataset',
        problems: [`it came broken ${BROKEN_TRIES} times`],
      });
  };

  const queued = new QueuedParts(redis, engine, { run, name });
  const events = new QueueEvents(queueName(engine), { connection: redis.client, prefix: PREFIX });
  const takeBack = announce(redis.client, { run, name, engine });
  let ring = Promise.withResolvers<void>();
  let offered = -Infinity;
  const offerAnew = (): void => {
    offered = -Infinity;
    ring.resolve();
  };
  // A queue that was away may have forgotten everything.
  redis.client.on('ready', offerAnew);
  const look = ({ jobId }: { readonly jobId: string }): void => {
    if (partOfJob(jobId, run) !== null) ring.resolve();
  };
  events.on('error', () => undefined);
  events.on('completed', look);
  events.on('failed', look);
  events.on('progress', ({ jobId, data }) => {
    const part = partOfJob(jobId, run);
    if (part !== null && missing.has(part) && typeof data === 'number') progress.under(part, data);
  });
  const work = async (): Promise<void> => {
    await queued.forgetFailures();
    while (missing.size > 0) {
      signal.throwIfAborted();
      const there = [...(await store.parts(run, signal))].filter(part => missing.has(part));
      for (let first = 0; first < there.length; first += FETCHES_AT_ONCE)
        await Promise.all(there.slice(first, first + FETCHES_AT_ONCE).map(fetch));
      const failure = await queued.failure(missing);
      if (failure) throw new Failed(failure);
      if (performance.now() - offered > OFFER_MILLISECONDS) {
        await queued.offer([...missing]);
        offered = performance.now();
      }
      progress.workers(await queued.workers());
      if (missing.size === 0) break;
      await Promise.race([ring.promise, pause(LOOK_MILLISECONDS, undefined, { signal })]);
      ring = Promise.withResolvers();
    }
  };
  try {
    await refusalsFailed(redis, unlessAborted(work(), signal));
  } finally {
    redis.client.off('ready', offerAnew);
    await within(
      FAREWELL_MILLISECONDS,
      Promise.allSettled([takeBack(), queued.withdraw(request.missing), events.close()]),
    );
    void queued.close().catch(() => undefined);
  }
  await store.remove(run, signal);
  return null;
}

/** How far the parts are, those that are being made counted by their share. */
class GatherProgress {
  readonly #report: QueueRequest['report'];
  readonly #total: number;
  readonly #shares = new Map<number, number>();
  #gathered = 0;
  #workers = 0;
  #gone: string | null = null;

  constructor({ report, missing }: QueueRequest) {
    this.#report = report;
    this.#total = Math.max(1, missing.length);
  }

  under(part: number, share: number): void {
    this.#shares.set(part, Math.min(1, Math.max(0, share)));
    this.#tell();
  }

  gathered(part: number): void {
    this.#shares.delete(part);
    this.#gathered++;
    this.#tell();
  }

  workers(count: number): void {
    this.#workers = count;
    this.#tell();
  }

  away(gone: string | null): void {
    this.#gone = gone;
    this.#tell();
  }

  #tell(): void {
    let done = this.#gathered;
    for (const share of this.#shares.values()) done += share;
    this.#report(done / this.#total, this.#words());
  }

  #words(): string {
    if (this.#gone !== null) return `the queue is away: ${this.#gone}`;
    if (this.#workers === 0) return 'no worker is connected';
    return `${this.#workers} ${this.#workers === 1 ? 'worker' : 'workers'}`;
  }
}
