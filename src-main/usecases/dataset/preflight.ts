import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { StageRunner } from '#main/jobs';
import type { DatasetRunFacts } from '#main/library';
import {
  checkRunFolder,
  resolveResources,
  type RunIdentity,
  type Trial,
  type TrialRequest,
} from '#main/dataset';
import { checkSpace, Failed, freeBytesNow } from '#main/platform';
import {
  type DatasetEstimate,
  type DatasetRequest,
  explain,
  type Failure,
  type Refused,
} from '#shared/protocol';
import type { HubTokens } from './hub-tokens';

/** What services of datasets work with. */
export interface DatasetTools {
  /** A process that makes trial samples and reads finished ones. */
  readonly runner: StageRunner;
  readonly exportsFolder: string;
  readonly version: string;
  readonly tokens: HubTokens;
}

const usualWorkers = (): number => Math.max(1, availableParallelism() - 1);

export const identityOf = (
  { name, config, resources }: Pick<DatasetRunFacts, 'name' | 'config' | 'resources'>,
  version: string,
): RunIdentity => ({
  name,
  config,
  resources,
  generator: version,
  engine: { node: process.versions.node, v8: process.versions.v8 },
});

/** A run as it would be, before its samples are counted. */
async function plannedRun(
  request: DatasetRequest,
  { exportsFolder }: DatasetTools,
  signal?: AbortSignal,
): Promise<{
  readonly facts: DatasetRunFacts;
  readonly failures: readonly Failure[];
  readonly leftOut: readonly Refused[];
}> {
  const { name, config, fonts, files, workers, overwrite, queue } = request;
  const given = [...fonts.map(path => ({ kind: 'font' as const, path })), ...files];
  const resolved = await resolveResources(
    given.map(({ kind, path }) => ({ kind, path: resolve(path) })),
    signal,
  );
  const facts = {
    name,
    folder: resolve(request.folder ?? join(exportsFolder, name)),
    config,
    resources: resolved.ok ? resolved.value.resources : { files: [] },
    workers: workers ?? usualWorkers(),
    overwrite,
    queue,
    samples: 0,
  };
  return resolved.ok
    ? { facts, failures: [], leftOut: resolved.value.leftOut }
    : { facts, failures: resolved.failure, leftOut: [] };
}

const badConfig = (name: string, problems: readonly string[]): Failure => ({
  code: 'badFile',
  path: name,
  format: 'configuration of a dataset',
  problems: [...problems],
});

/** Samples, as 24 bits uncompressed, take at most this. Recordings have one channel, or two after steps that widen. */
const MOST_BYTES_A_SECOND = 44_100 * 3 * 2;
/** Everything else of a sample. */
const MOST_BYTES_A_SAMPLE = 60_000;
/** What does not hold even this is refused without a trial: an eighth of what practice pads in silence take, a short MIDI file with its rows. */
const LEAST_BYTES_A_SECOND = 10_000;
const LEAST_BYTES_A_SAMPLE = 1500;

/** The run of a request. Throws `Failed` with all that speaks against it, before anything is written. */
export async function runOfRequest(request: DatasetRequest, tools: DatasetTools): Promise<DatasetRunFacts> {
  const { facts, failures } = await plannedRun(request, tools);
  const [failure] = failures;
  if (failure) throw new Failed(failure);
  const { config, resources, folder } = facts;
  const place = await checkRunFolder(folder, identityOf(facts, tools.version), facts.overwrite);
  if (!place.ok) throw new Failed(place.failure);
  if (request.queue)
    await tools.runner.run('check-queue', { queue: request.queue.redis, store: request.queue.store });
  const counted = await trial(tools, { config, resources, trials: 0 });
  if (counted.problems.length > 0) throw new Failed(badConfig(facts.name, counted.problems));
  const run = { ...facts, samples: counted.samples };
  const heard = config.generate_audio ? counted.audioSeconds : 0;
  const most = heard * MOST_BYTES_A_SECOND + counted.samples * MOST_BYTES_A_SAMPLE;
  if (checkSpace(folder, most).ok) return run;
  const least = checkSpace(folder, heard * LEAST_BYTES_A_SECOND + counted.samples * LEAST_BYTES_A_SAMPLE);
  if (!least.ok) throw new Failed(least.failure);
  const { bytes } = sizeOf(await trial(tools, { config, resources, trials: TRIALS }), facts.workers);
  const space = checkSpace(folder, bytes);
  if (!space.ok) throw new Failed(space.failure);
  return run;
}

const TRIALS = 24;

const trial = ({ runner }: DatasetTools, request: TrialRequest, signal?: AbortSignal): Promise<Trial> =>
  runner.run<Trial>('dataset-trial', request, signal);

/** Of a core: what it takes to check, count and link a sample when the dataset is put together. */
const ASSEMBLE_SECONDS = 0.003;
/** Half the width of what holds in 19 of 20 cases, in deviations. */
const NORMAL_95 = 1.96;
/** Other programs want the machine too. */
const LEAST_MARGIN = 0.05;

function sizeOf(
  { samples, made }: Trial,
  workers: number,
): Pick<DatasetEstimate, 'bytes' | 'seconds' | 'secondsMargin'> {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const each = mean(made.map(({ seconds }) => seconds));
  const spread = Math.sqrt(
    made.reduce((sum, { seconds }) => sum + (seconds - each) ** 2, 0) / Math.max(1, made.length - 1),
  );
  const atOnce = Math.min(workers, availableParallelism());
  const making = (samples * each) / atOnce;
  const open = (NORMAL_95 * spread * samples) / atOnce / Math.sqrt(Math.max(1, made.length));
  return {
    bytes: Math.round(samples * mean(made.map(({ bytes }) => bytes))),
    seconds: making + samples * ASSEMBLE_SECONDS,
    secondsMargin: Math.max(open, LEAST_MARGIN * making),
  };
}

/** What a run will take, counted up from trial samples, and what speaks against it. */
export async function estimateDataset(
  request: DatasetRequest,
  tools: DatasetTools,
  signal?: AbortSignal,
): Promise<DatasetEstimate> {
  const { facts, failures, leftOut } = await plannedRun(request, tools, signal);
  const { folder, config, resources } = facts;
  const place = await checkRunFolder(folder, identityOf(facts, tools.version), facts.overwrite);
  const tried = await trial(tools, { config, resources, trials: TRIALS }, signal);
  const size = sizeOf(tried, facts.workers);
  const space = checkSpace(folder, size.bytes);
  return {
    ...size,
    samples: tried.samples,
    audioSeconds: config.generate_audio ? tried.audioSeconds : 0,
    trials: tried.made.length,
    folder,
    freeBytes: freeBytesNow(folder),
    leftOut: [...leftOut.map(({ failure }) => explain(failure)), ...tried.leftOut],
    problems: [
      ...failures.map(explain),
      ...(place.ok ? [] : [explain(place.failure)]),
      ...tried.problems,
      ...(space.ok ? [] : [explain(space.failure)]),
    ],
  };
}
