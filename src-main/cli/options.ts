import type { Command } from 'commander';
import { DETECTORS } from '#main/usecases/line';
import { type Meter, parseMeter } from '#shared/model';
import { UsageError } from './failing';

/** The seeds write options with underscores; `--fill-prob` means the same as `--fill_prob`. */
export function normalisedArguments(argv: readonly string[]): string[] {
  return argv.map(argument => {
    const option = /^--([a-z][a-z0-9-]*)(=.*)?$/s.exec(argument);
    return option ? `--${option[1]?.replaceAll('-', '_')}${option[2] ?? ''}` : argument;
  });
}

function number(name: string, low: number, high: number, integer: boolean): (text: string) => number {
  const wanted = `${integer ? 'a whole number' : 'a number'} from ${low} to ${high}`;
  return text => {
    const value = Number(text);
    const sound = text.trim() !== '' && Number.isFinite(value) && value >= low && value <= high;
    if (!sound || (integer && !Number.isInteger(value)))
      throw new UsageError(`${name} is ${text}, but must be ${wanted}.`);
    return value;
  };
}

export const real = (name: string, low: number, high: number) => number(name, low, high, false);
export const whole = (name: string, low: number, high: number) => number(name, low, high, true);

export function oneOf<Value extends string>(name: string, values: readonly Value[]): (text: string) => Value {
  return text => {
    const value = values.find(candidate => candidate === text);
    if (value === undefined)
      throw new UsageError(`${name} is ${text}, but must be one of ${values.join(', ')}.`);
    return value;
  };
}

export function meter(text: string): Meter {
  const value = parseMeter(text);
  if (!value) throw new UsageError(`--meter is ${text}, but must be like 4/4, 7/8 or 6/8.`);
  return value;
}

export interface CommonOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly out: string | undefined;
}

/** What every long command takes. */
export function withCommon(command: Command): Command {
  return command
    .option('--json', 'one JSON line per progress event, the result last', false)
    .option('--quiet', 'print nothing but errors', false)
    .option('--seed <number>', 'seed of all random choices', whole('--seed', 0, 4_294_967_295), 42)
    .option('--out <folder>', 'folder to write to')
    .option('--out_dir <folder>', 'the same as --out');
}

export const outOf = (options: { readonly out?: string; readonly out_dir?: string }): string | undefined =>
  options.out ?? options.out_dir;

export function requiredOut(options: { readonly out?: string; readonly out_dir?: string }): string {
  const out = outOf(options);
  if (out === undefined)
    throw new UsageError('--out (or --out_dir) is missing: name the folder to write to.');
  return out;
}

/** `--detector`: what finds the hits; the network where it can be used, else the flux, unless one is named. */
export const DETECTOR = [
  '--detector <name>',
  `what finds hits: ${DETECTORS.join(', ')}`,
  oneOf('--detector', DETECTORS),
] as const;
