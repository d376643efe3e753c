import { describe, expect, it } from 'vitest';
import type { Check, Distribution, ValidationReport } from '#shared/dataset';
import {
  byUrgency,
  chiefDistribution,
  histogramShape,
  passedOf,
} from '../../../src-renderer/screens/dataset/report/checks';

const check = (name: string, state: Check['state']): Check => ({
  name,
  title: name,
  group: 'integrity',
  state,
  found: '',
  wanted: '',
  examples: [],
});
const distribution = (name: string, measured: number[] | null): Distribution => ({
  name,
  title: name,
  unit: 'ms',
  edges: [-10, 0, 10, 20],
  generated: [0.25, 0.5, 0.25],
  measured,
  source: '',
  distance: null,
});
const report = (checks: Check[], distributions: Distribution[] = []): ValidationReport => ({
  schema_version: 1,
  dataset: { name: 'a', manifest_sha256: 'b' },
  samples: 3,
  checks,
  distributions,
});

describe('a report in short', () => {
  it('counts what was looked at, and puts first what needs a look', () => {
    const checks = [check('a', 'passed'), check('b', 'skipped'), check('c', 'warned'), check('d', 'failed')];
    expect(passedOf(report(checks))).toEqual({ passed: 1, of: 3 });
    expect(byUrgency(checks).map(({ name }) => name)).toEqual(['d', 'c', 'a', 'b']);
  });

  it('shows the timing of players before anything else', () => {
    const all = [
      distribution('velocity', null),
      distribution('offset_shape', null),
      distribution('offset', null),
    ];
    expect(chiefDistribution(report([], all))?.name).toBe('offset');
    expect(chiefDistribution(report([], all.slice(0, 1)))?.name).toBe('velocity');
    expect(chiefDistribution(report([]))).toBeUndefined();
  });
});

describe('a histogram', () => {
  it('puts bars and line on one scale', () => {
    const { bars, line } = histogramShape(distribution('offset', [0, 1, 0]));
    expect(bars.map(({ height }) => height)).toEqual([25, 50, 25]);
    expect(bars[1]?.x).toBeCloseTo(100 / 3);
    expect(line?.split('L')[1]).toBe('50.00 0.00');
  });

  it('has no line where nobody measured', () => {
    expect(histogramShape(distribution('offset', null)).line).toBeNull();
  });
});
