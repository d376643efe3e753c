import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { flacOf } from '#main/platform';
import { ok, type Result } from '#shared/base';
import {
  AUDIO_BITS,
  durationOf,
  GenerationConfigSchema,
  planOf,
  rowsOf,
  RunResourcesSchema,
  type Task,
} from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { openSounding } from '../config';
import type { Sounding } from '../sound';
import { makeSample } from './make-sample';

export const TrialRequestSchema = z.strictObject({
  config: GenerationConfigSchema,
  resources: RunResourcesSchema,
  /** Samples to make; 0 only counts. */
  trials: z.number().int().min(0),
});
export type TrialRequest = z.output<typeof TrialRequestSchema>;

/** What a run would be, as far as it can be known before. */
export interface Trial {
  /** What is wrong with the configuration, key by key; then all else is 0. */
  readonly problems: readonly string[];
  /** Presets of the user's fonts that are no drum kits, and why: sentences. */
  readonly leftOut: readonly string[];
  readonly samples: number;
  /** Played in all of them, about. */
  readonly audioSeconds: number;
  /** Of the samples that were made: how long each took, and how much room it takes. */
  readonly made: readonly { readonly seconds: number; readonly bytes: number }[];
}

/** Whose durations tell those of all. */
const LOOKED_AT = 200;
/** No trial sample is begun later than this. */
const ENOUGH_SECONDS = 2.5;
/** Rows as JSON against what they take as Parquet and, while the run goes on, in its parts. */
const ROWS_SHARE = 0.3;

const spread = (count: number, wanted: number): readonly number[] => {
  const most = Math.min(count, wanted);
  return Array.from({ length: most }, (_, index) => Math.floor(((index + 0.5) * count) / most));
};

/** Counts the samples of a run and makes a few of them, spread over all. Throws the signal's reason. */
export async function trialOf(
  { config, resources, trials }: TrialRequest,
  signal: AbortSignal,
): Promise<Result<Trial, Failure>> {
  const opened = await openSounding(resources);
  if (!opened.ok) return opened;
  const { sounding, catalogue, refusedKits } = opened.value;
  const leftOut = refusedKits.map(({ path, name, reason }) => `${name} of ${path}: ${reason}.`);
  const plan = planOf(config, catalogue);
  if (!plan.ok) return ok({ problems: plan.failure, leftOut, samples: 0, audioSeconds: 0, made: [] });
  const { count, task } = plan.value;
  const durations = spread(count, LOOKED_AT).map(number => durationOf(task(number).spec) / 1000);
  const mean = durations.reduce((sum, one) => sum + one, 0) / Math.max(1, durations.length);
  const made: { seconds: number; bytes: number }[] = [];
  const start = performance.now();
  const isEnough = (): boolean => performance.now() - start > ENOUGH_SECONDS * 1000;
  const numbers = spread(count, trials);
  const [first] = numbers;
  // The first sample pays for what all others find in memory; it counts only where it took so long that there are no others.
  for (const number of first === undefined ? [] : [first, ...numbers]) {
    await turn();
    signal.throwIfAborted();
    const before = performance.now();
    const bytes = bytesOf(task(number), sounding);
    made.push({ bytes, seconds: (performance.now() - before) / 1000 });
    if (isEnough()) break;
  }
  if (made.length > 1) made.shift();
  return ok({ problems: [], leftOut, samples: count, audioSeconds: mean * count, made });
}

function bytesOf(task: Task, sounding: Sounding): number {
  const sample = makeSample(task, sounding);
  const audio = sample.recording ? flacOf(sample.recording.audio, { bits: AUDIO_BITS }).flac.length : 0;
  const hashes = { midi: '', audio: sample.recording && { file: '', pcm: '' } };
  return audio + sample.midi.length + ROWS_SHARE * JSON.stringify(rowsOf(sample, hashes)).length;
}
