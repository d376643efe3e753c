import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applySliceEdits,
  changeMarks,
  changeOfEdit,
  fadeLengths,
  inverseChange,
  type MarkChange,
  marksOfOnsets,
  type Onset,
  planSlices,
  type SlicingOptions,
  tailLimits,
} from '#shared/analysis';
import type { SliceEdit } from '#shared/model';

const RATE = 44_100;
const STEM = 6 * RATE;
const SPACE = { sampleRate: RATE, stemFrames: STEM };

const onsetAt = (frame: number): Onset => ({ frame, time: frame / RATE, strength: 0.5 });
const anyFrame = fc.oneof(fc.integer({ min: 0, max: STEM - 1 }), fc.integer({ min: 1000, max: 4000 }));
const anyOnsets = fc
  .array(anyFrame, { maxLength: 60 })
  .map(frames => [...new Set(frames)].sort((a, b) => a - b).map(onsetAt));

const anyOptions: fc.Arbitrary<SlicingOptions> = fc.record({
  preRollMs: fc.double({ min: 0, max: 50, noNaN: true }),
  flamMs: fc.double({ min: 0, max: 100, noNaN: true }),
  flams: fc.constantFrom('keep', 'split'),
  maxSeconds: fc.double({ min: 0.01, max: 5, noNaN: true }),
});

/** Edits near the onsets, so that most find something to change, and others anywhere. */
const anyEdits = (onsets: readonly Onset[]): fc.Arbitrary<SliceEdit[]> => {
  const near =
    onsets.length === 0
      ? anyFrame
      : fc
          .tuple(fc.constantFrom(...onsets), fc.integer({ min: -300, max: 300 }))
          .map(([onset, off]) => Math.max(0, onset.frame + off));
  const place = fc.oneof(near, anyFrame);
  return fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('moved' as const), from: near, to: place }),
      fc.record({
        kind: fc.constantFrom('added' as const, 'split' as const, 'merged' as const, 'deleted' as const),
        at: place,
      }),
    ),
    { maxLength: 30 },
  );
};

const edited = anyOnsets.chain(onsets => fc.tuple(fc.constant(onsets), anyEdits(onsets)));

describe('planned slices', () => {
  it('never overlap, lie in the stem, hold their onset and at least one frame, whatever the user edits', () => {
    fc.assert(
      fc.property(edited, anyOptions, ([onsets, edits], options) => {
        const slices = planSlices(applySliceEdits(onsets, edits, SPACE), STEM, RATE, options);
        let end = 0;
        for (const { startFrame, onsetFrame, lastStrokeFrame, limitFrame } of slices) {
          expect(startFrame).toBeGreaterThanOrEqual(end);
          expect(onsetFrame).toBeGreaterThanOrEqual(startFrame);
          expect(lastStrokeFrame).toBeGreaterThanOrEqual(onsetFrame);
          expect(limitFrame).toBeGreaterThan(lastStrokeFrame);
          expect(limitFrame).toBeLessThanOrEqual(STEM);
          end = limitFrame;
        }
        expect(new Set(slices.map(({ origin }) => origin)).size).toBe(slices.length);
      }),
    );
  });

  it('hold every stroke: as a hit of its own or within the flam limit of one', () => {
    fc.assert(
      fc.property(anyOnsets, anyOptions, (onsets, options) => {
        const slices = planSlices(marksOfOnsets(onsets), STEM, RATE, options);
        for (const { frame } of onsets) {
          const owner = slices.findLast(slice => slice.onsetFrame <= frame);
          const distanceMs = ((frame - (owner?.onsetFrame ?? -Infinity)) / RATE) * 1000;
          expect(distanceMs === 0 || (options.flams === 'keep' && distanceMs < options.flamMs)).toBe(true);
        }
        expect(slices.length).toBeLessThanOrEqual(onsets.length);
        expect(options.flams === 'keep' || slices.length === onsets.length).toBe(true);
      }),
    );
  });

  it('end no sooner under looser tails, and never outside the stem', () => {
    fc.assert(
      fc.property(edited, anyOptions, ([onsets, edits], options) => {
        const plan = planSlices(applySliceEdits(onsets, edits, SPACE), STEM, RATE, options);
        const room = { stemFrames: STEM, longestFrames: Math.round(options.maxSeconds * RATE) };
        const levels = plan.map((_, index) => 10 ** -(index % 3));
        const [next, choke, decay] = (['next', 'choke', 'decay'] as const).map(tails =>
          tailLimits(plan, levels, tails, room),
        );
        plan.forEach((_, index) => {
          expect(choke?.[index]).toBeGreaterThanOrEqual(next?.[index] ?? NaN);
          expect(decay?.[index]).toBeGreaterThanOrEqual(choke?.[index] ?? NaN);
          expect(decay?.[index]).toBeLessThanOrEqual(STEM);
        });
      }),
    );
  });
});

describe('edits of slices', () => {
  it('are all taken back by their inverses, the last one first', () => {
    fc.assert(
      fc.property(edited, ([onsets, edits]) => {
        const start = marksOfOnsets(onsets);
        let marks = start;
        const done: MarkChange[] = [];
        for (const edit of edits) {
          const change = changeOfEdit(marks, edit, SPACE);
          if (!change) continue;
          marks = changeMarks(marks, change);
          done.push(change);
        }
        expect(marks).toEqual(applySliceEdits(onsets, edits, SPACE));
        for (const change of done.toReversed()) marks = changeMarks(marks, inverseChange(change));
        expect(marks).toEqual(start);
      }),
    );
  });

  it('keep the marks in order, each at a frame and under a name of its own', () => {
    fc.assert(
      fc.property(edited, ([onsets, edits]) => {
        const marks = applySliceEdits(onsets, edits, SPACE);
        const frames = marks.map(({ frame }) => frame);
        expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
        expect(new Set(marks.map(({ origin }) => origin)).size).toBe(marks.length);
      }),
    );
  });
});

describe('fades', () => {
  it('never meet and end at the onset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.boolean(),
        (count, share, fadeMs, isRinging) => {
          const onset = Math.floor(share * (count - 1));
          const { fadeInFrames, fadeOutFrames } = fadeLengths(count, onset, { fadeMs, isRinging }, RATE);
          expect(fadeInFrames).toBeLessThanOrEqual(onset);
          expect(fadeInFrames + fadeOutFrames).toBeLessThanOrEqual(count);
        },
      ),
    );
  });
});
