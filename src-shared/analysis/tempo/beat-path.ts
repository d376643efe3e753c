import { CURVE_RATE } from './pulse-curve';

/** How firmly beats keep the period, against landing on onsets. Ellis's value. */
const TIGHTNESS = 100;

/**
 * Beat times in seconds, ascending: the path through the curve that hits the most pulse while each step stays near
 * the period of its moment, found by dynamic programming.
 *
 * @see Ellis, "Beat Tracking by Dynamic Programming", Journal of New Music Research 2007
 */
export function beatPath(curve: Float32Array, periodAt: (seconds: number) => number): number[] {
  const scale = 1 / deviation(curve);
  const score = new Float64Array(curve.length);
  const previous = new Int32Array(curve.length).fill(-1);
  let step = 0;
  for (let at = 0; at < curve.length; at++) {
    if (at % CURVE_RATE === 0) step = periodAt(at / CURVE_RATE) * CURVE_RATE;
    let best = 0;
    const farthest = Math.min(at, Math.round(2 * step));
    for (let gap = Math.round(step / 2); gap <= farthest; gap++) {
      const ratio = Math.log(gap / step);
      const candidate = score[at - gap]! - TIGHTNESS * ratio * ratio;
      if (candidate > best) {
        best = candidate;
        previous[at] = at - gap;
      }
    }
    score[at] = best + scale * curve[at]!;
  }
  const beats: number[] = [];
  for (let at = bestEnd(score, Math.round(2 * step)); at >= 0; at = previous[at]!)
    beats.push(at / CURVE_RATE);
  return beats.toReversed();
}

/** The best-scored place among the last ones that a beat can be. */
function bestEnd(score: Float64Array, farthest: number): number {
  let best = score.length - 1;
  for (let at = Math.max(0, score.length - farthest); at < score.length; at++) {
    if (score[at]! > score[best]!) best = at;
  }
  return best;
}

function deviation(curve: Float32Array): number {
  const mean = curve.reduce((sum, value) => sum + value, 0) / Math.max(1, curve.length);
  const variance = curve.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, curve.length);
  return Math.sqrt(variance) || 1;
}
