export interface TappedTempo {
  readonly bpm: number;
  /** Root mean square distance of the taps from even ones, in milliseconds. */
  readonly spreadMs: number;
  readonly count: number;
}

/** Fewest taps that make a tempo. */
export const FEWEST_TAPS = 4;
/** A tap farther than this share of a beat from its place was a slip. */
const SLIP = 0.3;

/**
 * The tempo of a hand that taps, times in seconds, ascending: the straight line through the taps numbered by their median
 * interval, so that one missed or doubled tap does no harm. Null for too few.
 */
export function tapTempo(times: readonly number[]): TappedTempo | null {
  if (times.length < FEWEST_TAPS) return null;
  const intervals = times.slice(1).map((time, at) => time - times[at]!);
  const median = intervals.toSorted((a, b) => a - b)[intervals.length >> 1] ?? 0;
  if (median <= 0) return null;
  let number = 0;
  const taps = times.flatMap((time, at) => {
    const steps = at === 0 ? 0 : intervals[at - 1]! / median;
    number += Math.round(steps);
    return at > 0 && Math.abs(steps - Math.round(steps)) > SLIP ? [] : [{ number, time }];
  });
  if (taps.length < FEWEST_TAPS - 1) return null;
  const meanNumber = taps.reduce((sum, tap) => sum + tap.number, 0) / taps.length;
  const meanTime = taps.reduce((sum, tap) => sum + tap.time, 0) / taps.length;
  const products = taps.reduce((sum, tap) => sum + (tap.number - meanNumber) * (tap.time - meanTime), 0);
  const squares = taps.reduce((sum, tap) => sum + (tap.number - meanNumber) ** 2, 0);
  if (squares === 0) return null;
  const period = products / squares;
  const offsets = taps.map(tap => tap.time - meanTime - (tap.number - meanNumber) * period);
  const spread = Math.sqrt(offsets.reduce((sum, offset) => sum + offset * offset, 0) / offsets.length);
  return { bpm: 60 / period, spreadMs: 1000 * spread, count: times.length };
}
