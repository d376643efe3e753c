/** Minimum and maximum of each column of a drawing, in turn. */
export type Columns = Float32Array;

/**
 * `columnCount` columns over pairs `from` to `to` (real numbers) of `peaks` (minimum, maximum in turn). Where columns
 * are finer than pairs, a pair is repeated.
 */
export function columnsOfPeaks(peaks: Float32Array, from: number, to: number, columnCount: number): Columns {
  const columns = new Float32Array(columnCount * 2);
  const pairCount = peaks.length / 2;
  const perColumn = (to - from) / columnCount;
  for (let column = 0; column < columnCount; column++) {
    const first = Math.floor(from + column * perColumn);
    const last = Math.max(first + 1, Math.ceil(from + (column + 1) * perColumn));
    let low = 0;
    let high = 0;
    for (let pair = Math.max(0, first); pair < Math.min(last, pairCount); pair++) {
      low = Math.min(low, peaks[pair * 2]!);
      high = Math.max(high, peaks[pair * 2 + 1]!);
    }
    columns[column * 2] = low;
    columns[column * 2 + 1] = high;
  }
  return columns;
}

/** The same from samples: frames `from` to `to` (real numbers) of the mean of `channels`. */
export function columnsOfSamples(
  channels: readonly Float32Array[],
  from: number,
  to: number,
  columnCount: number,
): Columns {
  const columns = new Float32Array(columnCount * 2);
  const frames = channels[0]?.length ?? 0;
  const perColumn = (to - from) / columnCount;
  for (let column = 0; column < columnCount; column++) {
    const first = Math.floor(from + column * perColumn);
    const last = Math.max(first + 1, Math.ceil(from + (column + 1) * perColumn));
    let low = Infinity;
    let high = -Infinity;
    for (let frame = Math.max(0, first); frame < Math.min(last, frames); frame++) {
      let sample = 0;
      for (const channel of channels) sample += channel[frame]!;
      sample /= channels.length;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    columns[column * 2] = low === Infinity ? 0 : low;
    columns[column * 2 + 1] = high === -Infinity ? 0 : high;
  }
  return columns;
}

/** Loudest absolute value, 0..1 and more. */
export const loudest = (columns: Columns): number =>
  columns.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);

/** One column a px from `left`, around `middle`, `half` px for amplitude 1; never thinner than a hairline. */
export function drawColumns(
  context: CanvasRenderingContext2D,
  columns: Columns,
  place: { readonly left: number; readonly middle: number; readonly half: number },
): void {
  const { left, middle, half } = place;
  context.beginPath();
  for (let column = 0; column * 2 < columns.length; column++) {
    const top = middle - columns[column * 2 + 1]! * half;
    const bottom = middle - columns[column * 2]! * half;
    context.rect(left + column, top, 1, Math.max(1, bottom - top));
  }
  context.fill();
}
