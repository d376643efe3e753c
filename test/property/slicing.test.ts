import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fadeLengths, planSlices, type SlicingOptions } from '#shared/analysis';

const RATE = 44_100;
const STEM = 6 * RATE;

const anyOnsets = fc
  .array(fc.oneof(fc.integer({ min: 0, max: STEM - 1 }), fc.integer({ min: 1000, max: 4000 })), {
    maxLength: 60,
  })
  .map(frames => frames.sort((a, b) => a - b));

const anyOptions: fc.Arbitrary<SlicingOptions> = fc.record({
  preRollMs: fc.double({ min: 0, max: 50, noNaN: true }),
  fadeMs: fc.double({ min: 0, max: 50, noNaN: true }),
  flamMs: fc.double({ min: 0, max: 100, noNaN: true }),
  flams: fc.constantFrom('keep', 'split'),
  maxSeconds: fc.double({ min: 0.01, max: 5, noNaN: true }),
});

describe('planned slices', () => {
  it('never overlap, lie in the stem, hold their onset and at least one frame', () => {
    fc.assert(
      fc.property(anyOnsets, anyOptions, (onsets, options) => {
        const slices = planSlices(onsets, STEM, RATE, options);
        let end = 0;
        for (const { startFrame, onsetFrame, limitFrame } of slices) {
          expect(startFrame).toBeGreaterThanOrEqual(end);
          expect(onsetFrame).toBeGreaterThanOrEqual(startFrame);
          expect(limitFrame).toBeGreaterThan(onsetFrame);
          expect(limitFrame).toBeLessThanOrEqual(STEM);
          end = limitFrame;
        }
      }),
    );
  });

  it('hold every stroke: as a hit of its own or within the flam limit of one', () => {
    fc.assert(
      fc.property(anyOnsets, anyOptions, (onsets, options) => {
        const slices = planSlices(onsets, STEM, RATE, options);
        for (const onset of onsets) {
          const owner = slices.findLast(slice => slice.onsetFrame <= onset);
          const distanceMs = ((onset - (owner?.onsetFrame ?? -Infinity)) / RATE) * 1000;
          expect(distanceMs === 0 || (options.flams === 'keep' && distanceMs < options.flamMs)).toBe(true);
        }
        const mostHits = new Set(onsets).size;
        expect(slices.length).toBeLessThanOrEqual(mostHits);
        expect(options.flams === 'keep' || slices.length === mostHits).toBe(true);
      }),
    );
  });

  it('have fades that never meet and end at the onset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (count, share, fadeMs) => {
          const onset = Math.floor(share * (count - 1));
          const { fadeInFrames, fadeOutFrames } = fadeLengths(count, onset, fadeMs, RATE);
          expect(fadeInFrames).toBeLessThanOrEqual(onset);
          expect(fadeInFrames + fadeOutFrames).toBeLessThanOrEqual(count);
        },
      ),
    );
  });
});
