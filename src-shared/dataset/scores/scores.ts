import type { StrokeLabel } from '../labels/stroke-label';
import type { Tier } from '../players';

/** The seed's scores, 0..100 (groove_feel_proxy and tier_confidence 0..1); null where the material has nothing to score. */
export interface ExerciseScores {
  readonly timing_accuracy: number;
  readonly timing_consistency: number;
  readonly tempo_stability: number;
  readonly subdivision_evenness: number;
  readonly velocity_control: number;
  readonly accent_differentiation: number;
  readonly accent_accuracy: number;
  readonly hand_balance: number;
  readonly weak_hand_index: number;
  readonly flam_quality: number | null;
  readonly diddle_quality: number | null;
  readonly roll_sustain: number | null;
  readonly groove_feel_proxy: number;
  readonly overall_score: number;
  readonly tier_confidence: number;
}

/** What scores are taken from. */
export interface ScoredMaterial {
  /** Without extra strokes. */
  readonly strokes: readonly StrokeLabel[];
  /** The cycle of each. */
  readonly cycleOf: readonly number[];
  readonly tier: Tier;
  readonly kind: string;
}

/** In the order of the fields; they add up to 1. */
export const OVERALL_WEIGHTS = [0.2, 0.15, 0.1, 0.1, 0.1, 0.1, 0.1, 0.15] as const;

export const overallOf = (scores: readonly number[]): number =>
  scores.reduce((sum, score, index) => sum + score * (OVERALL_WEIGHTS[index] ?? 0), 0);

/** How usual a score is for its tier: 1 at the tier's mean. */
export const tierConfidence = (overall: number, [mean, deviation]: readonly [number, number]): number =>
  Math.exp(-(((overall - mean) / deviation) ** 2) / 2);

export const roundedScore = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Every score rounded to a ten-thousandth, so that equal performances give equal bytes wherever they are scored. */
export function roundedScores(scores: ExerciseScores): ExerciseScores {
  const entries = Object.entries(scores).map(([name, value]): [string, number | null] => [
    name,
    typeof value === 'number' ? roundedScore(value) : null,
  ]);
  return Object.fromEntries(entries) as unknown as ExerciseScores;
}
