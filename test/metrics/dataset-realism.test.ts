import { describe, expect, it } from 'vitest';
import { grooveRealism } from '#test/groove-realism';

const measured = grooveRealism();

describe.skipIf(measured === null)(
  'grooves that a professional of ours plays, beside the Groove MIDI Dataset',
  () => {
    const lags = measured?.lags ?? [];

    it('have errors that go together over strokes as people’s do; shuffled they have not', () => {
      expect(lags.map(({ lag }) => lag)).toEqual([1, 2, 4, 8]);
      for (const { human, own } of lags) expect(Math.abs(own - human)).toBeLessThan(0.15);
      const [next] = lags;
      expect((next?.human ?? 0) - (next?.shuffled ?? 0)).toBeGreaterThan(0.3);
    });

    it('spread as much as people’s do', () => {
      expect(measured?.spread.within).toBeGreaterThan(0.8);
    });

    it('are distributed nearly as people’s are', () => {
      expect(measured?.distance).toBeLessThan(0.08);
    });
  },
);
