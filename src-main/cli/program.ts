import { Command, CommanderError } from 'commander';
import { Cancelled } from '#main/jobs';
import { Failed } from '#main/platform';
import { explain } from '#shared/protocol';
import packageJson from '../../package.json' with { type: 'json' };
import { addDatasetCommands } from './commands/dataset/index';
import { addEditCommands } from './commands/edit';
import { addGrooveCommands } from './commands/groove';
import { addHearingCommands } from './commands/hearing';
import { addJobCommands } from './commands/jobs';
import { addKitCommands } from './commands/kits';
import { addMidiCommands } from './commands/midi';
import { addModelCommands } from './commands/models';
import { addRunCommand } from './commands/run';
import { addRescoreCommand } from './commands/rescore';
import { addSampleCommands } from './commands/samples';
import { addTakeCommands } from './commands/takes';
import { addWorkerCommand } from './commands/worker';
import type { Context } from './context';
import { openEngine } from './engine';
import { CommandFailed, EXIT, UsageError } from './failing';
import { normalisedArguments } from './options';

type Surroundings = Pick<Context, 'streams' | 'signal'>;

/** Runs one command line; answers the exit code: 0, 1 failed, 2 bad usage, 130 cancelled. */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { streams } = surroundings;
  let exitCode: number = EXIT.done;
  const context: Context = {
    ...surroundings,
    openEngine,
    setExitCode: code => {
      exitCode = code;
    },
  };
  try {
    await program(context).parseAsync(normalisedArguments(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof UsageError) {
      streams.stderr.write(`backbeat: ${error.message}\n`);
      return EXIT.usage;
    }
    if (error instanceof Cancelled) return EXIT.cancelled;
    if (error instanceof CommandFailed || error instanceof Failed) {
      streams.stderr.write(`backbeat: ${explain(error.failure)}\n`);
      return EXIT.failed;
    }
    throw error;
  }
}

export function program(context: Context): Command {
  const { streams } = context;
  const command = new Command('backbeat')
    .description('A song in, drums out: kits, grooves and renders on the command line.')
    .version(packageJson.version)
    .showHelpAfterError('(`backbeat help` lists the commands)')
    .exitOverride()
    .configureOutput({
      writeOut: text => void streams.stdout.write(text),
      writeErr: text => void streams.stderr.write(text),
    });
  addRunCommand(command, context);
  addHearingCommands(command, context);
  addGrooveCommands(command, context);
  addTakeCommands(command, context);
  addEditCommands(command, context);
  addMidiCommands(command, context);
  addKitCommands(command, context);
  addModelCommands(command, context);
  addSampleCommands(command, context);
  addRescoreCommand(command, context);
  addJobCommands(command, context);
  addDatasetCommands(command, context);
  addWorkerCommand(command, context);
  for (const each of command.commands) inherit(each, command);
  return command;
}

/** Subcommands made before `exitOverride` was set on their parent do not take it over by themselves. */
function inherit(child: Command, parent: Command): void {
  child.copyInheritedSettings(parent);
  for (const each of child.commands) inherit(each, child);
}
