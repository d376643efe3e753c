import { resolve } from 'node:path';
import type { Command } from 'commander';
import { explain, type JobView, type StoredSource } from '#shared/protocol';
import type { Context, Engine } from '../context';
import { EXIT, UsageError } from '../failing';
import { Reporter } from '../report';
import { addSampleSearch } from './sample-search';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Lines about files that were left out, before the rest is counted. */
const MOST_TOLD = 20;

const lineOf = ({ source, hits }: StoredSource): string =>
  [
    source.id.padEnd(23),
    String(hits).padStart(6),
    source.name.padEnd(24),
    source.licence ?? 'no licence found',
    source.author ?? 'no author found',
    source.path,
  ].join('  ');

/** `samples import|list|remove`: one-shots from folders of the user's. */
export function addSampleCommands(program: Command, context: Context): void {
  const samples = program.command('samples').description('one-shots that you imported from folders');

  plain(
    samples.command('import').argument('<paths...>', 'folders, with all folders below, or files'),
    'one JSON line per progress event, the result last',
  )
    .description(
      'take one-shots into the library: read, heard, sorted into roles; what is none is left out and told',
    )
    .action((paths: string[], flags: Flags) => importSamples(context, paths, flags));

  plain(samples.command('list'), 'a line of JSON a folder')
    .description('imported folders and kits: id, hits, name, licence, author, where they lie')
    .action(async (flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async engine => {
        for (const stored of await engine.services.sources()) {
          if (flags.json) reporter.data(stored);
          else reporter.say(lineOf(stored));
        }
      });
    });

  samples
    .command('remove')
    .argument('<id>', 'as `samples list` prints it')
    .description('forget a folder; its files stay where they are, and so do the hits that kits play')
    .action(async (id: string) => {
      await withEngine(context, async engine => {
        const known = (await engine.services.sources()).some(({ source }) => source.id === id);
        if (!known)
          throw new UsageError(`There is no folder ${id}. \`backbeat samples list\` shows all of them.`);
        await engine.services.removeSource(id);
      });
    });

  addSampleSearch(samples, context);
}

const plain = (command: Command, json: string): Command =>
  command.option('--json', json, false).option('--quiet', 'print nothing but errors', false);

async function importSamples(context: Context, paths: readonly string[], flags: Flags): Promise<void> {
  const reporter = new Reporter(flags, context.streams);
  await withEngine(context, async engine => {
    const { jobIds, refused } = await engine.services.importSamples(paths.map(path => resolve(path)));
    for (const { failure } of refused) reporter.complain(explain(failure));
    if (refused.length > 0) context.setExitCode(EXIT.failed);
    const cancel = (): void => {
      void Promise.allSettled(jobIds.map(id => engine.jobs.cancel(id)));
    };
    context.signal.addEventListener('abort', cancel, { once: true });
    const ended: JobView[] = [];
    for (const id of jobIds) ended.push(await engine.jobs.finish(id, view => reporter.progress(view)));
    context.signal.removeEventListener('abort', cancel);
    for (const job of ended) tell(job, reporter, context);
    reporter.result({
      states: ended.map(job => job.state),
      folders: ended.map(({ title, made, data, refused: leftOut }) => ({
        name: title,
        id: made.sourceId ?? null,
        ...(data as object | null),
        refused: leftOut.map(({ path, failure }) => ({ path, reason: explain(failure) })),
      })),
    });
  });
}

/** A file that is no one-shot is told and fails nothing: packs hold loops and read-me files. */
function tell(job: JobView, reporter: Reporter, context: Context): void {
  for (const note of job.progress.notes) reporter.complain(note);
  for (const { failure } of job.refused.slice(0, MOST_TOLD)) reporter.complain(explain(failure));
  if (job.refused.length > MOST_TOLD)
    reporter.complain(
      `${job.refused.length - MOST_TOLD} more files were left out; --json lists all of them.`,
    );
  if (job.state === 'cancelled') context.setExitCode(EXIT.cancelled);
  if (job.failure) {
    reporter.complain(explain(job.failure));
    context.setExitCode(EXIT.failed);
  }
  if (job.state !== 'done') return;
  const { hits, added, removed, copies } = job.data as Readonly<Record<string, number>>;
  if (hits === 0) context.setExitCode(EXIT.failed);
  reporter.say(
    `${job.title}: ${hits} samples, ${added} of them new, ${removed} gone, ${copies} copies, ${count(job.refused.length)} left out`,
  );
}

const count = (files: number): string => `${files} ${files === 1 ? 'file' : 'files'}`;

async function withEngine(context: Context, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await context.openEngine();
  context.setExitCode(EXIT.done);
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}
