import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Rebuilt } from '#main/dataset';
import { forkWorker, openStageRunner } from '#main/jobs';
import type { Context } from '../../context';
import { EXIT } from '../../failing';
import { Reporter } from '../../report';
import { type OwnFilesFlags, ownFilesOf, withOwnFiles } from './own-files';

interface Flags extends OwnFilesFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out: string;
}

/** `dataset rebuild`: one sample again, from its row alone. */
export function addRebuildCommand(dataset: Command, context: Context): void {
  withOwnFiles(dataset.command('rebuild'))
    .argument('<dataset>', 'folder of a finished dataset')
    .argument('<sample>', 'its sample_id')
    .description('make a sample again from its row alone, and tell whether it is the same, bit for bit')
    .requiredOption('--out <file>', 'a FLAC file; its MIDI goes beside it')
    .option('--json', 'the answer as JSON', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (folder: string, sampleId: string, flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      const resources = await ownFilesOf(flags);
      const runner = openStageRunner(forkWorker(join(import.meta.dirname, 'workers/stage-worker.js')));
      try {
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
