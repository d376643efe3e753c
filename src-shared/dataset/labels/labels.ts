import type { Mishap, Tier } from '../players';
import type { ExerciseScores } from '../scores';
import type { StrokeLabel } from './stroke-label';

/** A cycle of the pattern, which the seed calls a measure. `stroke_end` is the first stroke after it. */
export interface MeasureLabel {
  readonly index: number;
  readonly stroke_start: number;
  readonly stroke_end: number;
  readonly timing_mean_error_ms: number;
  readonly timing_std_ms: number;
  readonly timing_max_error_ms: number;
  readonly velocity_mean: number;
  readonly velocity_std: number;
  /** 1 - deviation / mean. */
  readonly velocity_consistency: number;
  /** Softer hand to louder hand; 1 where only one plays. */
  readonly lr_velocity_ratio: number;
  /** How much later the left hand is. */
  readonly lr_timing_diff_ms: number;
}

/** The strokes of one beat, with scores 0..100 of their own. */
export interface BeatGroupLabel {
  readonly index: number;
  readonly measure_index: number;
  /** From the first stroke. */
  readonly beat: number;
  readonly stroke_start: number;
  readonly stroke_end: number;
  readonly timing_mean_error_ms: number;
  readonly timing_std_ms: number;
  readonly velocity_mean: number;
  readonly velocity_std: number;
  readonly timing_accuracy: number;
  readonly timing_consistency: number;
  readonly velocity_control: number;
  readonly overall_score: number;
}

/** Something that went wrong; null where no stroke sounded. */
export interface MishapLabel {
  readonly kind: Mishap;
  readonly time_ms: number;
  readonly stroke_index: number | null;
}

/** Everything that is known of a performance. */
export interface PerformanceLabels {
  readonly profile_id: string;
  readonly rudiment_slug: string;
  readonly tempo_bpm: number;
  readonly duration_sec: number;
  readonly num_cycles: number;
  readonly skill_tier: Tier;
  readonly skill_tier_binary: 'novice' | 'skilled';
  readonly dominant_hand: 'right' | 'left';
  readonly strokes: readonly StrokeLabel[];
  /** What each stroke strikes, a General MIDI note: a groove's strokes say no drum of their own. */
  readonly stroke_notes: readonly number[];
  readonly measures: readonly MeasureLabel[];
  readonly beat_groups: readonly BeatGroupLabel[];
  readonly mishaps: readonly MishapLabel[];
  /** By the documented formulas of the seed. */
  readonly exercise_scores: ExerciseScores;
  /** By ours. */
  readonly exercise_scores_v2: ExerciseScores;
}
