import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '#main/platform';
import { readStage, type ReadValues } from '#main/pipeline/preprocess/read';
import type { StageOutput } from '#main/pipeline/stage';
import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { neverAborted, temporaryFolder } from './audio-files';

export interface ReadRun {
  readonly result: Result<StageOutput<ReadValues>, Failure>;
  readonly folder: string;
  readonly fractions: readonly number[];
}

/** Runs the `read` stage on a file as a worker would. */
export async function readSong(
  path: string,
  { signal = neverAborted, folder = join(temporaryFolder(), 'stage') } = {},
): Promise<ReadRun> {
  mkdirSync(folder, { recursive: true });
  const fractions: number[] = [];
  const source = { kind: 'file', path, sha256: await hashFile(path) } as const;
  const report = (fraction: number): void => {
    fractions.push(fraction);
  };
  const result = await readStage.run(
    { source, name: 'song', minimumSeconds: 0.1 },
    { signal, folder, report },
  );
  return { result, folder, fractions };
}
