import { invariant } from '../../base';
import { type FLAM_POLICIES, type SliceEdit, type Stroke, USUAL_HEARING } from '../../model';
import type { SliceMark } from './marks';

export interface SlicingOptions {
  /** Stem audio kept before the onset. The fade-in lies inside it, so that no attack is softened. */
  readonly preRollMs: number;
  /** Strokes closer than this are one flam: kept in one slice, or cut as two hits, as `flams` says. */
  readonly flamMs: number;
  readonly flams: (typeof FLAM_POLICIES)[number];
  readonly maxSeconds: number;
}

/** Where one hit may lie in the stem; tails and decay then say how much of it the slice takes. Positions in frames. */
export interface PlannedSlice {
  /** Name of its mark: where the onset was heard or put first. */
  readonly origin: number;
  readonly onsetFrame: number;
  readonly startFrame: number;
  /** The slice ends here at the latest: where the next one begins, after `maxSeconds`, or at the stem's end. */
  readonly limitFrame: number;
  /** Whether the limit is the next slice's start. */
  readonly isCutByNext: boolean;
  /** Second stroke of a flam, after `onsetFrame`. */
  readonly flamFrames: number | null;
  /** Last stroke that the slice holds: it dies away from there. */
  readonly lastStrokeFrame: number;
  /** The drums that were heard at its onset; empty where only an attack was. */
  readonly strokes: readonly Stroke[];
  /** What the user did to it last. */
  readonly edited: SliceEdit['kind'] | null;
}

/**
 * Lays slices round the marks: one for each, or one for each flam. They are in order, never overlap, and each holds its onset.
 *
 * @param marks in order of time, no two at one frame, all inside the stem
 */
export function planSlices(
  marks: readonly SliceMark[],
  stemFrames: number,
  sampleRate: number,
  options: SlicingOptions = USUAL_HEARING,
): PlannedSlice[] {
  const preRoll = Math.round((options.preRollMs / 1000) * sampleRate);
  const longest = Math.max(1, Math.round(options.maxSeconds * sampleRate));
  const hits = gatherStrokes(marks, sampleRate, options);
  const starts = hits.map(({ mark }, index) =>
    Math.max(0, mark.frame - preRoll, (hits[index - 1]?.lastFrame ?? -1) + 1),
  );
  return hits.map(({ mark, lastFrame, stopFrame, flamFrames, edited }, index) => {
    const startFrame = starts[index]!;
    // A stroke that was joined from beyond a place where one was taken away keeps the slice open.
    const stop = stopFrame > lastFrame ? stopFrame : stemFrames;
    const nextStart = Math.min(starts[index + 1] ?? stemFrames, stop);
    const limitFrame = Math.min(nextStart, Math.max(lastFrame + 1, startFrame + longest));
    return {
      origin: mark.origin,
      onsetFrame: mark.frame,
      startFrame,
      limitFrame,
      isCutByNext: (index + 1 < hits.length || stop < stemFrames) && limitFrame === nextStart,
      flamFrames,
      lastStrokeFrame: lastFrame,
      strokes: mark.strokes ?? [],
      edited: mark.edited ?? edited,
    };
  });
}

interface GatheredHit {
  readonly mark: SliceMark;
  /** Last stroke of the hit: the next slice begins after it. */
  lastFrame: number;
  /** Where a hit begins that the user took away. */
  stopFrame: number;
  flamFrames: number | null;
  edited: 'merged' | null;
}

/** Strokes at most this far apart are a flam when the user joins them, whatever the limit for those that are heard. */
const FLAM_MS = 40;

function gatherStrokes(
  marks: readonly SliceMark[],
  sampleRate: number,
  { flamMs, flams }: SlicingOptions,
): GatheredHit[] {
  const hits: GatheredHit[] = [];
  const isWithin = (limitMs: number, from: number, to: number): boolean =>
    (to - from) * 1000 < limitMs * sampleRate;
  let previous = -1;
  /** The stroke that the further ones of a flam follow: they go where it goes. */
  let leader: SliceMark | null = null;
  for (const mark of marks) {
    invariant(mark.frame > previous, 'marks come in order of time');
    previous = mark.frame;
    const hit = hits.at(-1);
    const isFurther =
      mark.begins === 'auto' &&
      leader !== null &&
      flams === 'keep' &&
      isWithin(flamMs, leader.frame, mark.frame);
    if (!isFurther) leader = mark;
    const begins: SliceMark['begins'] = isFurther && leader ? followed(leader.begins) : mark.begins;
    if (begins === 'none' || (begins === 'joined' && !hit)) {
      if (hit) hit.stopFrame = Math.min(hit.stopFrame, mark.frame);
    } else if (begins === 'joined' && hit) {
      if (isWithin(Math.max(FLAM_MS, flamMs), hit.mark.frame, mark.frame))
        hit.flamFrames ??= mark.frame - hit.mark.frame;
      if (mark.begins === 'joined') hit.edited = 'merged';
      hit.lastFrame = mark.frame;
    } else {
      hits.push({ mark, lastFrame: mark.frame, stopFrame: Infinity, flamFrames: null, edited: null });
    }
  }
  return hits;
}

/** What becomes of the further strokes of a flam when its first one begins like that. */
const followed = (begins: SliceMark['begins']): SliceMark['begins'] =>
  begins === 'none' ? 'none' : 'joined';
