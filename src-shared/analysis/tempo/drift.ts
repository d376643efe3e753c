import type { BeatGrid } from './beat-grid';

/** Stiffness of the smooth curve through beats that drift: feel shorter than about ten beats averages out. */
const STIFFNESS = 20;
/** Beats farther than this from the curve, as feel and missed strokes are, pull less at it. */
const FIRM_SECONDS = 0.015;

/** Beats that drift, on a smooth curve. */
export function driftingGrid(beats: readonly number[]): BeatGrid {
  const weights = new Float64Array(beats.length).fill(1);
  let smooth = smoothed(beats, weights);
  for (let round = 0; round < 3; round++) {
    beats.forEach((beat, at) => {
      weights[at] = 1 / Math.max(1, Math.abs(beat - smooth[at]!) / FIRM_SECONDS);
    });
    smooth = smoothed(beats, weights);
  }
  const period = (smooth.at(-1)! - smooth[0]!) / (smooth.length - 1);
  return { beats: smooth, period, error: Infinity, lineStart: null };
}

/**
 * The curve z that makes sum w (y - z)^2 + stiffness * sum (second difference of z)^2 least: a banded system, solved by
 * Cholesky's method. @see Whittaker 1923; Eilers, "A Perfect Smoother", Analytical Chemistry 2003
 */
function smoothed(values: readonly number[], weights: Float64Array): number[] {
  const count = values.length;
  const diagonal = Float64Array.from(weights);
  const next = new Float64Array(count);
  const second = new Float64Array(count);
  for (let at = 0; at + 2 < count; at++) {
    for (let row = 0; row < 3; row++) diagonal[at + row]! += STIFFNESS * [1, 4, 1][row]!;
    next[at]! -= 2 * STIFFNESS;
    next[at + 1]! -= 2 * STIFFNESS;
    second[at]! += STIFFNESS;
  }
  // L D L^T with two bands below the diagonal.
  const below = new Float64Array(count);
  const below2 = new Float64Array(count);
  const pivots = new Float64Array(count);
  const solved = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const one = at >= 1 ? below[at - 1]! : 0;
    const two = at >= 2 ? below2[at - 2]! : 0;
    pivots[at] =
      diagonal[at]! -
      (at >= 1 ? one * one * pivots[at - 1]! : 0) -
      (at >= 2 ? two * two * pivots[at - 2]! : 0);
    below[at] = (next[at]! - (at >= 1 ? below2[at - 1]! * one * pivots[at - 1]! : 0)) / pivots[at]!;
    below2[at] = second[at]! / pivots[at]!;
    solved[at] =
      weights[at]! * values[at]! -
      (at >= 1 ? one * solved[at - 1]! : 0) -
      (at >= 2 ? two * solved[at - 2]! : 0);
  }
  for (let at = count - 1; at >= 0; at--) {
    solved[at] =
      solved[at]! / pivots[at]! -
      (at + 1 < count ? below[at]! * solved[at + 1]! : 0) -
      (at + 2 < count ? below2[at]! * solved[at + 2]! : 0);
  }
  return [...solved];
}
