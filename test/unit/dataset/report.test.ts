import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import {
  binnedDistance,
  edgesOf,
  energyDistance,
  grouped,
  Histogram,
  reportPage,
  short,
  Tally,
  type ValidationReport,
} from '#shared/dataset';
import { twoSampleArea } from '../../../src-shared/dataset/report/two-samples';

const FACTS = { name: 'a_check', title: 'A check', group: 'integrity' } as const;

const normals = (seed: string, shift: number): number[][] => {
  const random = Random.ofSeed(seed);
  return Array.from({ length: 200 }, () => [random.normal(shift), random.normal()]);
};

describe('histograms', () => {
  const of = (values: readonly number[]): Histogram => {
    const histogram = new Histogram(edgesOf(0, 4, 1));
    for (const value of values) histogram.add(value);
    return histogram;
  };

  it('count what lies outside in the first and last bin', () => {
    expect(of([-5, 0.5, 2, 2.9, 9]).shares).toEqual([0.4, 0, 0.4, 0.2]);
  });

  it('are 0 apart when equal, 1 when they share nothing, and the energy tells how far that is', () => {
    const [low, near, far] = [of([0.5]), of([1.5]), of([3.5])];
    expect(binnedDistance(low.shares, low.shares)).toBe(0);
    expect(binnedDistance(low.shares, near.shares)).toBe(1);
    expect(binnedDistance(low.shares, far.shares)).toBe(1);
    expect(energyDistance(low.shares, low.shares, 1)).toBe(0);
    expect(energyDistance(low.shares, far.shares, 1)).toBeGreaterThan(
      energyDistance(low.shares, near.shares, 1),
    );
  });
});

describe('a classifier of two samples', () => {
  it('cannot tell one distribution from itself, and tells a shifted one', () => {
    expect(Math.abs(twoSampleArea(normals('a', 0), normals('b', 0)) - 0.5)).toBeLessThan(0.08);
    expect(twoSampleArea(normals('a', 3), normals('b', 0))).toBeGreaterThan(0.95);
  });
});

describe('a tally', () => {
  it('says how many of how many, and which not', () => {
    const tally = new Tally(FACTS);
    for (let number = 0; number < 1200; number++) tally.see(number % 400 !== 7, () => `number ${number}`);
    expect(tally.check('strokes')).toEqual({
      ...FACTS,
      state: 'failed',
      found: '1\u202F197 of 1\u202F200 strokes',
      wanted: 'all',
      examples: ['number 7', 'number 407', 'number 807'],
    });
  });

  it('of nothing is skipped', () => {
    expect(new Tally(FACTS).check('strokes')).toMatchObject({ state: 'skipped', found: 'no strokes' });
  });

  it('writes numbers as the window does', () => {
    expect([grouped(999), grouped(1_234_567), short(0.084), short(-0.5, 1), short(12.5, 1)]).toEqual([
      '999',
      '1\u202F234\u202F567',
      '.08',
      '-.5',
      '12.5',
    ]);
  });
});

describe('the page of a report', () => {
  const report: ValidationReport = {
    schema_version: 1,
    dataset: { name: 'a<b', manifest_sha256: 'f'.repeat(64) },
    samples: 1200,
    checks: [
      { ...FACTS, state: 'passed', found: '1 of 1', wanted: 'all', examples: [] },
      {
        ...FACTS,
        name: 'other',
        group: 'realism',
        state: 'warned',
        found: 'KS .2',
        wanted: '.1',
        examples: ['<script>'],
      },
    ],
    distributions: [
      {
        name: 'offset',
        title: 'Offset',
        unit: 'ms',
        edges: [-1, 0, 1],
        generated: [0.4, 0.6],
        measured: [0.5, 0.5],
        source: 'people & others',
        distance: 0.1,
      },
    ],
  };
  const page = reportPage(report);

  it('shows every check and distribution, and needs nothing but itself', () => {
    for (const text of [
      'a&lt;b',
      '1 of 1',
      'KS .2',
      '&lt;script&gt;',
      'people &amp; others',
      '<svg',
      '1\u202F200',
    ])
      expect(page).toContain(text);
    expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
  });

  it('says first whether something is wrong', () => {
    expect(page).toContain('Nothing is wrong; some figures are worth a look.');
    const [first] = report.checks;
    if (!first) throw new Error('a check');
    expect(reportPage({ ...report, checks: [{ ...first, state: 'failed' }] })).toContain(
      'Something is wrong',
    );
    expect(reportPage({ ...report, checks: [first] })).toContain('Nothing is wrong with this dataset.');
  });
});
