/** How many samples there were at a moment of the clock, ms. */
export interface Reading {
  readonly at: number;
  readonly made: number;
}

/** Readings kept for the curve: five minutes, one a second. */
const MOST_READINGS = 300;
/** Speed is told over this long, so that parts that arrive at once do not make it jump. */
const WINDOW_MS = 15_000;

/** With one reading more; one that is behind the last begins anew, which a run that was made again does. */
export function withReading(readings: readonly Reading[], reading: Reading): readonly Reading[] {
  const last = readings.at(-1);
  if (last && reading.made < last.made) return [reading];
  if (last && reading.at <= last.at) return readings;
  return [...readings, reading].slice(-MOST_READINGS);
}

/** Samples a second over the last seconds; null until there is something to tell. */
export function paceOf(readings: readonly Reading[]): number | null {
  const last = readings.at(-1);
  if (!last) return null;
  const first = readings.find(({ at }) => last.at - at <= WINDOW_MS);
  if (!first || last.at - first.at < 1000) return null;
  return ((last.made - first.made) * 1000) / (last.at - first.at);
}

/** The same at every reading, for the curve. */
export const paceCurve = (readings: readonly Reading[]): readonly number[] =>
  readings.map((_, index) => paceOf(readings.slice(0, index + 1)) ?? 0);
