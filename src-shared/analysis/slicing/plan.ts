import { invariant } from '../../base';
import type { FLAM_POLICIES } from '../../model';

export interface SlicingOptions {
  /** Stem audio kept before the onset. The fade-in lies inside it, so that no attack is softened. */
  readonly preRollMs: number;
  /** Raised-cosine fades at both ends. */
  readonly fadeMs: number;
  /** Strokes closer than this are one flam: kept in one slice, or cut as two hits, as `flams` says. */
  readonly flamMs: number;
  readonly flams: (typeof FLAM_POLICIES)[number];
  readonly maxSeconds: number;
}

export const DEFAULT_SLICING: SlicingOptions = {
  preRollMs: 3,
  fadeMs: 3,
  flamMs: 40,
  flams: 'keep',
  maxSeconds: 2,
};

/** Where one hit may lie in the stem; `endOfDecay` then says how much of it the slice takes. Positions in frames. */
export interface PlannedSlice {
  readonly onsetFrame: number;
  readonly startFrame: number;
  /** The slice ends here at the latest: where the next one begins, after `maxSeconds`, or at the stem's end. */
  readonly limitFrame: number;
  /** Whether the limit is the next slice's start. */
  readonly isCutByNext: boolean;
  /** Second stroke of a flam, after `onsetFrame`. */
  readonly flamFrames: number | null;
}

/**
 * Lays slices round the onsets: one for each, or one for each flam. They are in order, never overlap, and each holds its onset.
 *
 * @param onsetFrames ascending; those at one frame, or outside the stem, count once or not at all
 */
export function planSlices(
  onsetFrames: readonly number[],
  stemFrames: number,
  sampleRate: number,
  options: SlicingOptions = DEFAULT_SLICING,
): PlannedSlice[] {
  const preRoll = Math.round((options.preRollMs / 1000) * sampleRate);
  const longest = Math.max(1, Math.round(options.maxSeconds * sampleRate));
  const hits = gatherFlams(onsetFrames, stemFrames, sampleRate, options);
  const starts = hits.map(({ onsetFrame }, index) =>
    Math.max(onsetFrame - preRoll, (hits[index - 1]?.lastFrame ?? -1) + 1),
  );
  return hits.map(({ onsetFrame, flamFrames }, index) => {
    const startFrame = starts[index]!;
    const nextStart = starts[index + 1] ?? stemFrames;
    const limitFrame = Math.min(nextStart, Math.max(onsetFrame + 1, startFrame + longest));
    return {
      onsetFrame,
      startFrame,
      limitFrame,
      isCutByNext: index + 1 < hits.length && limitFrame === nextStart,
      flamFrames,
    };
  });
}

interface GatheredHit {
  readonly onsetFrame: number;
  /** Last stroke of the hit: the next slice begins after it. */
  lastFrame: number;
  flamFrames: number | null;
}

function gatherFlams(
  onsetFrames: readonly number[],
  stemFrames: number,
  sampleRate: number,
  { flamMs, flams }: SlicingOptions,
): GatheredHit[] {
  const hits: GatheredHit[] = [];
  let previous = -1;
  for (const frame of onsetFrames) {
    invariant(frame >= previous, 'onsets come in order of time');
    if (frame === previous || frame < 0 || frame >= stemFrames) continue;
    previous = frame;
    const hit = hits.at(-1);
    if (hit && flams === 'keep' && (frame - hit.onsetFrame) * 1000 < flamMs * sampleRate) {
      hit.flamFrames ??= frame - hit.onsetFrame;
      hit.lastFrame = frame;
    } else hits.push({ onsetFrame: frame, lastFrame: frame, flamFrames: null });
  }
  return hits;
}
