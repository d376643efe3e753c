import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { attempt } from '#main/platform';
import { type Operation, parseOperations } from '#shared/edit';
import { INSTRUMENTS, type Instrument, ROLES, type Role } from '#shared/model';
import { type Context, performStep } from '../context';
import { CommandFailed, UsageError } from '../failing';
import { oneOf, real, requiredOut, whole, withCommon } from '../options';

interface EditFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out?: string;
  readonly out_dir?: string;
  readonly grid_json: string;
  readonly events_json: string;
  readonly pools_json?: string;
  readonly sample_root?: string;
  readonly render_sr: number;
  readonly layers: boolean;
}

interface Where {
  readonly role?: Role;
  readonly instrument?: Instrument;
  readonly bar?: number;
  readonly step?: number;
}

const EVENT_GRID = { eventGrid: true, layers: false, midi: false, preview: false };

const NO_EVENT_GRID = { ...EVENT_GRID, eventGrid: false };

const bar = whole('--bar', 0, 127);
const step = whole('--step', 0, 511);
const level = real('--velocity', 0, 1);

/** `edit set|remove|velocity|mute|shift|snap|render|export-midi`. */
export function addEditCommands(program: Command, context: Context): void {
  const edit = program
    .command('edit')
    .description('change an event grid; the file given is never written to');

  const command = (name: string, description: string): Command =>
    withCommon(edit.command(name))
      .description(description)
      .requiredOption('--grid_json <file>', 'grid_N.json')
      .requiredOption('--events_json <file>', 'event_grid_N.json')
      .option('--pools_json <file>', 'pools file that says where the samples lie')
      .option('--sample_root <folder>', 'folder of the samples')
      .option('--layers', 'also write the layers Core, Core+Accent and Full', false)
      .option('--render_sr <hertz>', 'sample rate of a preview', whole('--render_sr', 8000, 192_000), 44_100);

  const selecting = (made: Command): Command =>
    made
      .option('--role <role>', ROLES.join(', '), oneOf('--role', ROLES))
      .option('--instrument <code>', INSTRUMENTS.join(', '), oneOf('--instrument', INSTRUMENTS))
      .option('--bar <number>', 'only this bar, from 0', bar)
      .option('--step <number>', 'only this step, from 0', step);

  const perform = (flags: EditFlags, operations: readonly unknown[], outputs = EVENT_GRID): Promise<void> =>
    performStep(context, flags, 'Edit', {
      step: 'edit',
      gridJson: resolve(flags.grid_json),
      eventsJson: resolve(flags.events_json),
      operations,
      outputs: { ...outputs, layers: outputs.eventGrid && flags.layers },
      poolsJson: flags.pools_json ? resolve(flags.pools_json) : null,
      sampleRoot: flags.sample_root ? resolve(flags.sample_root) : null,
      renderSampleRate: flags.render_sr,
      out: resolve(requiredOut(flags)),
    });

  command('set', 'put a hit on a step, or change the one there')
    .requiredOption('--bar <number>', 'bar, from 0', bar)
    .requiredOption('--step <number>', 'step, from 0', step)
    .requiredOption('--role <role>', ROLES.join(', '), oneOf('--role', ROLES))
    .option('--instrument <code>', INSTRUMENTS.join(', '), oneOf('--instrument', INSTRUMENTS))
    .option('--velocity <0-1>', 'how hard', level)
    .option('--micro_offset_ms <ms>', 'late (positive) or early', real('--micro_offset_ms', -500, 500))
    .option('--dur_steps <number>', 'length in steps', real('--dur_steps', 0.01, 512))
    .option('--sample_id <name>', 'the sample that sounds')
    .action(async (flags: EditFlags & SetFlags) => {
      const { bar: at, step: on, role, instrument, velocity, micro_offset_ms, dur_steps, sample_id } = flags;
      const set = {
        op: 'set',
        bar: at,
        step: on,
        role,
        instrument,
        velocity,
        micro_offset_ms,
        dur_steps,
        sample_id,
      };
      await perform(flags, [set]);
    });

  selecting(command('remove', 'take hits away')).action(async (flags: EditFlags & Where) => {
    await perform(flags, [{ op: 'remove', where: whereOf(flags) }]);
  });

  selecting(command('velocity', 'set or scale velocities'))
    .option('--set <0-1>', 'the new velocity', real('--set', 0, 1))
    .option('--scale <factor>', 'multiply by this', real('--scale', 0, 100))
    .action(async (flags: EditFlags & Where & { set?: number; scale?: number }) => {
      const { set, scale } = flags;
      if ((set === undefined) === (scale === undefined))
        throw new UsageError('edit velocity needs either --set or --scale.');
      await perform(flags, [{ op: 'velocity', where: whereOf(flags), set, scale }]);
    });

  selecting(command('mute', 'silence hits, or let them sound again'))
    .option('--off', 'let them sound again', false)
    .action(async (flags: EditFlags & Where & { off: boolean }) => {
      await perform(flags, [{ op: 'mute', where: whereOf(flags), muted: !flags.off }]);
    });

  selecting(command('shift', 'move hits in time'))
    .option('--ms <ms>', 'late (positive) or early; the step stays', real('--ms', -500, 500))
    .option('--steps <number>', 'by whole steps; the feel stays', whole('--steps', -512, 512))
    .action(async (flags: EditFlags & Where & { ms?: number; steps?: number }) => {
      const { ms, steps } = flags;
      if ((ms === undefined) === (steps === undefined))
        throw new UsageError('edit shift needs either --ms or --steps.');
      await perform(flags, [{ op: 'shift', where: whereOf(flags), ms, steps }]);
    });

  selecting(command('snap', 'write each hit on its nearest step; it sounds where it did')).action(
    async (flags: EditFlags & Where) => {
      await perform(flags, [{ op: 'snap', where: whereOf(flags) }]);
    },
  );

  command('apply', 'do a list of operations, in order')
    .requiredOption('--ops <file>', 'a JSON list, or a line each: shift role=ACCENT ms=7')
    .action(async (flags: EditFlags & { readonly ops: string }) => {
      await perform(flags, await readOperations(resolve(flags.ops)));
    });

  command('render', 'preview_N.wav of an event grid').action(async (flags: EditFlags) => {
    await perform(flags, [], { ...NO_EVENT_GRID, preview: true });
  });

  command('export-midi', 'notes_N.mid of an event grid').action(async (flags: EditFlags) => {
    await perform(flags, [], { ...NO_EVENT_GRID, midi: true });
  });
}

async function readOperations(path: string): Promise<readonly Operation[]> {
  const text = await attempt(path, () => readFile(path, 'utf8'));
  if (!text.ok) throw new CommandFailed(text.failure);
  const parsed = parseOperations(text.value);
  if (parsed.ok) return parsed.value;
  throw new CommandFailed({
    code: 'badFile',
    path,
    format: 'list of operations',
    problems: [...parsed.failure],
  });
}

interface SetFlags {
  readonly bar: number;
  readonly step: number;
  readonly role: Role;
  readonly instrument?: Instrument;
  readonly velocity?: number;
  readonly micro_offset_ms?: number;
  readonly dur_steps?: number;
  readonly sample_id?: string;
}

const whereOf = ({ role, instrument, bar: onlyBar, step: onlyStep }: Where) => ({
  ...(role === undefined ? {} : { role: [role] }),
  ...(instrument === undefined ? {} : { instrument: [instrument] }),
  ...(onlyBar === undefined ? {} : { bar: [onlyBar] }),
  ...(onlyStep === undefined ? {} : { step: [onlyStep] }),
});
