import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rm } from 'node:fs/promises';
import { type Job, WaitingError, Worker } from 'bullmq';
import { attempt, Failed, failureOfError } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import { explain, type Failure } from '#shared/protocol';
import type { PartTask } from '../run';
import { type Part, partFolder } from '../storage';
import { openObjects, RunStore } from '../store';
import { runsOfOthers } from './announcements';
import { type Engine, engineWords } from './engine';
import { type PartJob, PartJobSchema, PREFIX, queueName, reasonText, TRIES } from './part-jobs';
import { openRedis, type OpenRedis, refusalOf } from './redis';
import { RunTasks } from './run-tasks';
import { openScratch } from './scratch';
import { unlessAborted, within } from './within';

export interface WorkRequest {
  readonly queue: string;
  readonly store: string;
  readonly engine: Engine;
  /** Parts made at the same time. */
  readonly concurrency: number;
  /** A folder of this machine, for the users' files and for parts on their way. */
  readonly folder: string;
  /** Makes a part in a process of its own, in the folder `parts`. Throws `Failed` when that process dies. */
  readonly makePart: (
    task: PartTask,
    parts: string,
    report: (fraction: number) => void,
  ) => Promise<Result<Part, Failure>>;
  /** Hears what is being done, a line each. */
  readonly say: (line: string) => void;
  /** Ends the work: what is under way goes back to the queue. */
  readonly signal: AbortSignal;
  /** Silence after which a part is given to another worker. */
  readonly lostAfterSeconds: number;
}

const TELL_MILLISECONDS = 1000;
const LOOK_MILLISECONDS = 5000;
/** Within which a worker that is told to leave is gone. */
const LEAVE_MILLISECONDS = 1500;
/** A part over which so many workers died is given up. */
const DEATHS = TRIES;

/** Makes parts of a queue until `signal` aborts. */
export async function workOnParts(request: WorkRequest): Promise<Result<null, Failure>> {
  const { signal, say, folder } = request;
  const objects = await openObjects(request.store, signal);
  if (!objects.ok) return objects;
  const redis = await openRedis(request.queue, gone =>
    say(gone === null ? 'The queue is back.' : `The queue is away (${gone}); waiting for it.`),
  );
  if (!redis.ok) return redis;
  const scratch = await attempt(folder, () => openScratch(folder), { neededBytes: 0 });
  if (!scratch.ok) {
    redis.value.close();
    return scratch;
  }
  try {
    await serve(request, redis.value, new RunStore(objects.value), scratch.value);
    return ok(null);
  } finally {
    redis.value.close();
    await rm(scratch.value, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function serve(
  request: WorkRequest,
  redis: OpenRedis,
  store: RunStore,
  scratch: string,
): Promise<void> {
  const { signal, say, engine, concurrency, lostAfterSeconds } = request;
  const tasks = new RunTasks(store, join(request.folder, 'files'), scratch);
  const worker = new Worker<PartJob>(
    queueName(engine),
    async (job, token) => {
      const made = await madePart(job, request, store, tasks, scratch);
      if (made.ok) return null;
      if (signal.aborted) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      throw new Error(reasonText(hostname(), made.failure));
    },
    {
      connection: redis.client,
      prefix: PREFIX,
      concurrency,
      lockDuration: lostAfterSeconds * 1000,
      stalledInterval: lostAfterSeconds * 500,
      maxStalledCount: DEATHS - 1,
    },
  );
  const complaints = new Set<string>();
  // A server that is away is told of by the connection itself.
  worker.on('error', error => {
    const refusal = refusalOf(error);
    if (refusal === null || complaints.has(refusal)) return;
    complaints.add(refusal);
    say(`Redis refuses: ${refusal}`);
  });
  worker.on('stalled', () => say('A part whose worker was silent is made anew.'));
  say(
    `Waiting at ${redis.address} for parts of datasets by ${engineWords(engine)}; ${concurrency} at a time, store ${store.address}.`,
  );
  await unlessAborted(tellOfOthers(redis, engine, say, signal), signal).catch(() => undefined);
  say('Leaving; what is not finished goes back to the queue.');
  await within(LEAVE_MILLISECONDS, worker.close());
}

/** Says of each run that waits for another engine that it is not made here, until `signal` aborts. */
async function tellOfOthers(
  { client }: OpenRedis,
  engine: Engine,
  say: WorkRequest['say'],
  signal: AbortSignal,
): Promise<void> {
  for (const told = new Set<string>(); !signal.aborted; ) {
    // Who cannot ask now asks again.
    for (const { run, name, engine: other } of await runsOfOthers(client, engine).catch(() => [])) {
      if (told.has(run)) continue;
      told.add(run);
      say(
        `${name} is not made here: it was begun by ${engineWords(other)}, and this is ${engineWords(engine)}; bytes could differ.`,
      );
    }
    await pause(LOOK_MILLISECONDS, undefined, { signal });
  }
}

/** Makes the part of a job and sends it to the store, unless it is there. Whatever goes wrong is answered. */
async function madePart(
  job: Job<PartJob>,
  { makePart, say, signal }: WorkRequest,
  store: RunStore,
  tasks: RunTasks,
  scratch: string,
): Promise<Result<null, Failure>> {
  const { run, part, name } = PartJobSchema.parse(job.data);
  const what = `${name}, part ${part}`;
  const parts = join(scratch, run);
  const began = performance.now();
  try {
    if (await store.hasPart(run, part, signal)) return ok(null);
    const task = await tasks.task(run, part, signal);
    say(`${what}: begun`);
    const made = await makePart(task, parts, progressOf(job));
    if (!made.ok) throw new Failed(made.failure);
    await store.putPart(run, part, parts, signal);
    const { samples, files } = made.value;
    const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const seconds = (performance.now() - began) / 1000;
    say(`${what}: done, ${samples} samples, ${megabytes.toFixed(1)} MB, ${seconds.toFixed(1)} s`);
    return ok(null);
  } catch (error) {
    const failure = failureOfAny(error, parts);
    if (!signal.aborted) say(`${what}: ${explain(failure)}`);
    return fail(failure);
  } finally {
    await rm(partFolder(parts, part), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Tells of a part's progress now and then; a server that is away misses some of it. */
function progressOf(job: Job<PartJob>): (fraction: number) => void {
  let told = -Infinity;
  return fraction => {
    const now = performance.now();
    if (now - told < TELL_MILLISECONDS) return;
    told = now;
    void job.updateProgress(fraction).catch(() => undefined);
  };
}

/** A bug in making one part must not end the worker, and is told to whoever asked for it. */
function failureOfAny(error: unknown, path: string): Failure {
  try {
    return failureOfError(error, path, { neededBytes: 0 });
  } catch {
    return {
      code: 'unknown',
      what: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}
