import { Queue } from 'bullmq';
import { explain, type Failure } from '#shared/protocol';
import type { Engine } from './engine';
import { JOB_OPTIONS, jobId, type PartJob, PREFIX, queueName, readReason } from './part-jobs';
import type { OpenRedis } from './redis';

/** The parts of one run in the queue, as its producer sees them. */
export class QueuedParts {
  readonly #queue: Queue<PartJob>;
  readonly #redis: OpenRedis;
  readonly #run: Omit<PartJob, 'part'>;

  constructor(redis: OpenRedis, engine: Engine, run: Omit<PartJob, 'part'>) {
    this.#redis = redis;
    this.#run = run;
    this.#queue = new Queue(queueName(engine), { connection: redis.client, prefix: PREFIX });
    // A server that is away is told of by the connection itself.
    this.#queue.on('error', () => undefined);
  }

  #id(part: number): string {
    return jobId({ run: this.#run.run, part });
  }

  /** Queues those that are not: none is queued twice. */
  async offer(parts: readonly number[]): Promise<void> {
    const pipeline = this.#redis.client.pipeline();
    for (const part of parts) pipeline.exists(this.#queue.toKey(this.#id(part)));
    const there = (await pipeline.exec()) ?? [];
    const absent = parts.filter((_, index) => there[index]?.[1] === 0);
    await this.#queue.addBulk(
      absent.map(part => ({
        name: 'part',
        data: { ...this.#run, part },
        opts: { ...JOB_OPTIONS, jobId: this.#id(part) },
      })),
    );
  }

  /** Why one of these parts was given up for good, if one was. */
  async failure(parts: ReadonlySet<number>): Promise<Failure | null> {
    for (const job of await this.#queue.getFailed()) {
      if (job.data.run !== this.#run.run || !parts.has(job.data.part)) continue;
      const { worker, failure } = readReason(job.failedReason);
      return {
        code: 'partFailed',
        part: job.data.part,
        tries: Math.max(job.attemptsMade, 1),
        worker: worker || 'workers that died',
        reason: failure ? explain(failure) : `${job.failedReason}.`,
      };
    }
    return null;
  }

  /** What was given up is forgotten, so that it can be tried again. */
  async forgetFailures(): Promise<void> {
    for (const job of await this.#queue.getFailed()) if (job.data.run === this.#run.run) await job.remove();
  }

  /** Takes those back that nobody has begun. */
  async withdraw(parts: readonly number[]): Promise<void> {
    await Promise.all(parts.map(part => this.#queue.remove(this.#id(part))));
  }

  /** Processes that wait for parts of this engine, whatever run they are of. */
  async workers(): Promise<number> {
    return this.#queue.getWorkersCount();
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}
