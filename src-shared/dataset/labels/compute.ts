import { binaryTier } from '../players';
import type { Performance, PerformedStroke } from '../performance';
import { exerciseScores, exerciseScoresV2 } from '../scores';
import { deviation, falling, mean, meanAbsolute, within100 } from '../statistics';
import type { BeatGroupLabel, MeasureLabel, PerformanceLabels } from './labels';
import type { StrokeLabel } from './stroke-label';

/** Times in labels are whole microseconds. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** The labels of a performance, at the levels of stroke, beat, measure and exercise. */
export function labelsOf(performance: Performance): PerformanceLabels {
  const { spec, strokes: played } = performance;
  const strokes = played.map(strokeLabel);
  const isScored = played.map(({ is_extra }) => !is_extra);
  const material = {
    strokes: strokes.filter((_, index) => isScored[index]),
    tier: spec.player.skill_tier,
    kind: spec.material.kind,
    cycleOf: played.filter(({ is_extra }) => !is_extra).map(({ cycle }) => cycle),
  };
  return {
    profile_id: spec.player.id,
    rudiment_slug: spec.material.slug,
    tempo_bpm: spec.tempo,
    duration_sec: rounded(performance.duration_ms / 1000),
    num_cycles: performance.cycles,
    skill_tier: spec.player.skill_tier,
    skill_tier_binary: binaryTier(spec.player.skill_tier),
    dominant_hand: spec.player.dominant_hand,
    strokes,
    stroke_notes: played.map(({ note }) => note),
    measures: runsOf(played, ({ cycle }) => cycle).map(([start, end], index) =>
      measureLabel(index, strokes, start, end),
    ),
    beat_groups: runsOf(played, ({ beat }) => Math.floor(beat + 1e-9)).map(([start, end], index) =>
      groupLabel(index, played, strokes, start, end),
    ),
    mishaps: performance.mishaps.map(({ kind, time_ms, stroke_index }) => ({
      kind,
      time_ms: rounded(time_ms),
      stroke_index,
    })),
    exercise_scores: exerciseScores(material),
    exercise_scores_v2: exerciseScoresV2(material),
  };
}

function strokeLabel(stroke: PerformedStroke, index: number): StrokeLabel {
  const intended = rounded(stroke.intended_time_ms);
  const actual = rounded(stroke.actual_time_ms);
  return {
    index,
    hand: stroke.hand,
    stroke_type: stroke.stroke_type,
    intended_time_ms: intended,
    actual_time_ms: actual,
    timing_error_ms: rounded(actual - intended),
    intended_velocity: stroke.intended_velocity,
    actual_velocity: stroke.actual_velocity,
    velocity_error: stroke.actual_velocity - stroke.intended_velocity,
    is_grace_note: stroke.stroke_type === 'grace',
    is_accent: stroke.is_accent,
    diddle_position: stroke.diddle_position,
    flam_spacing_ms: stroke.flam_spacing_ms === null ? null : rounded(stroke.flam_spacing_ms),
    parent_stroke_index: stroke.parent_stroke_index,
    buzz_count: stroke.buzz_count,
  };
}

/** Where `key` stays the same: first stroke and the one after the last. */
function runsOf(
  strokes: readonly PerformedStroke[],
  key: (stroke: PerformedStroke) => number,
): [number, number][] {
  const runs: [number, number][] = [];
  let last: number | null = null;
  strokes.forEach((stroke, index) => {
    const here = key(stroke);
    const run = runs.at(-1);
    if (run && here === last) run[1] = index + 1;
    else runs.push([index, index + 1]);
    last = here;
  });
  return runs;
}

/** Errors of primary strokes; those of graces follow from theirs. */
function errorsOf(strokes: readonly StrokeLabel[], start: number, end: number): number[] {
  const errors: number[] = [];
  for (let index = start; index < end; index++) {
    const stroke = strokes[index];
    if (stroke && !stroke.is_grace_note) errors.push(stroke.timing_error_ms);
  }
  return errors;
}

function measureLabel(
  index: number,
  strokes: readonly StrokeLabel[],
  start: number,
  end: number,
): MeasureLabel {
  const errors = errorsOf(strokes, start, end);
  const primary = strokes.slice(start, end).filter(({ is_grace_note }) => !is_grace_note);
  const velocities = primary.map(({ actual_velocity }) => actual_velocity);
  const [left, right] = [
    primary.filter(({ hand }) => hand === 'L'),
    primary.filter(({ hand }) => hand === 'R'),
  ];
  const [softer, louder] = [meanVelocity(left), meanVelocity(right)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  const both = left.length > 0 && right.length > 0;
  const loudness = mean(velocities);
  const spread = deviation(velocities);
  return {
    index,
    stroke_start: start,
    stroke_end: end,
    timing_mean_error_ms: rounded(mean(errors)),
    timing_std_ms: rounded(deviation(errors)),
    timing_max_error_ms: rounded(errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0)),
    velocity_mean: rounded(loudness),
    velocity_std: rounded(spread),
    velocity_consistency: rounded(loudness === 0 ? 0 : Math.max(0, 1 - spread / loudness)),
    lr_velocity_ratio: rounded(both && louder > 0 ? softer / louder : 1),
    lr_timing_diff_ms: rounded(both ? meanError(left) - meanError(right) : 0),
  };
}

const meanVelocity = (strokes: readonly StrokeLabel[]): number =>
  mean(strokes.map(({ actual_velocity }) => actual_velocity));

const meanError = (strokes: readonly StrokeLabel[]): number =>
  mean(strokes.map(({ timing_error_ms }) => timing_error_ms));

function groupLabel(
  index: number,
  played: readonly PerformedStroke[],
  strokes: readonly StrokeLabel[],
  start: number,
  end: number,
): BeatGroupLabel {
  const errors = errorsOf(strokes, start, end);
  const velocities: number[] = [];
  const velocityErrors: number[] = [];
  for (const stroke of strokes.slice(start, end)) {
    if (stroke.is_grace_note) continue;
    velocities.push(stroke.actual_velocity);
    velocityErrors.push(stroke.velocity_error);
  }
  const timing_accuracy = falling(meanAbsolute(errors), 25, 10);
  const timing_consistency = falling(deviation(errors), 15, 8);
  const velocity_control = within100(100 - 2 * deviation(velocityErrors));
  const first = played[start];
  return {
    index,
    measure_index: first?.cycle ?? 0,
    beat: Math.floor((first?.beat ?? 0) + 1e-9),
    stroke_start: start,
    stroke_end: end,
    timing_mean_error_ms: rounded(mean(errors)),
    timing_std_ms: rounded(deviation(errors)),
    velocity_mean: rounded(mean(velocities)),
    velocity_std: rounded(deviation(velocities)),
    timing_accuracy: rounded(timing_accuracy),
    timing_consistency: rounded(timing_consistency),
    velocity_control: rounded(velocity_control),
    overall_score: rounded(0.4 * timing_accuracy + 0.3 * timing_consistency + 0.3 * velocity_control),
  };
}
