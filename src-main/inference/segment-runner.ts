import { type SegmentContract, segmentAdapter, type SeparateSegment, type Tensors } from '#shared/analysis';
import { Failed } from '#main/platform';
import type { ModelSession } from './session';

/**
 * One segment through a model: encoded, run, and the stems at `places` decoded. Throws `Failed` when the model's output is
 * of another size than its contract says, or not finite; throws the signal's reason when it is aborted.
 */
export function segmentRunner(
  session: ModelSession,
  contract: SegmentContract,
  path: string,
  places: readonly number[],
  signal?: AbortSignal,
): SeparateSegment {
  const adapter = segmentAdapter(contract);
  const outputs = Object.keys(adapter.outputSizes);
  return async (segment, stems) => {
    signal?.throwIfAborted();
    const given = await session.run(adapter.encode(segment), outputs);
    signal?.throwIfAborted();
    checkSizes(given, adapter.outputSizes, path);
    stems.forEach((stem, index) => {
      adapter.decode(given, places[index] ?? 0, stem);
      checkFinite(stem, path);
    });
  };
}

export function checkSizes(given: Tensors, sizes: Readonly<Record<string, number>>, path: string): void {
  for (const [name, size] of Object.entries(sizes)) {
    const tensor = given[name];
    if (tensor?.data.length === size) continue;
    const found = tensor ? `[${tensor.dims.join(',')}]` : 'nothing';
    throw new Failed({
      code: 'modelOutput',
      path,
      reason: `its output "${name}" is ${found} where ${size} numbers are expected`,
    });
  }
}

/** A sum is NaN or infinite when one of its terms is. */
export function checkFinite(arrays: readonly Float32Array[], path: string): void {
  for (const channel of arrays) {
    let sum = 0;
    for (let at = 0; at < channel.length; at++) sum += channel[at]!;
    if (!Number.isFinite(sum))
      throw new Failed({ code: 'modelOutput', path, reason: 'it holds numbers that are not finite (NaN)' });
  }
}
