import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import {
  augmentationGroupId,
  exerciseScores,
  exerciseScoresV2,
  type ExerciseSpec,
  labelsOf,
  performExercise,
  type PerformanceLabels,
  rudimentMaterial,
  sampleId,
  samplePlayer,
  type StrokeLabel,
  type Tier,
  TIERS,
} from '#shared/dataset';

const rudiments = bundledRudiments();

function labels(slug: string, tier: Tier, rest: Partial<ExerciseSpec> = {}): PerformanceLabels {
  const rudiment = rudiments.find(each => each.slug === slug);
  if (!rudiment) throw new Error(`no ${slug}`);
  return labelsOf(
    performExercise({
      datasetSeed: 9,
      player: samplePlayer(9, tier, 0),
      material: rudimentMaterial(rudiment, 'R'),
      tempo: 120,
      take: 0,
      length: { cycles: 4 },
      ...rest,
    }),
  );
}

/** A stroke on a sixteenth of 120 BPM. */
const stroke = (index: number, rest: Partial<StrokeLabel> = {}): StrokeLabel => ({
  index,
  hand: index % 2 === 0 ? 'R' : 'L',
  stroke_type: 'tap',
  intended_time_ms: 125 * index,
  actual_time_ms: 125 * index + (rest.timing_error_ms ?? 0),
  timing_error_ms: 0,
  intended_velocity: 65,
  actual_velocity: 65,
  velocity_error: 0,
  is_grace_note: false,
  is_accent: false,
  diddle_position: null,
  flam_spacing_ms: null,
  parent_stroke_index: null,
  buzz_count: null,
  ...rest,
});

const scored = (strokes: readonly StrokeLabel[], kind = 'diddle') => ({
  strokes,
  cycleOf: strokes.map(() => 0),
  tier: 'advanced' as const,
  kind,
});

describe('labels', () => {
  it("have the seed's fields at every level", () => {
    const of = labels('flam_paradiddle', 'advanced');
    expect(Object.keys(of.strokes[0] ?? {})).toEqual([
      'index',
      'hand',
      'stroke_type',
      'intended_time_ms',
      'actual_time_ms',
      'timing_error_ms',
      'intended_velocity',
      'actual_velocity',
      'velocity_error',
      'is_grace_note',
      'is_accent',
      'diddle_position',
      'flam_spacing_ms',
      'parent_stroke_index',
      'buzz_count',
    ]);
    expect(Object.keys(of.measures[0] ?? {})).toEqual([
      'index',
      'stroke_start',
      'stroke_end',
      'timing_mean_error_ms',
      'timing_std_ms',
      'timing_max_error_ms',
      'velocity_mean',
      'velocity_std',
      'velocity_consistency',
      'lr_velocity_ratio',
      'lr_timing_diff_ms',
    ]);
    const names = [
      'timing_accuracy',
      'timing_consistency',
      'tempo_stability',
      'subdivision_evenness',
      'velocity_control',
      'accent_differentiation',
      'accent_accuracy',
      'hand_balance',
      'weak_hand_index',
      'flam_quality',
      'diddle_quality',
      'roll_sustain',
      'groove_feel_proxy',
      'overall_score',
      'tier_confidence',
    ];
    expect(Object.keys(of.exercise_scores)).toEqual(names);
    expect(Object.keys(of.exercise_scores_v2)).toEqual(names);
  });

  it('part the strokes into measures and beats without a gap', () => {
    for (const tier of TIERS)
      for (const { slug } of rudiments) {
        const { strokes, measures, beat_groups } = labels(slug, tier);
        for (const runs of [measures, beat_groups]) {
          expect(runs[0]?.stroke_start).toBe(0);
          expect(runs.at(-1)?.stroke_end).toBe(strokes.length);
          expect(runs.map(({ index }) => index)).toEqual([...runs.keys()]);
          expect(runs.slice(1).map(run => run.stroke_start)).toEqual(
            runs.slice(0, -1).map(run => run.stroke_end),
          );
        }
        expect(measures.length).toBeLessThanOrEqual(4);
      }
  });

  it('name a grace by the stroke that it belongs to', () => {
    const { strokes } = labels('drag', 'professional');
    expect(strokes.map(({ parent_stroke_index }) => parent_stroke_index).slice(0, 6)).toEqual([
      2,
      2,
      null,
      5,
      5,
      null,
    ]);
    const [grace, , primary] = strokes;
    expect((primary?.intended_time_ms ?? 0) - (grace?.intended_time_ms ?? 0)).toBeCloseTo(117.2, 3);
  });

  it('score only what the material has', () => {
    expect(labels('flam', 'advanced').exercise_scores).toMatchObject({
      diddle_quality: null,
      roll_sustain: null,
      accent_accuracy: 100,
    });
    expect(labels('single_paradiddle', 'advanced').exercise_scores.flam_quality).toBeNull();
    expect(labels('nine_stroke_roll', 'advanced').exercise_scores.roll_sustain).not.toBeNull();
  });

  it('rise in overall score from tier to tier, by both versions', () => {
    const overall = TIERS.map(tier => {
      const all = rudiments.map(({ slug }) => labels(slug, tier));
      const mean = (of: (each: PerformanceLabels) => number): number =>
        all.reduce((sum, each) => sum + of(each), 0) / all.length;
      return [
        mean(each => each.exercise_scores.overall_score),
        mean(each => each.exercise_scores_v2.overall_score),
      ] as const;
    });
    const steps = overall
      .slice(1)
      .map((tier, index) => Math.min(...[0, 1].map(v => (tier[v] ?? 0) - (overall[index]?.[v] ?? 0))));
    expect(Math.min(...steps)).toBeGreaterThan(5);
  });
});

