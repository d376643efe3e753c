import type { StrokeLabel } from '../labels/stroke-label';
import { mean, meanAbsolute } from '../statistics';

/** The strokes of a performance by what they are, gone through once. */
export interface Parts {
  readonly primary: readonly StrokeLabel[];
  readonly errors: readonly number[];
  readonly velocities: readonly number[];
  /** Actual by intended interval between neighbouring primary strokes. */
  readonly intervalRatios: readonly number[];
  /** Actual by intended interval within diddles. */
  readonly diddleRatios: readonly number[];
  readonly flamSpacings: readonly number[];
  readonly accents: readonly number[];
  readonly taps: readonly number[];
  readonly left: readonly StrokeLabel[];
  readonly right: readonly StrokeLabel[];
}

/** Chords of a groove stand on one beat; intervals are between what is farther apart. */
const LEAST_INTERVAL_MS = 1;

export function partsOf(strokes: readonly StrokeLabel[]): Parts {
  const primary: StrokeLabel[] = [];
  const errors: number[] = [];
  const velocities: number[] = [];
  const intervalRatios: number[] = [];
  const diddleRatios: number[] = [];
  const flamSpacings: number[] = [];
  const accents: number[] = [];
  const taps: number[] = [];
  const left: StrokeLabel[] = [];
  const right: StrokeLabel[] = [];
  let before: StrokeLabel | null = null;
  for (const stroke of strokes) {
    if (stroke.is_grace_note) {
      if (stroke.flam_spacing_ms !== null) flamSpacings.push(stroke.flam_spacing_ms);
      continue;
    }
    primary.push(stroke);
    errors.push(stroke.timing_error_ms);
    velocities.push(stroke.actual_velocity);
    (stroke.is_accent ? accents : taps).push(stroke.actual_velocity);
    (stroke.hand === 'L' ? left : right).push(stroke);
    if (before) {
      const intended = stroke.intended_time_ms - before.intended_time_ms;
      if (intended > LEAST_INTERVAL_MS) {
        const ratio = (stroke.actual_time_ms - before.actual_time_ms) / intended;
        intervalRatios.push(ratio);
        if (stroke.diddle_position === 2 && before.diddle_position === 1) diddleRatios.push(ratio);
      }
    }
    before = stroke;
  }
  return {
    primary,
    errors,
    velocities,
    intervalRatios,
    diddleRatios,
    flamSpacings,
    accents,
    taps,
    left,
    right,
  };
}

export interface HandFigures {
  readonly both: boolean;
  readonly velocityRatio: number;
  readonly leftError: number;
  readonly rightError: number;
}

export function handFigures({ left, right }: Pick<Parts, 'left' | 'right'>): HandFigures {
  const velocity = (strokes: readonly StrokeLabel[]): number =>
    mean(strokes.map(({ actual_velocity }) => actual_velocity));
  const error = (strokes: readonly StrokeLabel[]): number =>
    meanAbsolute(strokes.map(({ timing_error_ms }) => timing_error_ms));
  const [l, r] = [velocity(left), velocity(right)];
  const both = left.length > 0 && right.length > 0;
  return {
    both,
    velocityRatio: both ? Math.min(l, r) / Math.max(l, r, 1e-9) : 1,
    leftError: error(left),
    rightError: error(right),
  };
}
