import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { failureOfError, writeFileWhole } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import { decodeMidi, encodeMidi } from '#shared/model';
import { explain, type Failure } from '#shared/protocol';
import type { Context } from '../context';
import { EXIT } from '../failing';
import { oneOf, requiredOut, withCommon } from '../options';
import { Reporter } from '../report';

interface ConvertFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out?: string;
  readonly out_dir?: string;
  readonly type: '0' | '1';
}

/** `midi convert`: through Backbeat's own pattern and back. Light enough to need no job. */
export function addMidiCommands(program: Command, context: Context): void {
  const midi = program.command('midi').description('drum MIDI files');
  withCommon(midi.command('convert').argument('<files...>', 'MIDI files'))
    .description('read into a pattern and written again, 960 ticks a quarter')
    .option('--type <0|1>', 'one track, or one per role', oneOf('--type', ['0', '1']), '1')
    .action(async (files: string[], flags: ConvertFlags) => {
      const reporter = new Reporter(flags, context.streams);
      const out = resolve(requiredOut(flags));
      const written: string[] = [];
      for (const file of files) {
        const converted = await convert(resolve(file), out, flags.type === '0' ? 0 : 1);
        if (converted.ok) {
          written.push(converted.value.path);
          reporter.say(converted.value.path);
          for (const warning of converted.value.warnings) reporter.complain(`${file}: ${warning}`);
        } else {
          reporter.complain(explain(converted.failure));
          context.setExitCode(EXIT.failed);
        }
      }
      reporter.result({ files: written });
    });
}

async function convert(
  file: string,
  out: string,
  type: 0 | 1,
): Promise<Result<{ readonly path: string; readonly warnings: readonly string[] }, Failure>> {
  const path = join(out, `${basename(file, extname(file))}.mid`);
  try {
    const decoded = decodeMidi(await readFile(file));
    if (!decoded.ok)
      return fail({ code: 'badFile', path: file, format: 'MIDI file', problems: [...decoded.failure] });
    if (path === file)
      return fail({ code: 'notWritable', path, reason: 'it is the file that is being converted' });
    const { pattern, warnings } = decoded.value;
    await writeFileWhole(path, encodeMidi(pattern, { type, name: basename(file, extname(file)) }));
    return ok({ path, warnings });
  } catch (error) {
    return fail(failureOfError(error, file));
  }
}
