import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRef, Stage, StageOutput } from '#main/pipeline/stage';
import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';

export const refOf = async (path: string): Promise<FileRef> => ({
  kind: 'file',
  path,
  sha256: createHash('sha256')
    .update(await readFile(path))
    .digest('hex'),
});

/** Runs a stage as a worker does: its input parsed by its own schema. */
export function runStageIn<Input, Values>(
  stage: Stage<Input, Values>,
  folder: string,
  input: unknown,
  signal: AbortSignal = new AbortController().signal,
): Promise<Result<StageOutput<Values>, Failure>> {
  return stage.run(stage.input.parse(input), { signal, folder, report: () => undefined });
}

/** The same for a run that must succeed: its values, and references to its files. */
export async function filesOf<Input, Values>(
  stage: Stage<Input, Values>,
  folder: string,
  input: unknown,
): Promise<{ readonly values: Values; readonly files: Readonly<Record<string, FileRef>> }> {
  const result = await runStageIn(stage, folder, input);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  const { values, files } = result.value;
  const refs = await Promise.all(
    Object.entries(files).map(async ([name, path]) => [name, await refOf(join(folder, path))] as const),
  );
  return { values, files: Object.fromEntries(refs) };
}
