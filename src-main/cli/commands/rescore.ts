import type { Command } from 'commander';
import type { RescoreRequest } from '#shared/protocol';
import type { Context } from '../context';
import { EXIT, UsageError } from '../failing';
import { Reporter } from '../report';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly track?: string;
  readonly source?: string;
  readonly kit?: string;
  readonly machine: boolean;
}

/** `rescore`: roles and instruments anew, with what the user said of some hits as examples for the others. */
export function addRescoreCommand(program: Command, context: Context): void {
  program
    .command('rescore')
    .description('judge hits anew with those that you said something of as examples, or without them again')
    .option('--track <id>', 'only the hits of this track')
    .option('--source <id>', 'only those of this imported folder or kit')
    .option('--kit <id>', 'only those of this kit')
    .option('--machine', 'take it back: what the machine thinks by itself', false)
    .option('--json', 'one line of JSON', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (flags: Flags) => {
      const reporter = new Reporter(flags, context.streams);
      const request: RescoreRequest = { scope: scopeOf(flags), by: flags.machine ? 'machine' : 'examples' };
      const engine = await context.openEngine();
      context.setExitCode(EXIT.done);
      try {
        const answer = await engine.services.rescoreHits(request);
        if (flags.json) reporter.data(answer);
        else
          reporter.say(`${answer.examples} examples, ${answer.changed.length} hits are judged otherwise now`);
      } finally {
        await engine.close();
      }
    });
}

function scopeOf({ track, source, kit }: Flags): RescoreRequest['scope'] {
  const given = [
    ...(track === undefined ? [] : [{ kind: 'track' as const, id: track }]),
    ...(source === undefined ? [] : [{ kind: 'source' as const, id: source }]),
    ...(kit === undefined ? [] : [{ kind: 'kit' as const, id: kit }]),
  ];
  if (given.length > 1) throw new UsageError('Give one of --track, --source and --kit, or none of them.');
  return given[0] ?? { kind: 'library' };
}
