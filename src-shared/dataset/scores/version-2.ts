import type { StrokeLabel } from '../labels/stroke-label';
import type { Tier } from '../players';
import { autocorrelation, deviation, falling, mean, meanAbsolute, slope, within100 } from '../statistics';
import { handFigures, type Parts, partsOf } from './parts';
import { type ExerciseScores, overallOf, roundedScores, type ScoredMaterial, tierConfidence } from './scores';

/**
 * Overall score of each tier, mean and deviation, over 200 performances a tier of all rudiments at 60 to 180 BPM by this generator
 * (`npm run bench -- dataset-performance tiers`).
 */
const TIER_OVERALL: Readonly<Record<Tier, readonly [number, number]>> = {
  beginner: [36.3, 7.3],
  intermediate: [53, 9],
  advanced: [72.8, 6.9],
  professional: [84.7, 3.4],
};

/** What flams of a professional's lesson lie within, p10 to p90 (DrumPtDataset). */
const HUMAN_FLAM_MS = [32.4, 51.5] as const;
/** How accents stand above taps when they are clear, in dB of sound (40 log10 of the velocities). */
const CLEAR_ACCENT_DB = 14;
/** Autocorrelation of the errors of drummers at lags 1 2 4 8 (Groove MIDI Dataset). */
const HUMAN_FEEL: readonly (readonly [lag: number, value: number])[] = [
  [1, 0.56],
  [2, 0.42],
  [4, 0.27],
  [8, 0.09],
];

/**
 * Scores of ours, under the seed's names. Differences from version 1:
 * 1. A steady lead or lag is a player's place, not an error: accuracy and hands are taken about the median error.
 * 2. Consistency is what is left after tempo drift, which has a score of its own; both are smooth, so that no player is at 0 or 100 by a threshold.
 * 3. Evenness takes the median deviation of intervals, so that one stumble does not hide an even roll.
 * 4. Velocity control is the spread within accents and within taps: accents themselves are no lack of control.
 * 5. Accents are compared in dB, and each with the taps about it.
 * 6. `weak_hand_index` is 0 where the left hand has all of the error, as the seed's schema says.
 * 7. Flams are held against the measured lesson; rolls against their own figure.
 * 8. Groove feel compares the autocorrelation of errors with that of drummers, sign and all.
 */
export function exerciseScoresV2({ strokes, cycleOf, tier, kind }: ScoredMaterial): ExerciseScores {
  const parts = partsOf(strokes);
  const { errors } = parts;
  const middle = median(errors);
  const centred = errors.map(error => error - middle);
  const seconds = parts.primary.map(({ intended_time_ms }) => intended_time_ms / 1000);
  const drift = slope(seconds, errors);
  const start = mean(seconds);
  const level = mean(errors);
  const steady = errors.map((error, index) => error - level - drift * ((seconds[index] ?? 0) - start));
  const timing_accuracy = falling(meanAbsolute(centred), 20, 9);
  const timing_consistency = falling(deviation(steady), 18, 9);
  const tempo_stability = 100 * Math.exp(-Math.abs(drift) / 15);
  const subdivision_evenness = within100(
    100 - 250 * median(parts.intervalRatios.map(ratio => Math.abs(ratio - 1))),
  );
  const velocity_control = within100(100 - 300 * spreadWithin(parts));
  const accent_differentiation = accentClarity(parts);
  const accent_accuracy = accentsAboveNeighbours(parts.primary);
  const hands = handFigures({
    left: shifted(parts.left, middle),
    right: shifted(parts.right, middle),
  });
  const worse = Math.max(hands.leftError, hands.rightError);
  const symmetry = worse < 1 ? 1 : Math.min(hands.leftError, hands.rightError) / worse;
  const hand_balance = hands.both ? 60 * hands.velocityRatio ** 2 + 40 * symmetry : 100;
  const whole = hands.leftError + hands.rightError;
  const overall = overallOf([
    timing_accuracy,
    timing_consistency,
    tempo_stability,
    subdivision_evenness,
    velocity_control,
    accent_differentiation,
    accent_accuracy,
    hand_balance,
  ]);
  return roundedScores({
    timing_accuracy,
    timing_consistency,
    tempo_stability,
    subdivision_evenness,
    velocity_control,
    accent_differentiation,
    accent_accuracy,
    hand_balance,
    weak_hand_index: whole === 0 ? 50 : (100 * hands.rightError) / whole,
    flam_quality: parts.flamSpacings.length === 0 ? null : mean(parts.flamSpacings.map(flamScore)),
    diddle_quality:
      parts.diddleRatios.length === 0
        ? null
        : within100(100 - 250 * meanAbsolute(parts.diddleRatios.map(ratio => ratio - 1))),
    roll_sustain: kind === 'roll' ? sustainOfFigures(strokes, cycleOf) : null,
    groove_feel_proxy: grooveFeel(errors, deviation(steady)),
    overall_score: overall,
    tier_confidence: tierConfidence(overall, TIER_OVERALL[tier]),
  });
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}

