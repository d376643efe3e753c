import { describe, expect, it } from 'vitest';
import { laneLines, type Pattern } from '#shared/model';
import { aNote, aPattern, meter } from '#test/pattern';
import { gridRows } from '../../../src-renderer/screens/groove/grid-rows';
import { columnsOf, stepsWithin, twinSpans } from '../../../src-renderer/screens/groove/twin-window';
import { lanesOf } from '../../../src-renderer/state/lanes';

const bars = (count: number) => Array.from({ length: count }, () => meter(4, 4));
const rowsOf = (pattern: Pattern) => gridRows(pattern, lanesOf(undefined, pattern), null).rows;

describe('the part of a long grid that exists as elements', () => {
  it('is the bars in sight, and the cursor’s bar wherever that is', () => {
    expect(twinSpans(bars(8), { from: 4000, to: 9000 }, 5000)).toEqual([{ from: 3840, to: 11_520 }]);
    expect(twinSpans(bars(64), { from: 4000, to: 9000 }, 200_000)).toEqual([
      { from: 3840, to: 11_520 },
      { from: 199_680, to: 203_520 },
    ]);
    expect(twinSpans(bars(64), { from: 200_000, to: 201_000 }, 0)[0]).toEqual({ from: 0, to: 3840 });
  });

  it('joins the cursor’s bar to its neighbours', () => {
    expect(twinSpans(bars(8), { from: 4000, to: 5000 }, 0)).toEqual([{ from: 0, to: 7680 }]);
    expect(twinSpans(bars(8), { from: 0, to: 3000 }, 3840)).toEqual([{ from: 0, to: 7680 }]);
  });

  it('stays small however much is in sight', () => {
    const spans = twinSpans(bars(1024), { from: 0, to: 1024 * 3840 }, 3_000_000);
    const [row] = rowsOf(aPattern([aNote('kick', 0)], { bars: bars(1024) }));
    expect(row && stepsWithin(row, spans).length).toBeLessThanOrEqual(128 + 16);
    expect(spans.some(({ from, to }) => from <= 3_000_000 && to > 3_000_000)).toBe(true);
  });

  it('holds every step of the spans once', () => {
    const [row] = rowsOf(aPattern([aNote('kick', 0)], { bars: bars(4) }));
    const steps =
      row &&
      stepsWithin(row, [
        { from: 0, to: 3840 },
        { from: 7680, to: 11_520 },
      ]);
    expect(steps).toEqual([...Array(16).keys(), ...Array.from({ length: 16 }, (_, step) => 32 + step)]);
  });

  it('has a column for every place where any row has a step', () => {
    const pattern = aPattern([aNote('kick', 0), aNote('chh', 0)], {
      lanes: [{ role: 'MOTION', instrument: 'chh', grid: ['8T'], length: null }],
    });
    const columns = columnsOf(rowsOf(pattern));
    const each = pattern.notes.map(note => laneLines(pattern, note));
    expect(columns).toEqual([...new Set(each.flat())].sort((a, b) => a - b));
    expect(columns).toHaveLength(16 + 12 - 4);
  });
});
