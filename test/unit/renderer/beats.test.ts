import { describe, expect, it } from 'vitest';
import { meter } from '#test/pattern';
import { placeOf, printedPlace, spokenPlace, stepCount } from '../../../src-renderer/state/beats';

const common = { bars: [meter(4, 4), meter(4, 4)] };

describe('where a position stands in the bars', () => {
  it('counts bars and beats from 1', () => {
    expect(placeOf(common, 0)).toEqual({ bar: 1, beat: 1, step: 0 });
    expect(printedPlace(common, 3840 + 3 * 960 + 480)).toBe('2.4.3');
  });

  it('says the quarters of a beat as musicians do', () => {
    expect([0, 240, 480, 720].map(at => spokenPlace(common, 3840 + 2880 + at))).toEqual([
      'bar 2 beat 4',
      'bar 2 beat 4-e',
      'bar 2 beat 4-and',
      'bar 2 beat 4-a',
    ]);
  });

  it('counts eighths in a meter of eighths', () => {
    const seven = { bars: [meter(7, 8)] };
    expect(spokenPlace(seven, 6 * 480)).toBe('bar 1 beat 7');
    expect(spokenPlace(seven, 6 * 480 + 240)).toBe('bar 1 beat 7-and');
  });

  it('follows changes of meter', () => {
    const mixed = { bars: [meter(3, 4), meter(7, 8), meter(4, 4)] };
    expect(printedPlace(mixed, 3 * 960 + 7 * 480)).toBe('3.1.1');
    expect(stepCount(mixed)).toBe(12 + 14 + 16);
  });
});