const shifted = (strokes: readonly StrokeLabel[], by: number): StrokeLabel[] =>
  strokes.map(stroke => ({ ...stroke, timing_error_ms: stroke.timing_error_ms - by }));

/** Coefficient of variation within accents and within the other strokes, by their number. */
function spreadWithin({ accents, taps }: Parts): number {
  const share = (values: readonly number[]): number =>
    values.length < 2 ? 0 : (values.length * deviation(values)) / Math.max(1, mean(values));
  const count = accents.length + taps.length;
  return count === 0 ? 0 : (share(accents) + share(taps)) / count;
}

/** 80 where nothing is to be told apart, as in version 1. */
function accentClarity({ accents, taps }: Parts): number {
  if (accents.length === 0 || taps.length === 0) return 80;
  const decibels = 40 * Math.log10(mean(accents) / Math.max(1, mean(taps)));
  return within100((100 * decibels) / CLEAR_ACCENT_DB);
}

/** Share of accents that are louder than the unaccented strokes beside them. */
function accentsAboveNeighbours(primary: readonly StrokeLabel[]): number {
  let accents = 0;
  let clear = 0;
  primary.forEach(({ is_accent, actual_velocity }, index) => {
    if (!is_accent) return;
    const beside = [primary[index - 1], primary[index + 1]].filter(each => each && !each.is_accent);
    if (beside.length === 0) return;
    accents++;
    if (beside.every(each => (each?.actual_velocity ?? 0) < actual_velocity)) clear++;
  });
  return accents === 0 ? 100 : (100 * clear) / accents;
}

function flamScore(spacing: number): number {
  const [low, high] = HUMAN_FLAM_MS;
  const outside = Math.max(0, low - spacing, spacing - high);
  return within100(100 - 3 * outside);
}

/** How loud the last unaccented strokes of a figure are by its first ones, on average. */
function sustainOfFigures(strokes: readonly StrokeLabel[], cycleOf: readonly number[]): number {
  const figures = new Map<number, number[]>();
  strokes.forEach(({ is_grace_note, is_accent, actual_velocity }, index) => {
    if (is_grace_note || is_accent) return;
    const cycle = cycleOf[index] ?? 0;
    const figure = figures.get(cycle);
    if (figure) figure.push(actual_velocity);
    else figures.set(cycle, [actual_velocity]);
  });
  const ratios = [...figures.values()].map(velocities => {
    const quarter = Math.max(1, Math.floor(velocities.length / 4));
    return mean(velocities.slice(-quarter)) / Math.max(1, mean(velocities.slice(0, quarter)));
  });
  return ratios.length === 0 ? 100 : Math.min(100, 100 * mean(ratios));
}

/** 0..1: half how small the spread is, half how near the errors' autocorrelation is to that of drummers. */
function grooveFeel(errors: readonly number[], spread: number): number {
  const small = Math.max(0, 1 - spread / 60);
  const lags = HUMAN_FEEL.filter(([lag]) => errors.length > 4 * lag);
  if (lags.length === 0) return small;
  const off = mean(lags.map(([lag, value]) => Math.abs(autocorrelation(errors, lag) - value)));
  return 0.5 * small + 0.5 * Math.max(0, 1 - off);
}
