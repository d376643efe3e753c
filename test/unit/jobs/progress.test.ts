import { describe, expect, it } from 'vitest';
import type { JobProgress } from '#shared/protocol';
import { ProgressSum } from '../../../src-main/jobs/progress';

function aSum() {
  let seconds = 0;
  const told: JobProgress[] = [];
  const sum = new ProgressSum(
    progress => told.push(progress),
    () => seconds,
  );
  return {
    sum,
    told,
    pass: (by: number) => {
      seconds += by;
    },
  };
}

describe("a job's progress", () => {
  it('adds up the stages by their weights', () => {
    const { sum } = aSum();
    sum.plan(2, 10);
    const first = sum.begin('Separating drums', 8);
    first.report(0.5, '3.1x real time');
    expect(sum.current).toMatchObject({
      stage: 'Separating drums',
      stageNumber: 1,
      stageCount: 2,
      fraction: 0.4,
      rate: '3.1x real time',
    });
    first.end(false);
    expect(sum.current.fraction).toBeCloseTo(0.8);
    sum.begin('Finding hits', 2).report(0.5);
    expect(sum.current).toMatchObject({ stage: 'Finding hits', stageNumber: 2, rate: '' });
    expect(sum.current.fraction).toBeCloseTo(0.9);
  });

  it('never falls, whatever a stage reports and however the plan grows', () => {
    const { sum, told } = aSum();
    sum.plan(1, 2);
    const stage = sum.begin('Reading', 1);
    for (const fraction of [0.2, 0.8, 0.1, 2, 0.5]) stage.report(fraction);
    sum.plan(4, 8);
    stage.end(false);
    const fractions = told.map(progress => progress.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(Math.max(...fractions)).toBe(0.5);
  });

  it('adds up stages that run at the same time', () => {
    const { sum } = aSum();
    sum.plan(2, 2);
    const [one, other] = [sum.begin('One', 1), sum.begin('Other', 1)];
    one.report(0.5);
    other.report(0.5);
    expect(sum.current.fraction).toBeCloseTo(0.5);
  });

  it('says what is left after 3 s of work, and not from stages that the cache answered', () => {
    const { sum, pass } = aSum();
    sum.plan(2, 10);
    sum.begin('Cached', 5).end(true);
    const stage = sum.begin('Working', 5);
    stage.report(0.001);
    pass(2.9);
    stage.report(0.2);
    expect(sum.current.secondsLeft).toBeNull();
    pass(1.1);
    stage.report(0.25);
    expect(sum.current.secondsLeft).toBeCloseTo(12);
  });

  it('ends at 1 with nothing left', () => {
    const { sum } = aSum();
    sum.plan(1, 1);
    sum.begin('All', 1).end(false);
    expect(sum.done()).toMatchObject({ fraction: 1, secondsLeft: 0 });
  });
});
