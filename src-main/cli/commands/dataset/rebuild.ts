import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readDatasetConfig, type Rebuilt, resolveResources } from '#main/dataset';
import { forkWorker, openStageRunner } from '#main/jobs';
import type { Context } from '../../context';
import { CommandFailed, EXIT } from '../../failing';
import { Reporter } from '../../report';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly soundfont: readonly string[];
  readonly config?: string;
  readonly out: string;
}

/** `dataset rebuild`: one sample again, from its row alone. */
export function addRebuildCommand(dataset: Command, context: Context): void {
  dataset
    .command('rebuild')
    .argument('<dataset>', 'folder of a finished dataset')
    .argument('<sample>', 'its sample_id')
    .description('make a sample again from its row alone, and tell whether it is the same, bit for bit')
    .requiredOption('--out <file>', 'a FLAC file; its MIDI goes beside it')
    .option(
      '--soundfont <file>',
      'a font that the dataset was made with, if not ours; may be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--config <file>', "the dataset's YAML, where it names files of your own")
    .option('--json', 'the answer as JSON', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (folder: string, sampleId: string, flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      const read =
        flags.config === undefined ? null : await readDatasetConfig({ path: resolve(flags.config) });
      if (read && !read.ok) throw new CommandFailed(read.failure);
      const fonts = flags.soundfont.map(path => ({ kind: 'font' as const, path: resolve(path) }));
      const resolved = await resolveResources([...fonts, ...(read?.value.files ?? [])]);
      if (!resolved.ok) {
        const [failure] = resolved.failure;
        throw new CommandFailed(failure ?? { code: 'unknown', what: 'files cannot be read' });
      }
      const runner = openStageRunner(forkWorker(join(import.meta.dirname, 'workers/stage-worker.js')));
      try {
        const { resources } = resolved.value;
        const request = { dataset: resolve(folder), sampleId, resources, out: resolve(flags.out) };
        const rebuilt = await runner.run<Rebuilt>('rebuild-sample', request, context.signal);
        const compared = Object.entries({ midi: rebuilt.midi, samples: rebuilt.pcm, flac: rebuilt.flac });
        const agrees = compared.every(([, pair]) => pair === null || pair.found === pair.wanted);
        for (const path of rebuilt.files) reporter.say(path);
        for (const [what, pair] of compared)
          if (pair)
            reporter.say(
              `${what.padEnd(8)}${pair.found === pair.wanted ? 'the same' : 'DIFFERS'}  ${pair.found}`,
            );
        reporter.result({ agrees, ...rebuilt });
        context.setExitCode(agrees ? EXIT.done : EXIT.failed);
      } finally {
        await runner.close();
      }
    });
}
