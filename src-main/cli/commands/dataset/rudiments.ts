import { resolve } from 'node:path';
import type { Command } from 'commander';
import { bundledRudiments, rudimentsWith } from '#main/dataset';
import { figureBeats, figureOf, interchangeOf } from '#shared/dataset';
import type { Context } from '../../context';
import { CommandFailed } from '../../failing';
import { Reporter } from '../../report';

interface RudimentFlags {
  readonly json: boolean;
  readonly rudiment_folder?: string;
}

/** `dataset rudiments`: what the generator can play. */
export function addRudimentsCommand(dataset: Command, context: Context): void {
  dataset
    .command('rudiments')
    .description('the 40 PAS International Drum Rudiments, and your own')
    .option('--json', 'one array: number, name, lead, notes (hand, grace, accent, beats), both leads', false)
    .option('--rudiment_folder <folder>', 'folder of your own definitions, a YAML file each')
    .action(async ({ json, rudiment_folder }: RudimentFlags) => {
      const reporter = new Reporter({ json: false, quiet: false }, context.streams);
      const read =
        rudiment_folder === undefined
          ? { ok: true as const, value: bundledRudiments() }
          : await rudimentsWith(resolve(rudiment_folder));
      if (!read.ok) throw new CommandFailed(read.failure);
      if (json) return reporter.data(interchangeOf(read.value));
      for (const rudiment of read.value) {
        const figure = figureOf(rudiment);
        reporter.say(
          [
            String(rudiment.pas_number ?? '-').padStart(2),
            rudiment.slug.padEnd(26),
            rudiment.category.padEnd(6),
            `${rudiment.tempo_range.join('-')} BPM`.padEnd(11),
            `${figure.strokes.length} strokes in ${+figureBeats(figure).toFixed(3)} beats`,
            rudiment.name,
          ].join('  '),
        );
      }
    });
}
