import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { Failed } from '#main/platform';
import { fail, type Result } from '#shared/base';
import {
  type GeneratedSample,
  GenerationConfigSchema,
  type Plan,
  planOf,
  RunResourcesSchema,
  type Task,
} from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { openSounding } from '../config';
import type { Sounding } from '../sound';
import { checkPart, type Part, partFolder, writePart } from '../storage';
import { makeSample } from './make-sample';

/** Everything that a worker of any kind needs to know to make one part of a dataset. */
export const PartTaskSchema = z.strictObject({
  config: GenerationConfigSchema,
  resources: RunResourcesSchema,
  /** From 0. */
  part: z.number().int().min(0),
});
export type PartTask = z.output<typeof PartTaskSchema>;

/** Samples of a part at most: a quarter of a minute's work of one core, with audio. */
export const PART_SAMPLES = 64;
const FEWEST_SAMPLES = 4;
/** A small dataset is cut finer, so that many workers have something to do. */
const WANTED_PARTS = 64;

/** Samples of each part but the last. Follows from the number of samples alone: whoever makes a dataset cuts it alike. */
export const partSize = ({ count }: Pick<Plan, 'count'>): number =>
  Math.min(PART_SAMPLES, Math.max(FEWEST_SAMPLES, Math.ceil(count / WANTED_PARTS)));

export const partCount = (plan: Pick<Plan, 'count'>): number => Math.ceil(plan.count / partSize(plan));

export interface PartHearing {
  /** Looked at between samples; aborted, this throws its reason and leaves nothing behind. */
  readonly signal: AbortSignal;
  /** Share of the part done, 0..1. */
  readonly report?: (share: number) => void;
}

/** Makes a part in the folder `parts`, or finds it there, whole. All that a worker of a run does. */
export async function runPart(
  { config, resources, part }: PartTask,
  parts: string,
  { signal, report = () => undefined }: PartHearing,
): Promise<Result<Part, Failure>> {
  signal.throwIfAborted();
  const known = await checkPart(partFolder(parts, part), signal);
  if (known.ok && known.value.index === part) return known;
  const opened = await openSounding(resources);
  if (!opened.ok) return opened;
  const { sounding, catalogue } = opened.value;
  const plan = planOf(config, catalogue);
  if (!plan.ok)
    return fail({
      code: 'badFile',
      path: parts,
      format: 'configuration of a dataset',
      problems: [...plan.failure],
    });
  const { count, task } = plan.value;
  const size = partSize(plan.value);
  const numbers = Array.from(
    { length: Math.max(0, Math.min(size, count - part * size)) },
    (_, index) => part * size + index,
  );
  async function* samples(): AsyncGenerator<GeneratedSample> {
    for (const [index, number] of numbers.entries()) {
      // An abortion is heard between two turns only.
      await turn();
      signal.throwIfAborted();
      yield sampleOf(task(number), sounding);
      report((index + 1) / numbers.length);
    }
  }
  return writePart(parts, part, samples());
}

/** A sample that cannot be made is told by its id: a bug in one of a hundred thousand is hard to find without. */
function sampleOf(task: Task, sounding: Sounding): GeneratedSample {
  try {
    return makeSample(task, sounding);
  } catch (error) {
    if (error instanceof Failed) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failed({ code: 'sampleFailed', sample: task.id, number: task.number, reason });
  }
}
