import { open, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { Cancelled, type StageContext, type StageOutput } from '#main/pipeline/stage';
import { failureOfError, hashFile } from '#main/platform';
import { invariant, type Result } from '#shared/base';
import type { Failure, FromWorker, ToWorker, WrittenFile } from '#shared/protocol';

/** A stage whatever its input: what the table holds. */
export interface AnyStage {
  readonly name: string;
  readonly title: string;
  readonly version: number;
  readonly input: z.ZodType;
  run(input: never, context: StageContext): Promise<Result<StageOutput, Failure>>;
}

export type Task = Extract<ToWorker, { kind: 'run' }>;
type Answer = Extract<FromWorker, { kind: 'done' | 'failed' | 'cancelled' | 'crashed' }>;

/** Runs one stage to its one answer; never throws. */
export async function runStage(
  stage: AnyStage | undefined,
  { id, stage: name, input, folder }: Task,
  signal: AbortSignal,
  report: StageContext['report'],
): Promise<Answer> {
  try {
    invariant(stage, `this worker has no stage "${name}"`);
    const parsed = stage.input.parse(input) as never;
    const result = await stage.run(parsed, { signal, folder, report });
    if (signal.aborted) return { kind: 'cancelled', id };
    if (!result.ok) return { kind: 'failed', id, failure: result.failure };
    const { values, files } = result.value;
    return { kind: 'done', id, values, files: await finishFiles(folder, files, signal) };
  } catch (error) {
    if (signal.aborted || error instanceof Cancelled) return { kind: 'cancelled', id };
    return answerOfError(id, folder, error);
  }
}

/** Files seen to at once: a disk syncs several in nearly the time of one, and a kit has thousands. */
const FILES_AT_ONCE = 16;

/** Hashes the stage's files and sees them onto the disk, here, where it keeps nobody waiting. */
async function finishFiles(
  folder: string,
  files: StageOutput['files'],
  signal: AbortSignal,
): Promise<WrittenFile[]> {
  const entries = Object.entries(files);
  const written: WrittenFile[] = [];
  for (let first = 0; first < entries.length; first += FILES_AT_ONCE) {
    const batch = entries.slice(first, first + FILES_AT_ONCE);
    written.push(
      ...(await Promise.all(batch.map(([name, inside]) => finishFile(folder, name, inside, signal)))),
    );
  }
  return written;
}

async function finishFile(
  folder: string,
  name: string,
  inside: string,
  signal: AbortSignal,
): Promise<WrittenFile> {
  const path = join(folder, inside);
  invariant(!relative(folder, path).startsWith('..'), `the stage's file "${name}" lies outside its folder`);
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  const { size } = await stat(path);
  return { name, path, sha256: await hashFile(path, signal), bytes: size };
}

function answerOfError(id: number, folder: string, error: unknown): Answer {
  try {
    return { kind: 'failed', id, failure: failureOfError(error, folder) };
  } catch {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'crashed', id, reason: `${name}: ${message}`, stack: stack ?? '' };
  }
}
