import type { SegmentPlan } from './contract';

/** Sample rate of every known model that does not say its own, and the length of an HTDemucs segment (7.8 s). */
export const MODEL_RATE = 44_100;
export const HTDEMUCS_FRAMES = 343_980;

/** Demucs' own overlap-add: a quarter overlaps, triangular weights. */
export const triangularPlan = (frames: number): SegmentPlan => ({
  frames,
  stride: Math.floor(0.75 * frames),
  lead: 0,
  weights: 'triangle',
  short: 'centred',
});

/** Segments that fade in and out over a quarter; silence after the song. */
export const rampedPlan = (frames: number): SegmentPlan => ({
  ...triangularPlan(frames),
  weights: 'ramps',
  short: 'leading',
});

/** Segments of which `trim` frames at both ends only tell of the rest. */
export const trimmedPlan = (frames: number, trim: number): SegmentPlan => ({
  frames,
  stride: frames - 2 * trim,
  lead: trim,
  weights: 'trim',
  short: 'leading',
});

/** Most by which segments may overlap: every frame then costs twenty times. */
const MOST_OVERLAP = 0.95;

/** The same with another share of a segment repeated by the next; never less than what is only context. */
export function withOverlap(plan: SegmentPlan, overlap: number): SegmentPlan {
  const stride = Math.max(1, Math.floor((1 - Math.min(MOST_OVERLAP, overlap)) * plan.frames));
  return { ...plan, stride: plan.weights === 'trim' ? Math.min(plan.stride, stride) : stride };
}

/** Weight of each frame of a segment where segments are added up. */
export function segmentWeights({ frames, lead, weights }: SegmentPlan): Float32Array {
  const rising = Math.floor(frames / 2);
  const ramp = Math.max(1, Math.floor(frames / 4));
  const peak = frames - rising;
  return Float32Array.from({ length: frames }, (_, at) => {
    if (weights === 'trim') return at >= lead && at < frames - lead ? 1 : 0;
    if (weights === 'ramps') return Math.min(1, (at + 1) / ramp, (frames - at) / ramp);
    return (at < rising ? at + 1 : frames - at) / peak;
  });
}
