import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Meter, SKELETON_STYLES } from '#shared/model';
import { CHOICES } from '#shared/protocol';
import { type Context, performStep } from '../context';
import { UsageError } from '../failing';
import { meter, oneOf, outOf, real, requiredOut, whole, withCommon } from '../options';
import { addModelCommands } from './takes';

interface Common {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly out_dir?: string;
}

interface EventFlags {
  readonly grid_json: string;
  readonly events_json: string;
  readonly pools_json: string;
}

const takingEvents = (command: Command): Command =>
  withCommon(command)
    .requiredOption('--grid_json <file>', 'grid_N.json')
    .requiredOption('--events_json <file>', 'event_grid_N.json')
    .requiredOption('--pools_json <file>', 'pools_N.json');

const eventParams = (flags: EventFlags) => ({
  gridJson: resolve(flags.grid_json),
  eventsJson: resolve(flags.events_json),
  poolsJson: resolve(flags.pools_json),
});

export interface SkeletonFlags {
  readonly bars: number;
  readonly meter: Meter;
  readonly style: string;
  readonly variant: number;
  readonly motion_mode: string;
  readonly motion_keep: number;
  readonly fill_prob: number;
  readonly texture: number;
}

/** Flags of the seed's grid step, with its defaults. */
export const withSkeletonFlags = (command: Command): Command =>
  command
    .option('--bars <number>', 'bars', whole('--bars', 1, 128), 4)
    .option('--meter <n/d>', 'meter', meter, { numerator: 4, denominator: 4 })
    .option('--style <name>', SKELETON_STYLES.join(', '), oneOf('--style', SKELETON_STYLES), 'four')
    .option('--variant <1-4>', 'which of the seed’s four variants', whole('--variant', 1, 4), 1)
    .option(
      '--motion_mode <A|B>',
      'A keeps the strongest steps, B draws them',
      oneOf('--motion_mode', ['A', 'B']),
      'B',
    )
    .option('--motion_keep <4-8>', 'hat steps kept in a bar', whole('--motion_keep', 4, 8), 6)
    .option('--fill_prob <0-1>', 'chance of a fill in every fourth bar', real('--fill_prob', 0, 1), 0.25)
    .option('--texture <0|1>', 'with a texture', whole('--texture', 0, 1), 1);

export const skeletonOptions = (flags: SkeletonFlags, bpm: number, seed: number) => ({
  bpm,
  bars: flags.bars,
  meter: flags.meter,
  seed,
  style: flags.style,
  variant: flags.variant - 1,
  motionMode: flags.motion_mode,
  motionKeep: flags.motion_keep,
  fillProbability: flags.fill_prob,
  texture: flags.texture === 1,
});

interface RoleFlags {
  readonly input_dir: string;
  readonly limit: number;
  readonly config?: string;
  readonly prompts?: string;
}

