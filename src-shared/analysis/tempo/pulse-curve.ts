import type { Accent } from './accents';

/** Values a second of the pulse curves. */
export const CURVE_RATE = 100;

/** Width of one onset on a curve: as exact as drummers and onset times are. */
const SPREAD_SECONDS = 0.015;

/** Onsets as bells on time lines of `CURVE_RATE` values a second. */
export interface PulseCurves {
  /** All onsets. */
  readonly all: Float32Array;
  /** Those that have more below than above, and the others: about kicks and snares. */
  readonly kicks: Float32Array;
  readonly snares: Float32Array;
}

/** How much an onset asks for a beat: kicks and snares more than hats, which also fill the places between. */
export const beatWeight = (accent: Accent): number => {
  const { kick, snare } = drumLevels(accent);
  return accent.strength * (0.3 + 0.7 * Math.max(kick, snare));
};

/** How much of a kick and of a snare an onset is, 0..1: by the drums that were heard, else by its spectrum. */
export const drumLevels = ({
  voices,
  low,
  middle,
}: Accent): { readonly kick: number; readonly snare: number } => voices ?? { kick: low, snare: middle };

export function pulseCurves(accents: readonly Accent[], seconds: number): PulseCurves {
  const share = (accent: Accent, drum: 'kick' | 'snare'): number => {
    const levels = drumLevels(accent);
    return (accent.strength * levels[drum] ** 2) / (levels.kick + levels.snare + 1e-9);
  };
  const kickWeight = (accent: Accent): number => share(accent, 'kick');
  const snareWeight = (accent: Accent): number => share(accent, 'snare');
  return {
    all: curveOf(accents, seconds, beatWeight),
    kicks: curveOf(accents, seconds, kickWeight),
    snares: curveOf(accents, seconds, snareWeight),
  };
}

function curveOf(
  accents: readonly Accent[],
  seconds: number,
  weigh: (accent: Accent) => number,
): Float32Array {
  const curve = new Float32Array(Math.ceil(seconds * CURVE_RATE) + 1);
  const reach = Math.ceil(3 * SPREAD_SECONDS * CURVE_RATE);
  for (const accent of accents) {
    const weight = weigh(accent);
    const centre = Math.round(accent.time * CURVE_RATE);
    for (let at = Math.max(0, centre - reach); at <= Math.min(curve.length - 1, centre + reach); at++) {
      const distance = at / CURVE_RATE - accent.time;
      curve[at]! += weight * Math.exp(-0.5 * (distance / SPREAD_SECONDS) ** 2);
    }
  }
  return curve;
}
