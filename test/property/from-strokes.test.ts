import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeardStroke, patternOfStrokes, timeOfTick } from '#shared/compose';
import { INSTRUMENT_FACTS, type Instrument, PatternSchema, type Tempo, TempoSchema } from '#shared/model';

const INSTRUMENTS: readonly Instrument[] = ['kick', 'snare', 'chh', 'ohh', 'lt', 'crash'];

const strokeAt = (time: number, instrument: Instrument, velocity = 0.7): HeardStroke => ({
  time,
  instrument,
  role: INSTRUMENT_FACTS[instrument].role,
  velocity,
  hit: null,
  flam: null,
});

/** Beats whose length changes from one to the next by up to 6 %, bars of three or four. */
const anyTempo: fc.Arbitrary<Tempo> = fc
  .record({
    period: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
    changes: fc.array(fc.double({ min: -0.06, max: 0.06, noNaN: true }), { minLength: 30, maxLength: 60 }),
    first: fc.nat(5),
    numerator: fc.constantFrom(3, 4),
    steady: fc.boolean(),
  })
  .map(({ period, changes, first, numerator, steady }) => {
    let at = 0.2;
    const beats = [at, ...changes.map(change => (at += period * (1 + change)))];
    return TempoSchema.parse({
      bpm: 60 / period,
      firstDownbeat: beats[first],
      meter: { numerator, denominator: 4 },
      confidence: 1,
      beats,
      steady,
    });
  });

const anyStrokes = fc
  .array(
    fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      instrument: fc.constantFrom(...INSTRUMENTS),
      velocity: fc.double({ min: 0.01, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map(
    strokes => (seconds: number) =>
      strokes.map(({ share, instrument, velocity }) => strokeAt(share * seconds, instrument, velocity)),
  );

describe('the pattern of a recording', () => {
  it('plays every stroke where it was heard, to half a tick, whatever the tempo does', () => {
    fc.assert(
      fc.property(anyTempo, anyStrokes, (tempo, strokesIn) => {
        const seconds = (tempo.beats.at(-1) ?? 0) + 1;
        const strokes = strokesIn(seconds);
        const made = patternOfStrokes(strokes, tempo, seconds, 'whole');
        if (!made) return;
        const { pattern } = made;
        expect(PatternSchema.safeParse(pattern).success).toBe(true);
        const times = pattern.notes.map(note => timeOfTick(made, tempo, seconds, note.at + note.feel));
        const halfTick = 60 / (tempo.bpm * 0.8) / 960 / 2;
        const inside = strokes.map(({ time }) => time).sort((a, b) => a - b);
        for (const time of times) {
          const nearest = inside.reduce((best, other) =>
            Math.abs(other - time) < Math.abs(best - time) ? other : best,
          );
          expect(Math.abs(nearest - time)).toBeLessThan(halfTick);
        }
        // Only what is written after the last bar, or before the first, is left out.
        const outside = strokes.filter(({ time }) => time < made.from + 0.4 || time > made.to - 0.4).length;
        expect(pattern.notes.length).toBeGreaterThanOrEqual(strokes.length - outside);
      }),
      { numRuns: 60 },
    );
  });

  it('has notes inside its bars, in order, on whole ticks', () => {
    fc.assert(
      fc.property(
        anyTempo,
        anyStrokes,
        fc.constantFrom('typical' as const, 'whole' as const),
        (tempo, strokesIn, bars) => {
          const seconds = (tempo.beats.at(-1) ?? 0) + 1;
          const made = patternOfStrokes(strokesIn(seconds), tempo, seconds, bars);
          if (!made) return;
          const length = made.pattern.bars.length * tempo.meter.numerator * 960;
          const at = made.pattern.notes.map(note => note.at as number);
          expect(at).toEqual(at.toSorted((a, b) => a - b));
          expect(at.every(tick => Number.isInteger(tick) && tick >= 0 && tick < length)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
