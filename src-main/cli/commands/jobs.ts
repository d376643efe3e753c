import type { Command } from 'commander';
import { explain, type JobView } from '#shared/protocol';
import { type Context, tellFiles } from '../context';
import { EXIT, UsageError } from '../failing';
import { Reporter } from '../report';
import { exitCodeOf } from '../run-jobs';
import { separatorAmong } from '../separator';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
}

const line = (job: JobView): string =>
  [
    job.id,
    job.state.padEnd(11),
    `${Math.floor(job.progress.fraction * 100)} %`.padStart(5),
    job.title,
    job.failure ? explain(job.failure) : job.progress.stage,
  ].join('  ');

/** `jobs list|cancel|resume`: the same queue that the studio shows. */
export function addJobCommands(program: Command, context: Context): void {
  const jobs = program.command('jobs').description('the queue that the command line and the studio share');

  jobs
    .command('list')
    .description('all jobs, newest last')
    .option('--json', 'a line of JSON a job', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (options: Flags) => {
      const reporter = new Reporter(options, context.streams);
      await withJobs(context, async engine => {
        for (const job of await engine.jobs.list()) {
          if (options.json) reporter.data(job);
          else reporter.say(line(job));
        }
      });
    });

  jobs
    .command('cancel')
    .argument('<id>', 'as `jobs list` prints it')
    .description('stop a job within 2 s; its finished stages are kept')
    .action(async (id: string) => {
      await withJobs(context, async engine => {
        await knownJob(engine.jobs, id);
        await engine.jobs.cancel(id);
      });
    });

  jobs
    .command('resume')
    .argument('<id>', 'as `jobs list` prints it')
    .description('go on with a failed, cancelled or interrupted job')
    .option('--model <name>', 'separate with another model than the job was given')
    .option('--json', 'one JSON line per progress event, the result last', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (id: string, options: Flags & { readonly model?: string }) => {
      const reporter = new Reporter(options, context.streams);
      await withJobs(context, async engine => {
        const separator =
          options.model === undefined ? null : separatorAmong(await engine.services.models(), options.model);
        const job = await knownJob(engine.jobs, id);
        if (job.state === 'done') {
          tellFiles(reporter, [job]);
          return;
        }
        await engine.services.retryJob(id, separator);
        const cancel = (): void => void engine.jobs.cancel(id);
        context.signal.addEventListener('abort', cancel);
        const ended = await engine.jobs.finish(id, view => reporter.progress(view));
        context.signal.removeEventListener('abort', cancel);
        context.setExitCode(exitCodeOf([ended], reporter));
        tellFiles(reporter, [ended]);
      });
    });
}

type Engine = Awaited<ReturnType<Context['openEngine']>>;

async function withJobs(context: Context, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await context.openEngine();
  context.setExitCode(EXIT.done);
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

async function knownJob(jobs: Engine['jobs'], id: string): Promise<JobView> {
  const job = (await jobs.list()).find(candidate => candidate.id === id);
  if (!job) throw new UsageError(`There is no job ${id}. \`backbeat jobs list\` shows all of them.`);
  return job;
}
