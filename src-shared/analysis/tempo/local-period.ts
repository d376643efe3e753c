import { CURVE_RATE } from './pulse-curve';
import { combAt, correlation } from './tempogram';

/** Windows in which the pace of the moment is looked for, and their distance. */
const WINDOW_SECONDS = 8;
const HOP_SECONDS = 1;
/** How far the pace may stray from the whole recording's, in factors, and the fineness of the search. */
const WIDEST = 1.45;
const STEP = 1.01;
/** What a change of pace by one per cent from one window to the next costs, in units of likeness. */
const CHANGE_COST = 0.05;

/**
 * Seconds from beat to beat at each `HOP_SECONDS` of the recording: the path through the windows' paces that is clearest
 * and changes least, found by dynamic programming (Viterbi).
 */
export function localPeriods(curve: Float32Array, period: number): (seconds: number) => number {
  const size = Math.min(curve.length, WINDOW_SECONDS * CURVE_RATE);
  const hop = HOP_SECONDS * CURVE_RATE;
  const half = Math.round(Math.log(WIDEST) / Math.log(STEP));
  const paces = Array.from({ length: 2 * half + 1 }, (_, at) => period * STEP ** (at - half));
  const longest = Math.ceil(4 * period * WIDEST * CURVE_RATE) + 2;
  const count = Math.max(1, Math.floor((curve.length - size) / hop) + 1);
  let scores = new Float64Array(paces.length);
  const from: Int32Array[] = [];
  for (let window = 0; window < count; window++) {
    const part = curve.subarray(window * hop, window * hop + size);
    const likeness = correlation(part, part, longest);
    const next = new Float64Array(paces.length);
    const came = new Int32Array(paces.length);
    paces.forEach((pace, at) => {
      let best = -Infinity;
      for (let other = Math.max(0, at - 12); other <= Math.min(paces.length - 1, at + 12); other++) {
        const score = scores[other]! - CHANGE_COST * Math.abs(at - other);
        if (score > best) {
          best = score;
          came[at] = other;
        }
      }
      // A pace far from the usual one must be clearly better: a half or two thirds would be near enough else.
      const away = (at - half) / half;
      next[at] = best + (likeness ? combAt(likeness, pace * CURVE_RATE) : 0) - 0.15 * away * away;
    });
    scores = next;
    from.push(came);
  }
  const path = new Float64Array(count);
  let at = scores.indexOf(scores.reduce((most, score) => Math.max(most, score), -Infinity));
  for (let window = count - 1; window >= 0; window--) {
    path[window] = paces[at]!;
    at = from[window]![at]!;
  }
  const centre = size / 2 / CURVE_RATE;
  return seconds => path[Math.min(count - 1, Math.max(0, Math.round((seconds - centre) / HOP_SECONDS)))]!;
}
