import { attackFoot } from '../onsets/attack-foot';

/** How far a foot may lie from where the user points. */
const REACH_SECONDS = 0.012;
const MARGIN_SECONDS = 0.001;
/** A rise by less is no attack. */
const LEAST_RISE_DECIBELS = 6;

/**
 * The foot of the attack near `frame`: where a slice should begin that the user points at about.
 *
 * @param samples a stretch of the stem around `frame`, which counts from its beginning
 * @returns `frame` itself where nothing begins
 */
export function nearestFoot(samples: Float32Array, frame: number, sampleRate: number): number {
  const reach = Math.round(REACH_SECONDS * sampleRate);
  const from = Math.max(0, frame - reach);
  const around = samples.subarray(from, Math.min(samples.length, frame + reach));
  const { at, riseDecibels } = attackFoot(around, Math.round(MARGIN_SECONDS * sampleRate));
  return riseDecibels >= LEAST_RISE_DECIBELS ? from + at : frame;
}
