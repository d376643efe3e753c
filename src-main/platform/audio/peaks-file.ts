import { readFile } from 'node:fs/promises';
import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { attempt } from '../files/file-failure';
import { writeFileWhole } from '../files/whole-file';

/** Writes what `PeakPairs` of #shared/dsp collected: little-endian 32-bit floats, min and max in turn, no header. */
export async function writePeaks(path: string, pairs: Float32Array): Promise<void> {
  const bytes = Buffer.alloc(pairs.length * 4);
  for (let index = 0; index < pairs.length; index++) bytes.writeFloatLE(pairs[index]!, index * 4);
  await writeFileWhole(path, bytes);
}

export const readPeaks = (path: string): Promise<Result<Float32Array, Failure>> =>
  attempt(path, async () => {
    const bytes = await readFile(path);
    return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
      bytes.readFloatLE(index * 4),
    );
  });
