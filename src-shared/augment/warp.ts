/** Where a moment of the input (seconds) sounds in the output: nowhere, once, or several times, ascending. */
export type Warp = (seconds: number) => readonly number[];

export const NO_WARP: Warp = seconds => [seconds];

/** Everything later by `by` seconds; what falls before 0 is gone. */
export const shiftedBy =
  (by: number): Warp =>
  seconds =>
    seconds + by < 0 ? [] : [seconds + by];

/** Time runs `stretch` times as long. */
export const stretchedBy =
  (stretch: number): Warp =>
  seconds => [seconds * stretch];

/** Only `from` <= time < `to` sounds, moved to begin at `at`. */
export const cutTo =
  (from: number, to: number, at = 0): Warp =>
  seconds =>
    seconds >= from && seconds < to ? [seconds - from + at] : [];

/** Straight between points `[input, output]` in seconds, both ascending; beyond the ends as steep as 1. */
export function alongPoints(points: readonly (readonly [number, number])[]): Warp {
  const [first = [0, 0] as const] = points;
  const last = points.at(-1) ?? first;
  return seconds => {
    if (seconds <= first[0]) return [seconds - first[0] + first[1]];
    if (seconds >= last[0]) return [seconds - last[0] + last[1]];
    let low = 0;
    let high = points.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((points[middle]?.[0] ?? 0) <= seconds) low = middle;
      else high = middle;
    }
    const from = points[low] ?? first;
    const to = points[high] ?? last;
    return [from[1] + ((seconds - from[0]) * (to[1] - from[1])) / (to[0] - from[0])];
  };
}

/** First `before`, then `after`. */
export const inTurn =
  (before: Warp, after: Warp): Warp =>
  seconds =>
    before(seconds)
      .flatMap(moment => [...after(moment)])
      .sort((a, b) => a - b);