describe('scores by the documented formulas', () => {
  const even = Array.from({ length: 16 }, (_, index) => stroke(index));

  it('are full for a flawless row', () => {
    expect(exerciseScores(scored(even))).toMatchObject({
      timing_accuracy: expect.closeTo(100 / (1 + Math.exp(-2.5)), 3),
      timing_consistency: expect.closeTo(100 / (1 + Math.exp(-15 / 8)), 3),
      tempo_stability: 100,
      subdivision_evenness: 100,
      velocity_control: 100,
      accent_differentiation: 80,
      accent_accuracy: 100,
      weak_hand_index: 50,
    });
  });

  it('weigh errors as written', () => {
    const late = even.map((each, index) => ({
      ...each,
      timing_error_ms: index % 2 === 0 ? 25 : -25,
      actual_time_ms: each.intended_time_ms + (index % 2 === 0 ? 25 : -25),
    }));
    const scores = exerciseScores(scored(late));
    expect(scores.timing_accuracy).toBeCloseTo(50, 6);
    expect(scores.timing_consistency).toBeCloseTo(100 / (1 + Math.exp(10 / 8)), 3);
    expect(scores.subdivision_evenness).toBeCloseTo(60, 0);
    expect(scores.hand_balance).toBeCloseTo(50 + 0.5 * (40 + 0.6 * 50), 3);
  });

  it('call the left hand weak at 100 in version 1 and at 0 in version 2, as the schema says', () => {
    const leftOff = even.map(each => ({ ...each, timing_error_ms: each.hand === 'L' ? 30 : 0 }));
    const off = leftOff.map((each, index) =>
      each.hand === 'L' ? { ...each, timing_error_ms: index % 4 === 1 ? 30 : -30 } : each,
    );
    expect(exerciseScores(scored(off)).weak_hand_index).toBe(100);
    expect(exerciseScoresV2(scored(off)).weak_hand_index).toBe(0);
  });

  it('count flams by their distance', () => {
    const flams = (spacing: number): StrokeLabel[] => [
      stroke(0, { is_grace_note: true, flam_spacing_ms: spacing, parent_stroke_index: 1 }),
      stroke(1, { flam_spacing_ms: spacing }),
    ];
    const quality = (spacing: number) => exerciseScores(scored(flams(spacing))).flam_quality;
    expect([10, 30, 50].map(quality)).toEqual([50, 100, 70]);
    const ours = (spacing: number) => exerciseScoresV2(scored(flams(spacing))).flam_quality;
    expect(ours(42)).toBe(100);
    expect(ours(15)).toBeLessThan(60);
  });

  it('do not take accents for a lack of control in version 2, nor a steady lead for an error', () => {
    const accented = even.map((each, index) => ({
      ...each,
      is_accent: index % 4 === 0,
      actual_velocity: index % 4 === 0 ? 120 : 60,
      timing_error_ms: -12,
    }));
    const [one, two] = [exerciseScores(scored(accented)), exerciseScoresV2(scored(accented))];
    expect(one.velocity_control).toBeLessThan(60);
    expect(two.velocity_control).toBe(100);
    expect(two.timing_accuracy).toBeGreaterThan(one.timing_accuracy);
    expect(two.accent_accuracy).toBe(100);
  });
});

describe('ids', () => {
  it("are the seed's", () => {
    const player = samplePlayer(9, 'professional', 7);
    expect(sampleId(player, 'flam_tap', 120, 'Marching_Snare', 'clean_studio')).toBe(
      'pro007_flam_tap_120bpm_marching_clean_studio',
    );
    expect(sampleId(player, 'flam_tap', 120, 'pad', 'gym', 2)).toBe('pro007_flam_tap_t2_120bpm_pad_gym');
    expect(augmentationGroupId(player, 'flam_tap', 120)).toBe(`${player.id.slice(0, 8)}_flam_tap_120`);
  });
});
