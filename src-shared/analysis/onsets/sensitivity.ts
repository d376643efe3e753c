import { clamp } from '../../units';

/** Flux above the mean, in log10 magnitude summed over bands, that makes an onset at sensitivity 0.5. */
const MIDDLE_THRESHOLD = 1.5;
/** Factor between the thresholds at sensitivity 0 and 1. */
const THRESHOLD_RANGE = 64;
/** Flux above the mean at which an onset's strength is 0.63. */
const STRENGTH_SCALE = 8;

/** Flux above the mean that makes an onset at `sensitivity`. */
export const leastFlux = (sensitivity: number): number =>
  MIDDLE_THRESHOLD * THRESHOLD_RANGE ** (0.5 - clamp(sensitivity, 0, 1));

/** How clearly an attack of that flux stands out, 0..1. */
export const strengthOfFlux = (flux: number): number => 1 - Math.exp(-flux / STRENGTH_SCALE);

/** An onset without strokes counts at `sensitivity` when its strength is at least this: what the detector itself would have said. */
export const leastStrength = (sensitivity: number): number => strengthOfFlux(leastFlux(sensitivity));
