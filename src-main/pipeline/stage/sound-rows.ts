import { readFile } from 'node:fs/promises';
import { invariant } from '#shared/base';

/** Numbers that stand before the vector in a row of a sounds file: octaves of brightness and of length, NaN where unknown. */
export const SOUND_FACTS = 2;

/** Little-endian float32, a row a sound. */
export async function readRows(path: string, width: number): Promise<Float32Array> {
  const bytes = await readFile(path);
  invariant(bytes.byteLength % (4 * width) === 0, `${path} holds whole rows`);
  const values = new Float32Array(bytes.byteLength / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < values.length; at++) values[at] = view.getFloat32(4 * at, true);
  return values;
}

export function rowBytes(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (let at = 0; at < values.length; at++) bytes.writeFloatLE(values[at]!, 4 * at);
  return bytes;
}

/** Columns `from` to `to` of every row, one row after the other. */
export function columnsOf(rows: Float32Array, width: number, from: number, to: number): Float32Array {
  const count = rows.length / width;
  const columns = new Float32Array(count * (to - from));
  for (let row = 0; row < count; row++)
    columns.set(rows.subarray(row * width + from, row * width + to), row * (to - from));
  return columns;
}
