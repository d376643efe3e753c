import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Detector } from '#main/usecases/line';
import { MOST_BARS } from '#shared/compose';
import type { WantedBars } from '#shared/protocol';
import { type Context, perform, performStep, stepPerFile, tellFiles } from '../context';
import { segmentOptions, type SegmentFlags, separatorCalled, withModel, withSegments } from '../separator';
import { DETECTOR, oneOf, outOf, real, requiredOut, withCommon } from '../options';
import { UsageError } from '../failing';

interface Common {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly out_dir?: string;
}

const sensitivity = real('--sensitivity', 0, 1);

/** `--bars`: "typical", "whole", or bars of the recording by number. */
function wantedBars(text: string): WantedBars {
  if (text === 'typical' || text === 'whole') return text;
  const [, first = '', last = ''] = /^(-?\d+)-(\d+)$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || count < 1 || count > MOST_BARS)
    throw new UsageError(
      `--bars is ${text}, but must be typical, whole, or bars like 9-16, at most ${MOST_BARS} of them.`,
    );
  return { first: Number(first), count };
}

/** Commands that listen: preprocess, separate, onsets, transcribe, drums-to-pattern, tempo, classify. */
export function addHearingCommands(program: Command, context: Context): void {
  withSegments(
    withModel(withCommon(program.command('preprocess').argument('<songs...>', 'songs or folders'))),
  )
    .description('songs to one kit: dummy_NNNNN.wav and kit_manifest.json')
    .option(
      '--threshold <cosine>',
      'likeness above which two hits count as one',
      real('--threshold', 0, 1),
      0.98,
    )
    .option('--sensitivity <0-1>', 'how soft a hit may be', sensitivity, 0.5)
    .option(...DETECTOR)
    .option('--pre_roll_ms <ms>', 'audio kept before the attack', real('--pre_roll_ms', 0, 50), 2)
    .option('--fade_ms <ms>', 'fade at both ends', real('--fade_ms', 0, 50), 3)
    .option(
      '--flam_ms <ms>',
      'strokes closer than this stay one flam; 0 cuts them apart',
      real('--flam_ms', 0, 100),
      40,
    )
    .option('--max_seconds <s>', 'longest slice', real('--max_seconds', 0.05, 20), 2)
    .option('--format <bits>', '16, 24 or 32f', oneOf('--format', ['16', '24', '32f']), '32f')
    .option('--no_normalise', 'leave the slices at their level')
    .action(async (songs: string[], options: Common & PreprocessFlags) => {
      const { threshold, format } = options;
      const separator = await separatorCalled(context, options.model);
      await performStep(context, options, titleOf(songs), {
        step: 'preprocess',
        songs: songs.map(song => resolve(song)),
        out: resolve(outOf(options) ?? 'dummy_dataset'),
        hearing: {
          separator,
          ...segmentOptions(options),
          sensitivity: options.sensitivity,
          detector: options.detector ?? null,
          preRollMs: options.pre_roll_ms,
          fadeMs: options.fade_ms,
          flamMs: options.flam_ms,
          maxSeconds: options.max_seconds,
          normalise: options.no_normalise !== true,
        },
        threshold,
        format,
      });
    });

  withSegments(withModel(withCommon(program.command('separate').argument('<files...>', 'songs or folders'))))
    .description('DIR/<name>/drums.wav, residual.wav and the other stems that the model gives')
    .action(async (files: string[], options: Common & SegmentFlags & { readonly model: string }) => {
      const out = resolve(requiredOut(options));
      const separator = await separatorCalled(context, options.model);
      const planned = await stepPerFile(context, files, file => ({
        step: 'separate',
        file,
        out,
        separator,
        ...segmentOptions(options),
      }));
      const { reporter, ended } = await perform(context, options, planned);
      tellFiles(reporter, ended);
    });

  for (const step of ['onsets', 'transcribe'] as const) {
    withModel(withCommon(program.command(step).argument('<files...>', 'drum audio or folders')))
      .description(
        step === 'onsets'
          ? 'DIR/<name>.txt: a time in seconds a line'
          : 'DIR/<name>.txt: time, instrument, velocity',
      )
      .option('--separate', 'the files are songs: separate the drums first', false)
      .option('--sensitivity <0-1>', 'how soft a hit may be', sensitivity, 0.5)
      .option(...DETECTOR)
      .action(async (files: string[], options: Common & DrumFlags) => {
        const out = resolve(requiredOut(options));
        const { sensitivity: chosen, detector = null } = options;
        const separate = options.separate ? await separatorCalled(context, options.model) : null;
        const planned = await stepPerFile(context, files, file => ({
          step,
          file,
          out,
          separate,
          sensitivity: chosen,
          detector,
        }));
        const { reporter, ended } = await perform(context, options, planned);
        tellFiles(reporter, ended);
      });
  }

  withModel(
    withCommon(program.command('drums-to-pattern').argument('<files...>', 'drum audio, songs or folders')),
  )
    .description('what is played: grid_N.json, event_grid_N.json and notes_N.mid, with feel')
    .option('--separate', 'the files are songs: separate the drums first', false)
    .option('--sensitivity <0-1>', 'how soft a hit may be', sensitivity, 0.5)
    .option(...DETECTOR)
    .option('--bars <which>', 'typical, whole, or first-last like 9-16', wantedBars, 'typical')
    .action(async (files: string[], options: Common & DrumFlags & { readonly bars: WantedBars }) => {
      const out = resolve(requiredOut(options));
      const separate = options.separate ? await separatorCalled(context, options.model) : null;
      const { sensitivity: chosen, detector = null, bars } = options;
      const planned = await stepPerFile(context, files, file => ({
        step: 'drums-to-pattern',
        file,
        out,
        separate,
        sensitivity: chosen,
        detector,
        bars,
      }));
      const { reporter, ended } = await perform(context, options, planned);
      tellFiles(reporter, ended);
    });

  withModel(withCommon(program.command('tempo').argument('<files...>', 'songs, drum audio or folders')))
    .description('tempo, beats, downbeats, meter and confidence, a line of JSON a file')
    .option('--separate', 'separate the drums first', false)
    .option('--sensitivity <0-1>', 'how soft a hit may be', sensitivity, 0.5)
    .option(...DETECTOR)
    .action(async (files: string[], options: Common & DrumFlags) => {
      const { sensitivity: chosen, detector = null } = options;
      const separate = options.separate ? await separatorCalled(context, options.model) : null;
      await performData(context, options, files, file => ({
        step: 'tempo',
        file,
        separate,
        sensitivity: chosen,
        detector,
      }));
    });

  withCommon(program.command('classify').argument('<files...>', 'one-shots or folders'))
    .description('instrument and role with probabilities and reasons, a line of JSON a file')
    .option('--config <yaml>', 'role_assignment.yaml to use instead of the bundled one')
    .option('--prompts <yaml>', 'prompts.yaml to use instead of the bundled one')
    .action(
      async (files: string[], options: Common & { readonly config?: string; readonly prompts?: string }) => {
        const config = options.config ? resolve(options.config) : null;
        const prompts = options.prompts ? resolve(options.prompts) : null;
        await performData(context, options, files, file => ({ step: 'classify', file, config, prompts }));
      },
    );
}

interface PreprocessFlags extends SegmentFlags {
  readonly model: string;
  readonly threshold: number;
  readonly sensitivity: number;
  readonly detector?: Detector;
  readonly pre_roll_ms: number;
  readonly fade_ms: number;
  readonly flam_ms: number;
  readonly max_seconds: number;
  readonly format: string;
  readonly no_normalise?: boolean;
}

interface DrumFlags {
  readonly model: string;
  readonly separate: boolean;
  readonly sensitivity: number;
  readonly detector?: Detector;
}

const titleOf = (songs: readonly string[]): string =>
  songs.length === 1 ? (songs[0] ?? '') : `${songs.length} songs`;

/** Commands that only print data print it alone, with or without `--json`. */
async function performData(
  context: Context,
  options: Common,
  files: readonly string[],
  params: (file: string) => Readonly<Record<string, unknown>>,
): Promise<void> {
  const planned = await stepPerFile(context, files, params);
  const { reporter, ended } = await perform(context, { json: false, quiet: true }, planned);
  for (const job of ended) if (job.state === 'done') reporter.data(job.data);
}