/** Commands that write grooves: roles, skeleton, transformer, layout, render. */
export function addGrooveCommands(program: Command, context: Context): void {
  withCommon(program.command('roles'))
    .description('a folder of samples to pools_N.json and per_sample_N.json')
    .requiredOption('--input_dir <folder>', 'samples, as preprocess writes them')
    .option('--limit <number>', 'how many files; 0 takes all', whole('--limit', 0, 1_000_000), 0)
    .option('--config <yaml>', 'role_assignment.yaml to use instead of the bundled one')
    .option('--prompts <yaml>', 'prompts.yaml to use instead of the bundled one')
    .action(async (options: Common & RoleFlags) => {
      await performStep(context, options, 'Roles', {
        step: 'roles',
        inputDir: resolve(options.input_dir),
        out: resolve(requiredOut(options)),
        limit: options.limit,
        config: options.config ? resolve(options.config) : null,
        prompts: options.prompts ? resolve(options.prompts) : null,
      });
    });

  withSkeletonFlags(withCommon(program.command('skeleton')))
    .description('grid_N.json, event_grid_N.json and skeleton_meta_N.json')
    .requiredOption('--bpm <number>', 'tempo', real('--bpm', 20, 400))
    .option('--pools_json <file>', 'pools file, or "random": one of those in the folder, by seed', 'random')
    .option(
      '--sample_root <folder>',
      'samples; where they are there, the skeleton is rendered too',
      'examples/input_samples',
    )
    .option('--render_sr <hertz>', 'sample rate of the render', whole('--render_sr', 8000, 192_000), 44_100)
    .action(
      async (
        options: Common &
          SkeletonFlags & { bpm: number; pools_json: string; sample_root: string; render_sr: number },
      ) => {
        const { pools_json: pools } = options;
        await performStep(context, options, 'Skeleton', {
          step: 'skeleton',
          ...skeletonOptions(options, options.bpm, options.seed),
          poolsJson: pools === 'random' ? pools : resolve(pools),
          out: resolve(requiredOut(options)),
          sampleRoot: resolve(options.sample_root),
          renderSampleRate: options.render_sr,
        });
      },
    );

  addModelCommands(program, context);

  takingEvents(program.command('layout'))
    .description('a sample for every event: event_grid_N.json and notes_N.mid')
    .option('--choice <how>', CHOICES.join(', '), oneOf('--choice', CHOICES), 'round_robin')
    .option('--clamp_ms <ms>', 'largest micro-offset; all are kept without it', real('--clamp_ms', 0, 200))
    .option('--layers', 'also write the layers Core, Core+Accent and Full', false)
    .action(async (options: Common & EventFlags & { choice: string; clamp_ms?: number; layers: boolean }) => {
      await performStep(context, options, 'Layout', {
        step: 'layout',
        ...eventParams(options),
        out: resolve(requiredOut(options)),
        choice: options.choice,
        seed: options.seed,
        micro: options.clamp_ms === undefined ? 'keep' : { clampMs: options.clamp_ms },
        layers: options.layers,
      });
    });

  withCommon(program.command('render'))
    .description('{name}.wav, and MP3 and stems where asked for')
    .requiredOption('--grid_json <file>', 'grid_N.json')
    .requiredOption('--events_json <file>', 'event_grid_N.json')
    .option('--pools_json <file>', 'pools file that says where the samples lie')
    .option('--sample_root <folder>', 'folder of the samples')
    .option('--name <name>', 'name of the files', 'render')
    .option('--format <bits>', '16, 24 or 32f', oneOf('--format', ['16', '24', '32f']), '24')
    .option('--render_sr <hertz>', 'sample rate', whole('--render_sr', 8000, 192_000), 44_100)
    .option('--mp3', 'write an MP3 too', false)
    .option('--stems', 'write a stem per role; they sum to the mix', false)
    .option('--limiter', 'true-peak limiter at -1 dBTP', false)
    .option('--tail <seconds>', 'how long the last hits may ring on', real('--tail', 0, 30), 2)
    .option('--flac', 'write a FLAC of the same samples beside every WAV', false)
    .option('--passes <number>', 'how often the groove is played', whole('--passes', 1, 64), 1)
    .option('--loop', 'exactly as long as the bars, tails folded back to the start', false)
    .option('--acid', 'tempo and loop points in the WAVs; with --loop', false)
    .action(async (options: Common & RenderFlags) => {
      if (options.acid && !options.loop) throw new UsageError('--acid describes a loop: add --loop.');
      const root = options.sample_root;
      await performStep(context, options, options.name, {
        step: 'render',
        gridJson: resolve(options.grid_json),
        eventsJson: resolve(options.events_json),
        poolsJson: options.pools_json ? resolve(options.pools_json) : null,
        sampleRoot: root ? resolve(root) : null,
        out: resolve(outOf(options) ?? '.'),
        name: options.name,
        sampleRate: options.render_sr,
        format: options.format,
        mp3: options.mp3,
        stems: options.stems,
        limiter: options.limiter,
        tailSeconds: options.tail,
        flac: options.flac,
        passes: options.passes,
        loop: options.loop,
        acid: options.acid,
      });
    });
}

interface RenderFlags {
  readonly grid_json: string;
  readonly events_json: string;
  readonly pools_json?: string;
  readonly sample_root?: string;
  readonly name: string;
  readonly format: string;
  readonly render_sr: number;
  readonly mp3: boolean;
  readonly stems: boolean;
  readonly limiter: boolean;
  readonly tail: number;
  readonly flac: boolean;
  readonly passes: number;
  readonly loop: boolean;
  readonly acid: boolean;
}
