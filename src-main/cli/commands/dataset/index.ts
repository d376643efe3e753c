import type { Command } from 'commander';
import type { Context } from '../../context';
import { addGenerateCommand } from './generate';
import { addPublishCommand } from './publish';
import { addRebuildCommand } from './rebuild';
import { addRudimentsCommand } from './rudiments';
import { addRunCommands } from './runs';
import { addValidateCommand } from './validate';

/** `dataset …`: what the generator can play, and what it makes of it. */
export function addDatasetCommands(program: Command, context: Context): void {
  const dataset = program.command('dataset').description('labelled drum performances');
  addRudimentsCommand(dataset, context);
  addGenerateCommand(dataset, context);
  addRunCommands(dataset, context);
  addRebuildCommand(dataset, context);
  addValidateCommand(dataset, context);
  addPublishCommand(dataset, context);
}
