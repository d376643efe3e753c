import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readDatasetConfig } from '#main/dataset';
import { GENERATION_PRESETS, type GenerationConfig, type GenerationPreset } from '#shared/dataset';
import { type DatasetEstimate, DatasetNameSchema, type DatasetRequest } from '#shared/protocol';
import type { Context } from '../../context';
import { CommandFailed, EXIT, UsageError } from '../../failing';
import { oneOf, outOf, real, whole } from '../../options';
import { Reporter } from '../../report';
import { followRun, withEngine } from './follow';

interface Flags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly preset?: GenerationPreset;
  readonly profiles?: number;
  readonly tempos?: number;
  readonly augmentations?: number;
  readonly rudiments?: readonly string[];
  readonly soundfont: readonly string[];
  readonly fixed_duration?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly with_audio?: boolean;
  readonly no_audio?: boolean;
  readonly config?: string;
  readonly name?: string;
  readonly out?: string;
  readonly out_dir?: string;
  readonly overwrite: boolean;
  readonly estimate: boolean;
  readonly queue?: string;
  readonly store?: string;
}

const presets = Object.keys(GENERATION_PRESETS) as GenerationPreset[];
const list = (text: string): readonly string[] => text.split(',').map(part => part.trim());

/** `dataset generate`: a labelled dataset from rudiments, players, sounds and rooms. */
export function addGenerateCommand(dataset: Command, context: Context): void {
  dataset
    .command('generate')
    .description('labelled drum performances: audio, MIDI and tables; goes on with what was begun in --out')
    .option('--preset <name>', `one of ${presets.join(', ')}`, oneOf('--preset', presets))
    .option('--profiles <number>', 'players', whole('--profiles', 1, 100_000))
    .option('--tempos <number>', 'tempos of each rudiment', whole('--tempos', 1, 100))
    .option('--augmentations <number>', 'recordings of each performance', whole('--augmentations', 1, 100))
    .option('--rudiments <slugs>', 'with commas between; all unless given', list)
    .option(
      '--soundfont <file>',
      'a SoundFont of your own, beside ours; may be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--fixed_duration <seconds>', 'of every sample', real('--fixed_duration', 1, 600))
    .option('--seed <number>', 'seed of all random choices', whole('--seed', 0, Number.MAX_SAFE_INTEGER))
    .option('--workers <number>', 'processes that make samples', whole('--workers', 1, 256))
    .option('--with_audio', 'audio too, as is usual')
    .option('--no_audio', 'MIDI and labels alone')
    .option('--config <file>', 'YAML: all settings by their names; flags win over it')
    .option('--name <name>', 'of the dataset; that of its folder unless given')
    .option('--out <folder>', 'of the dataset')
    .option('--out_dir <folder>', 'the same as --out')
    .option('--overwrite', 'take the place of a finished dataset there', false)
    .option('--estimate', 'tell what it would take, and write nothing', false)
    .option('--queue <address>', 'redis://host:port/db: `backbeat worker` makes the samples')
    .option('--store <address>', 'of --queue: a folder that all workers have, or s3://bucket/prefix')
    .option('--json', 'one JSON line per progress event, the result last', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (flags: Flags) => {
      const request = await requestOf(flags);
      const reporter = new Reporter(flags, context.streams);
      await withEngine(context, async engine => {
        if (flags.estimate) {
          const estimate = await engine.services.estimateDataset(request, context.signal);
          tellEstimate(estimate, reporter);
          if (estimate.problems.length > 0) context.setExitCode(EXIT.failed);
          return;
        }
        const { runId } = await engine.services.generateDataset(request);
        await followRun(context, engine, runId, reporter);
      });
    });
}

async function requestOf(flags: Flags): Promise<DatasetRequest> {
  const given: Partial<GenerationConfig> = {
    ...(flags.profiles === undefined ? {} : { num_profiles: flags.profiles }),
    ...(flags.tempos === undefined ? {} : { tempos_per_rudiment: flags.tempos }),
    ...(flags.augmentations === undefined ? {} : { augmentations_per_sample: flags.augmentations }),
    ...(flags.rudiments === undefined ? {} : { rudiments: [...flags.rudiments] }),
    ...(flags.fixed_duration === undefined ? {} : { target_duration_sec: flags.fixed_duration }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(wantsAudio(flags) === null ? {} : { generate_audio: wantsAudio(flags) ?? true }),
  };
  const read = await readDatasetConfig({
    path: flags.config === undefined ? null : resolve(flags.config),
    preset: flags.preset ?? null,
    flags: given,
  });
  if (!read.ok) {
    const { failure } = read;
    if (failure.code === 'badOption')
      throw new UsageError(`${failure.option} is ${failure.value}, but must be ${failure.wanted}.`);
    throw new CommandFailed(failure);
  }
  const { config, files, rest } = read.value;
  const out = outOf(flags) ?? rest.out;
  if (out === null) throw new UsageError('--out (or --out_dir) is missing: name the folder of the dataset.');
  const folder = resolve(out);
  return {
    name: nameOf(flags.name ?? rest.name, folder),
    config,
    fonts: flags.soundfont.map(file => resolve(file)),
    files: files.map(({ kind, path }) => ({ kind, path })),
    folder,
    overwrite: flags.overwrite,
    workers: flags.workers ?? rest.workers,
    queue: queueOf(flags),
  };
}

/** null leaves it to the configuration. */
function wantsAudio({ with_audio, no_audio }: Flags): boolean | null {
  if (with_audio && no_audio) throw new UsageError('--with-audio and --no-audio exclude each other.');
  if (with_audio) return true;
  return no_audio ? false : null;
}

function queueOf({ queue, store }: Flags): DatasetRequest['queue'] {
  if (queue === undefined && store === undefined) return null;
  if (queue === undefined || store === undefined)
    throw new UsageError(
      '--queue and --store go together: where samples are asked for, and where they are put.',
    );
  return { redis: queue, store: store.startsWith('s3:') ? store : resolve(store) };
}

function nameOf(given: string | null, folder: string): string {
  const plain = folder
    .replace(/^.*[\\/]/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  const name = DatasetNameSchema.safeParse(given ?? (plain || 'dataset'));
  if (name.success) return name.data;
  throw new UsageError(`--name is ${given}, but must be of small letters, digits and hyphens, 80 at most.`);
}

const clock = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
};
const size = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

function tellEstimate(estimate: DatasetEstimate, reporter: Reporter): void {
  const {
    samples,
    audioSeconds,
    bytes,
    seconds,
    secondsMargin,
    trials,
    folder,
    freeBytes,
    leftOut,
    problems,
  } = estimate;
  reporter.say(
    `${samples} samples, ${clock(audioSeconds)} of audio, ${size(bytes)} (${size(freeBytes)} free)`,
  );
  reporter.say(`${clock(seconds)}, give or take ${clock(secondsMargin)}, by ${trials} trial samples`);
  reporter.say(folder);
  for (const one of leftOut) reporter.complain(`Left out: ${one}`);
  for (const problem of problems) reporter.complain(problem);
  reporter.result({ ...estimate });
}
