import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Part } from '#main/dataset';
import { createWorkerPool, forkWorker } from '#main/jobs';
import { appFolders } from '#main/platform';
import { ok } from '#shared/base';
import type { Context } from '../context';
import { CommandFailed } from '../failing';
import { real, whole } from '../options';
import { Reporter } from '../report';

interface Flags {
  readonly queue: string;
  readonly store: string;
  readonly concurrency: number;
  readonly lost_after: number;
  readonly quiet: boolean;
}

/** A worker process is killed after so many seconds without a sign of life. */
const SILENCE_SECONDS = 60;
const LOST_AFTER_SECONDS = 30;

/** `worker`: makes parts of datasets that are generated with `--queue`, wherever that is. */
export function addWorkerCommand(program: Command, context: Context): void {
  program
    .command('worker')
    .description('make parts of datasets for whoever generates them with --queue; leave by Ctrl-C')
    .requiredOption(
      '--queue <address>',
      'redis://host:port/db, rediss:// for TLS; password from REDIS_PASSWORD',
    )
    .requiredOption('--store <address>', 'the same as the generator has: a folder, or s3://bucket/prefix')
    .option(
      '--concurrency <number>',
      'parts at a time, each in a process of its own',
      whole('--concurrency', 1, 256),
      availableParallelism(),
    )
    .option(
      '--lost_after <seconds>',
      'silence after which the part of a worker goes to another',
      real('--lost_after', 1, 3600),
      LOST_AFTER_SECONDS,
    )
    .option('--quiet', 'print nothing but errors', false)
    .action(async ({ queue, store, concurrency, lost_after, quiet }: Flags) => {
      const reporter = new Reporter({ json: false, quiet }, context.streams);
      const { signal } = context;
      const script = join(import.meta.dirname, 'workers/stage-worker.js');
      const pool = createWorkerPool(forkWorker(script), concurrency, SILENCE_SECONDS);
      const leave = (): void => void pool.close();
      signal.addEventListener('abort', leave, { once: true });
      // Redis and S3 are of no use to any other command, and long to load.
      const { thisEngine, workOnParts } = await import('#main/dataset/queue');
      const worked = await workOnParts({
        queue,
        store,
        engine: thisEngine(),
        concurrency,
        folder: join(appFolders().library, 'dataset-worker'),
        lostAfterSeconds: lost_after,
        signal,
        say: line => reporter.say(line),
        async makePart(task, parts, report) {
          const input = { ...task, parts };
          const done = await pool.run({
            stage: 'dataset-part',
            input,
            folder: '',
            signal,
            onProgress: report,
          });
          return ok(done.values as Part);
        },
      });
      await pool.close();
      signal.removeEventListener('abort', leave);
      if (!worked.ok) throw new CommandFailed(worked.failure);
    });
}
