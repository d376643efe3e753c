import * as fc from 'fast-check';
import { parseMidi } from 'midi-file';
import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import {
  encodePerformance,
  type ExerciseSpec,
  figureMaterial,
  figureOf,
  labelsOf,
  type PerformanceLabels,
  performExercise,
  samplePlayer,
  TIERS,
  variationsOf,
} from '#shared/dataset';

const figures = bundledRudiments().flatMap(rudiment => {
  const figure = figureOf(rudiment);
  return [figure, ...variationsOf(figure)].map(each => ({ figure: each, kind: rudiment.category }));
});

const anySpec = fc
  .record({
    datasetSeed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    tier: fc.constantFrom(...TIERS),
    number: fc.nat(500),
    figure: fc.constantFrom(...figures),
    lead: fc.constantFrom('R' as const, 'L' as const),
    tempo: fc.double({ min: 20, max: 400, noNaN: true }),
    take: fc.nat(20),
    length: fc.oneof(
      fc.record({ cycles: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ seconds: fc.double({ min: 0.5, max: 20, noNaN: true }) }),
    ),
  })
  .map(
    ({ tier, number, figure, lead, ...rest }): ExerciseSpec => ({
      ...rest,
      player: samplePlayer(rest.datasetSeed, tier, number),
      material: figureMaterial(figure.figure, figure.kind, lead),
    }),
  );

/** What no label of a performance may be. */
function faultsOf({ strokes, exercise_scores, exercise_scores_v2 }: PerformanceLabels): string[] {
  const faults: string[] = [];
  const must = (isSo: boolean, what: string): void => {
    if (!isSo) faults.push(what);
  };
  let last = -Infinity;
  for (const stroke of strokes) {
    const { index, actual_time_ms, intended_time_ms, timing_error_ms, actual_velocity } = stroke;
    must(Number.isFinite(actual_time_ms), `${index} has a time`);
    must(Number.isInteger(actual_velocity), `${index} has a whole velocity`);
    must(actual_velocity >= 1 && actual_velocity <= 127, `${index} has a MIDI velocity`);
    must(Math.abs(timing_error_ms - (actual_time_ms - intended_time_ms)) < 0.002, `${index} is so late`);
    if (stroke.is_grace_note) {
      const parent = strokes[stroke.parent_stroke_index ?? -1];
      must(parent?.is_grace_note === false, `${index} is a grace of a stroke`);
      must(parent?.hand !== stroke.hand, `${index} is a grace of the other hand`);
      must(actual_velocity <= (parent?.actual_velocity ?? 0), `${index} is softer than its stroke`);
    } else {
      must(actual_time_ms >= last, `${index} comes after the one before`);
      last = actual_time_ms;
    }
  }
  for (const scores of [exercise_scores, exercise_scores_v2])
    for (const [name, score] of Object.entries(scores)) {
      const most = name === 'groove_feel_proxy' || name === 'tier_confidence' ? 1 : 100;
      must(score === null || (score >= 0 && score <= most), `${name} is a score`);
    }
  return faults;
}

describe('any exercise', () => {
  it('gives strokes that can be played, labels that describe them and MIDI that holds them all', () => {
    fc.assert(
      fc.property(anySpec, spec => {
        const played = performExercise(spec);
        const labels = labelsOf(played);
        expect(labels.strokes).toHaveLength(played.strokes.length);
        expect(faultsOf(labels)).toEqual([]);
        const events = parseMidi(encodePerformance(played)).tracks.flat();
        const bounces = played.strokes.reduce((sum, stroke) => sum + stroke.bounces.length, 0);
        expect(events.filter(({ type }) => type === 'noteOn')).toHaveLength(played.strokes.length + bounces);
        expect(JSON.stringify(labelsOf(performExercise(spec)))).toBe(JSON.stringify(labels));
      }),
      { numRuns: 150 },
    );
  });
});
