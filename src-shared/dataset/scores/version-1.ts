import type { StrokeLabel } from '../labels/stroke-label';
import type { Tier } from '../players';
import { autocorrelation, deviation, falling, mean, meanAbsolute, slope, within100 } from '../statistics';
import { type HandFigures, handFigures, type Parts, partsOf } from './parts';
import { type ExerciseScores, overallOf, roundedScores, type ScoredMaterial, tierConfidence } from './scores';

/** Overall score of each tier, mean and deviation, as the seed's data set has them. */
const TIER_OVERALL: Readonly<Record<Tier, readonly [number, number]>> = {
  beginner: [34.3, 6.6],
  intermediate: [45.7, 10.1],
  advanced: [61, 10.8],
  professional: [73.5, 10.7],
};

/** The scores by the formulas that the seed documents, kept as they are so that sets can be compared. */
export function exerciseScores({ strokes, tier, kind }: ScoredMaterial): ExerciseScores {
  const parts = partsOf(strokes);
  const hands = handFigures(parts);
  const { errors } = parts;
  const meanError = meanAbsolute(errors);
  const timing_accuracy = falling(meanError, 25, 10);
  const timing_consistency = falling(deviation(errors), 15, 8);
  const tempo_stability = within100(100 - 10 * Math.abs(driftOf(parts.primary)));
  const subdivision_evenness = within100(100 - 100 * deviation(parts.intervalRatios));
  const velocity_control = within100(100 - 2 * deviation(parts.velocities));
  const accent_differentiation =
    parts.accents.length === 0 || parts.taps.length === 0
      ? 80
      : within100((8 * 20 * (mean(parts.accents) - mean(parts.taps))) / 127);
  const accent_accuracy = accentAccuracy(parts);
  const hand_balance = handBalance(hands);
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
    weak_hand_index: weakHandIndex(hands),
    flam_quality: parts.flamSpacings.length === 0 ? null : mean(parts.flamSpacings.map(flamScore)),
    diddle_quality:
      parts.diddleRatios.length === 0
        ? null
        : within100(100 - 200 * meanAbsolute(parts.diddleRatios.map(ratio => ratio - 1))),
    roll_sustain: kind === 'roll' ? rollSustain(parts.velocities) : null,
    groove_feel_proxy: grooveFeel(errors, meanError),
    overall_score: overall,
    tier_confidence: tierConfidence(overall, TIER_OVERALL[tier]),
  });
}

/** In ms of error a second. */
function driftOf(primary: readonly StrokeLabel[]): number {
  return slope(
    primary.map(({ intended_time_ms }) => intended_time_ms / 1000),
    primary.map(({ timing_error_ms }) => timing_error_ms),
  );
}

function accentAccuracy({ accents, velocities }: Parts): number {
  if (accents.length === 0) return 100;
  const middle = mean(velocities);
  return (100 * accents.filter(velocity => velocity > middle).length) / accents.length;
}

function handBalance({ both, velocityRatio, leftError, rightError }: HandFigures): number {
  if (!both) return 100;
  const [better, worse] = leftError < rightError ? [leftError, rightError] : [rightError, leftError];
  const symmetry = worse === 0 ? 1 : better / worse;
  const timing = 0.4 * 100 * symmetry + 0.6 * falling((leftError + rightError) / 2, 25, 10);
  return 0.5 * 100 * velocityRatio + 0.5 * timing;
}

/** 100 where all of the error is the left hand's (the seed's text has it the other way round). */
function weakHandIndex({ leftError, rightError }: HandFigures): number {
  const whole = leftError + rightError;
  return whole === 0 ? 50 : (100 * leftError) / whole;
}

function flamScore(spacing: number): number {
  if (spacing < 20) return within100(100 - 5 * (20 - spacing));
  if (spacing > 40) return within100(100 - 3 * (spacing - 40));
  return 100;
}

function rollSustain(velocities: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(velocities.length / 4));
  const first = mean(velocities.slice(0, quarter));
  return first === 0 ? 0 : Math.min(100, (100 * mean(velocities.slice(-quarter))) / first);
}

function grooveFeel(errors: readonly number[], meanError: number): number {
  const lags = [1, 2, 3, 4].map(lag => Math.abs(autocorrelation(errors, lag)));
  return Math.min(1, Math.max(0, 1 - meanError / 50) + 0.3 * mean(lags));
}
