import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Detector } from '#main/usecases/line';
import { type Context, perform, stepPerFile, tellFiles } from '../context';
import { UsageError } from '../failing';
import { DETECTOR, oneOf, real, requiredOut, withCommon } from '../options';
import { segmentOptions, type SegmentFlags, separatorCalled, withModel, withSegments } from '../separator';
import { type SkeletonFlags, skeletonOptions, withSkeletonFlags } from './groove';

interface RunFlags extends SkeletonFlags, SegmentFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly out_dir?: string;
  readonly bpm: number | 'auto';
  readonly choice: string;
  readonly format: string;
  readonly sensitivity: number;
  readonly detector?: Detector;
  readonly model: string;
}

const tempoFlag = (text: string): number | 'auto' =>
  text === 'auto' ? 'auto' : real('--bpm', 20, 400)(text);

/** `run`: the whole line, from songs to kits, grooves and renders. */
export function addRunCommand(program: Command, context: Context): void {
  withSegments(
    withModel(
      withSkeletonFlags(withCommon(program.command('run').argument('<songs...>', 'songs or folders'))),
    ),
  )
    .description('the whole line: stems, kit, roles, groove, WAV, MP3, MIDI and stems by role')
    .option('--bpm <auto|number>', 'tempo of the groove; auto takes the song’s', tempoFlag, 'auto')
    .option(
      '--choice <how>',
      'round_robin, random, fixed',
      oneOf('--choice', ['round_robin', 'random', 'fixed']),
      'round_robin',
    )
    .option('--format <bits>', 'WAV: 16, 24 or 32f', oneOf('--format', ['16', '24', '32f']), '24')
    .option('--sensitivity <0-1>', 'how soft a hit may be', real('--sensitivity', 0, 1), 0.5)
    .option(...DETECTOR)
    .action(async (songs: string[], flags: RunFlags) => {
      const out = resolve(requiredOut(flags));
      const separator = await separatorCalled(context, flags.model);
      const planned = await stepPerFile(context, songs, file => ({ file }));
      const many = planned.length > 1;
      const names = planned.map(job => job.title);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) throw new UsageError(`Two songs are called ${twice}: run them one by one.`);
      const { reporter, ended } = await perform(
        context,
        flags,
        planned.map(job => ({
          kind: 'run-line' as const,
          title: job.title,
          params: {
            ...(job.params as { readonly file: string }),
            out: many ? resolve(out, job.title) : out,
            skeleton: skeletonOptions(flags, flags.bpm === 'auto' ? 120 : flags.bpm, flags.seed),
            tempo: flags.bpm,
            choice: flags.choice,
            format: flags.format,
            hearing: {
              sensitivity: flags.sensitivity,
              detector: flags.detector ?? null,
              separator,
              ...segmentOptions(flags),
            },
          },
        })),
      );
      tellFiles(reporter, ended);
    });
}
