import type { Command } from 'commander';
import type { DatasetRun, DatasetServices } from '#shared/protocol';
import type { Context } from '../../context';
import { UsageError } from '../../failing';
import { Reporter } from '../../report';
import { followRun, withEngine } from './follow';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
}

const RUN = 'its number as `dataset runs` prints it, or its folder or name';

/** `dataset runs|pause|resume`: the runs that the command line and the studio share. */
export function addRunCommands(dataset: Command, context: Context): void {
  plain(dataset.command('runs'))
    .description('runs of the generator, the newest first')
    .action(async (flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async ({ services }) => {
        for (const run of await services.datasetRuns()) {
          if (flags.json) reporter.data(factsOf(run));
          else reporter.say(lineOf(run));
        }
      });
    });

  plain(dataset.command('pause').argument('<run>', RUN))
    .description('let a run finish what it is at and rest, whichever window or terminal it is in')
    .action(async (name: string) => {
      await withEngine(context, async ({ services }) => {
        await services.pauseDataset((await runCalled(services, name)).id);
      });
    });

  plain(dataset.command('resume').argument('<run>', RUN))
    .description('go on with a paused, stopped or failed run; what is made is not made again')
    .action(async (name: string, flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async engine => {
        const { id } = await runCalled(engine.services, name);
        await engine.services.resumeDataset(id);
        await followRun(context, engine, id, reporter);
      });
    });
}

const plain = (command: Command): Command =>
  command.option('--json', 'JSON lines', false).option('--quiet', 'print nothing but errors', false);

const stateOf = ({ manifest, job }: DatasetRun): string =>
  manifest === null ? (job?.state ?? 'stopped') : 'done';

const factsOf = (run: DatasetRun) => ({
  run: run.number,
  name: run.name,
  state: stateOf(run),
  samples: run.samples,
  made: run.made,
  bytes: run.bytes,
  folder: run.folder,
  manifest_sha256: run.manifest,
  created_at: run.createdAt,
});

const lineOf = (run: DatasetRun): string =>
  [
    String(run.number).padStart(4),
    stateOf(run).padEnd(11),
    `${run.made} of ${run.samples}`.padStart(16),
    run.name.padEnd(24),
    run.folder,
  ].join('  ');

async function runCalled(services: DatasetServices, wanted: string): Promise<DatasetRun> {
  const runs = await services.datasetRuns();
  const found =
    runs.find(({ number }) => String(number) === wanted) ??
    runs.find(({ folder }) => folder === wanted) ??
    runs.find(({ name }) => name === wanted);
  if (found) return found;
  throw new UsageError(`There is no run ${wanted}. \`backbeat dataset runs\` shows all of them.`);
}
