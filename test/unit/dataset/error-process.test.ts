import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import { Random } from '#shared/base';
import {
  errorAutocorrelation,
  errorSeries,
  labelsOf,
  performExercise,
  rudimentMaterial,
  samplePlayer,
} from '#shared/dataset';

/** Measured on hi-hats of the Groove MIDI Dataset, by lag. */
const HUMAN: readonly (readonly [number, number])[] = [
  [1, 0.56],
  [2, 0.42],
  [4, 0.27],
  [8, 0.09],
];

function autocorrelation(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map(value => value - mean);
  const power = centred.reduce((sum, value) => sum + value * value, 0);
  return centred.slice(lag).reduce((sum, value, index) => sum + value * (centred[index] ?? 0), 0) / power;
}

const intervalsOf = (errors: readonly number[]): number[] =>
  errors.slice(1).map((error, index) => error - (errors[index] ?? 0));

/** Gate 6: near the curve at all four lags, and intervals that make up for each other. */
const isHuman = (errors: readonly (readonly number[])[]): boolean => {
  const average = (of: (values: readonly number[]) => number): number =>
    errors.reduce((sum, values) => sum + of(values), 0) / errors.length;
  return (
    HUMAN.every(([lag, value]) => Math.abs(average(values => autocorrelation(values, lag)) - value) < 0.15) &&
    average(values => autocorrelation(intervalsOf(values), 1)) < -0.1
  );
};

const shuffled = (errors: readonly (readonly number[])[]): number[][] =>
  errors.map((values, index) => Random.ofSeed(index).shuffled(values));

describe('the error process', () => {
  it('has the autocorrelation of drummers in theory', () => {
    for (const [lag, value] of HUMAN) expect(Math.abs(errorAutocorrelation(lag) - value)).toBeLessThan(0.05);
    expect(errorAutocorrelation(0)).toBe(1);
  });

  it('has variance 1 and that autocorrelation when drawn; shuffled it has not', () => {
    const series = Array.from({ length: 40 }, (_, take) => [
      ...errorSeries(400, Random.ofSeed('errors').fork(take)),
    ]);
    const power = series.flat().reduce((sum, value) => sum + value * value, 0) / (40 * 400);
    expect(Math.abs(power - 1)).toBeLessThan(0.1);
    expect(isHuman(series)).toBe(true);
    expect(isHuman(shuffled(series))).toBe(false);
  });

  it.each([60, 120, 180])('shows in what a professional plays at %i BPM; shuffled it does not', tempo => {
    const errors = bundledRudiments()
      .filter((_, index) => index % 3 === 0)
      .map((rudiment, index) => {
        const spec = {
          datasetSeed: 5,
          player: samplePlayer(5, 'professional', index),
          material: rudimentMaterial(rudiment, index % 2 === 0 ? 'R' : 'L'),
          tempo,
          take: 0,
          length: { seconds: 60 },
        };
        return labelsOf(performExercise(spec))
          .strokes.filter(({ is_grace_note }) => !is_grace_note)
          .map(({ timing_error_ms }) => timing_error_ms);
      });
    expect(isHuman(errors)).toBe(true);
    expect(isHuman(shuffled(errors))).toBe(false);
  });
});
