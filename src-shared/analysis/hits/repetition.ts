import type { ChanceLookup } from './stroke-groups';
import { GROUP_SECONDS } from './stroke-groups';

/** Times between repetitions are sought on this grid, from a fifth of a second to six seconds. */
const STEPS_PER_SECOND = 100;
const SHORTEST_STEPS = 20;
const LONGEST_STEPS = 600;
/** A time counts when the song is at least this like itself after it, and no time within 50 ms more so. */
const LEAST_LIKENESS = 0.15;
const PEAK_STEPS = 5;
const MOST_TIMES = 12;
/** Two strokes that are a few steps out are still a repetition, in part. */
const SPREAD = [1 / 9, 2 / 9, 3 / 9, 2 / 9, 1 / 9] as const;
/** Weight of the family's own share of all moments, so that few neighbours say little. */
const PRIOR_WEIGHT = 0.3;

export interface Repetition {
  readonly seconds: number;
  /** Correlation of the song's strokes with themselves that much later, 1 for the same. */
  readonly likeness: number;
}

/** After what times the song's strokes come again: grooves repeat, so a stroke that is there a bar before and after is likely here. */
export function repetitionsOf(chances: ChanceLookup, familyCount: number, seconds: number): Repetition[] {
  const length = Math.max(1, Math.ceil(seconds * STEPS_PER_SECOND));
  const pairs = new Float64Array(LONGEST_STEPS + PEAK_STEPS + SPREAD.length);
  let [squares, base] = [0, 0];
  for (let family = 0; family < familyCount; family++) {
    const steps = chances.timesOf(family).map(time => Math.round(time * STEPS_PER_SECOND));
    const own = chances.chancesOf(family);
    let sum = 0;
    for (let first = 0; first < steps.length; first++) {
      sum += own[first]!;
      squares += own[first]! ** 2;
      for (let second = first + 1; second < steps.length; second++) {
        const distance = steps[second]! - steps[first]!;
        if (distance >= pairs.length) break;
        pairs[distance]! += own[first]! * own[second]!;
      }
    }
    base += (sum / length) ** 2;
  }
  const same = (squares * SPREAD[2]) / length - base;
  if (same <= 0) return [];
  const likeness = Float64Array.from(pairs, (_, lag) => {
    const near = SPREAD.reduce((sum, weight, index) => sum + weight * (pairs[lag + index - 2] ?? 0), 0);
    return (near / Math.max(1, length - lag) - base) / same;
  });
  const found: Repetition[] = [];
  for (let lag = SHORTEST_STEPS; lag < Math.min(LONGEST_STEPS, length - 1); lag++) {
    const value = likeness[lag]!;
    const around = likeness.subarray(Math.max(SHORTEST_STEPS, lag - PEAK_STEPS), lag + PEAK_STEPS + 1);
    if (value > LEAST_LIKENESS && value === Math.max(...around))
      found.push({ seconds: lag / STEPS_PER_SECOND, likeness: value });
  }
  return found.sort((a, b) => b.likeness - a.likeness || a.seconds - b.seconds).slice(0, MOST_TIMES);
}

/** How likely a stroke of the family is at the times at which the song repeats what it plays at `time`. */
export function repeatedChance(
  chances: ChanceLookup,
  repetitions: readonly Repetition[],
  { family, time, share, seconds }: { family: number; time: number; share: number; seconds: number },
): number {
  let [sum, weight] = [PRIOR_WEIGHT * share, PRIOR_WEIGHT];
  for (const { seconds: apart, likeness } of repetitions) {
    for (const place of [time - apart, time + apart]) {
      if (place < 0 || place >= seconds) continue;
      sum += likeness * chances.greatest(family, place, GROUP_SECONDS);
      weight += likeness;
    }
  }
  return sum / weight;
}
