import type { Stroke, StrokeClass, TAIL_POLICIES } from '../../model';
import type { PlannedSlice } from './plan';

/** A stroke this far under a hit's own attack is not heard beside it: the hit rings on over it. */
const UNHEARD_DECIBELS = 24;
/** A drum counts for choking when it was at least as likely as not. */
const LEAST_PROBABILITY = 0.5;

/** Drums of one group end each other: a struck drum its own ring, a hat of any kind the open one. */
const CHOKE_GROUPS: Readonly<Record<StrokeClass, string>> = {
  kick: 'kick',
  snare: 'snare',
  rim: 'snare',
  clap: 'clap',
  chh: 'hat',
  ohh: 'hat',
  toms: 'toms',
  ride: 'ride',
  crash: 'crash',
};

const groupsOf = (strokes: readonly Stroke[]): Set<string> =>
  new Set(
    strokes
      .filter(({ probability }, index) => index === 0 || probability >= LEAST_PROBABILITY)
      .map(stroke => CHOKE_GROUPS[stroke.class]),
  );

/**
 * Where each slice must end at the latest, its decay apart. A slice that may hold other strokes overlaps their slices.
 *
 * @param levels of each slice's attack, linear
 * @param longestFrames the longest a slice may be
 */
export function tailLimits(
  plan: readonly PlannedSlice[],
  levels: ArrayLike<number>,
  tails: (typeof TAIL_POLICIES)[number],
  { stemFrames, longestFrames }: { readonly stemFrames: number; readonly longestFrames: number },
): number[] {
  if (tails === 'next') return plan.map(({ limitFrame }) => limitFrame);
  const unheard = 10 ** (-UNHEARD_DECIBELS / 20);
  const groups = plan.map(({ strokes }) => groupsOf(strokes));
  return plan.map((slice, index) => {
    // What the user took away ends the slice before it under every policy.
    const isStopped = slice.isCutByNext && slice.limitFrame !== plan[index + 1]?.startFrame;
    if (isStopped || !slice.isCutByNext) return slice.limitFrame;
    const latest = Math.min(
      stemFrames,
      Math.max(slice.lastStrokeFrame + 1, slice.startFrame + longestFrames),
    );
    if (tails === 'decay') return latest;
    for (let next = index + 1; next < plan.length; next++) {
      const other = plan[next]!;
      if (other.startFrame >= latest) break;
      const isChoked = [...groups[next]!].some(group => groups[index]!.has(group));
      if (isChoked || levels[next]! > unheard * levels[index]!) return other.startFrame;
    }
    return latest;
  });
}
