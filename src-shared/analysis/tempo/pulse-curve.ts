import type { Accent } from './accents';

/** Values a second of the pulse curve. */
export const CURVE_RATE = 100;

/** Width of one onset on the curve: as exact as drummers and onset times are. */
const SPREAD_SECONDS = 0.015;

/** How much each onset asks for a beat: kicks and snares more than hats, which also fill the places between. */
export const beatWeight = ({ strength, low, middle }: Accent): number =>
  strength * (0.3 + 0.7 * Math.max(low, middle));

/** Onsets as bells on a time line of `CURVE_RATE` values a second. */
export function pulseCurve(accents: readonly Accent[], seconds: number): Float32Array {
  const curve = new Float32Array(Math.ceil(seconds * CURVE_RATE) + 1);
  const reach = Math.ceil(3 * SPREAD_SECONDS * CURVE_RATE);
  for (const accent of accents) {
    const centre = Math.round(accent.time * CURVE_RATE);
    for (let at = Math.max(0, centre - reach); at <= Math.min(curve.length - 1, centre + reach); at++) {
      const distance = at / CURVE_RATE - accent.time;
      curve[at]! += beatWeight(accent) * Math.exp(-0.5 * (distance / SPREAD_SECONDS) ** 2);
    }
  }
  return curve;
}
