import { resolve } from 'node:path';
import type { Command } from 'commander';
import { appFolders, Failed } from '#main/platform';
import { type Conversion, convertMidi, drumMapOf, drumMapsIn, midiFilesAt } from '#main/usecases/midi';
import type { DrumMap } from '#shared/model';
import { explain, type Failure } from '#shared/protocol';
import type { Context } from '../context';
import { EXIT, UsageError } from '../failing';
import { oneOf, requiredOut, withCommon } from '../options';
import { Reporter } from '../report';

interface ConvertFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out?: string;
  readonly out_dir?: string;
  readonly map?: string;
  readonly from?: string;
  readonly type: '0' | '1' | 'roles';
}

/** Drum MIDI files through Backbeat's own pattern and back, and the drum maps. Light enough to need no job. */
export function addMidiCommands(program: Command, context: Context): void {
  const midi = program.command('midi').description('drum MIDI files');
  withCommon(midi.command('convert').argument('<files...>', 'MIDI files or folders of them'))
    .description('read into a pattern and written again, 960 ticks a quarter')
    .option(
      '--map <map>',
      'drum map to write by, an id of `midi maps` or a map file; the one that it was read by unless given',
    )
    .option('--from <map>', 'drum map to read by; the one that the file looks like unless given')
    .option(
      '--type <0|1|roles>',
      'one track, one per role, or a file per role',
      oneOf('--type', ['0', '1', 'roles']),
      '1',
    )
    .action(async (files: string[], flags: ConvertFlags) => {
      const reporter = new Reporter(flags, context.streams);
      const conversion: Conversion = {
        from: await mapOf('--from', flags.from),
        to: await mapOf('--map', flags.map),
        type: flags.type === 'roles' ? 'roles' : flags.type === '0' ? 0 : 1,
        out: resolve(requiredOut(flags)),
      };
      const taken = new Set<string>();
      const failed: { readonly path: string; readonly reason: string }[] = [];
      const refuse = (path: string, failure: Failure): void => {
        failed.push({ path, reason: explain(failure) });
        reporter.complain(explain(failure));
        context.setExitCode(EXIT.failed);
      };
      for (const given of files) {
        const places = await midiFilesAt(given);
        if (!places.ok) refuse(resolve(given), places.failure);
        for (const place of places.ok ? places.value : []) {
          context.signal.throwIfAborted();
          const converted = await convertMidi(place, conversion, taken);
          if (!converted.ok) {
            refuse(place.path, converted.failure);
            continue;
          }
          for (const path of converted.value.paths) reporter.say(path);
          for (const warning of converted.value.warnings) reporter.complain(`${place.path}: ${warning}`);
        }
      }
      reporter.result({ files: [...taken], failed });
    });

  midi
    .command('maps')
    .description('the drum maps: a line of JSON each, with its source')
    .action(async () => {
      const reporter = new Reporter({ json: true, quiet: true }, context.streams);
      const { maps, problems } = await drumMapsIn(appFolders().library);
      for (const { id, name, source, notes } of maps)
        reporter.data({ id, name, notes: notes.length, source });
      for (const problem of problems) {
        reporter.complain(explain(problem));
        context.setExitCode(EXIT.failed);
      }
    });
}

async function mapOf(option: string, id: string | undefined): Promise<DrumMap | null> {
  if (id === undefined) return null;
  try {
    return await drumMapOf(appFolders().library, id);
  } catch (error) {
    if (error instanceof Failed && error.failure.code === 'badOption')
      throw new UsageError(`${option} is ${id}, but must be ${error.failure.wanted}.`);
    throw error;
  }
}
