import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  correctTempo,
  isNoCorrection,
  NO_CORRECTION,
  type Tempo,
  type TempoCorrection,
  TempoCorrectionSchema,
  TempoMap,
  TempoSchema,
} from '#shared/model';

const SECONDS = 40;

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const anyMeter = fc.record({
  numerator: fc.integer({ min: 2, max: 12 }),
  denominator: fc.constantFrom(4 as const, 8 as const),
});

/** A recording that a machine kept, or one whose beats differ by up to a tenth. */
const anyTempo: fc.Arbitrary<Tempo> = fc
  .record({
    bpm: number(40, 240),
    meter: anyMeter,
    start: number(0, 2),
    steady: fc.boolean(),
    lengths: fc.array(number(0.95, 1.05), { minLength: 200, maxLength: 200 }),
    confidence: number(0, 1),
  })
  .map(({ bpm, meter, start, steady, lengths, confidence }) => {
    const period = 240 / (bpm * meter.denominator);
    const beats = [start];
    while ((beats.at(-1) ?? 0) + 1.05 * period < SECONDS) {
      const length = steady ? 1 : (lengths[beats.length % lengths.length] ?? 1);
      beats.push((beats.at(-1) ?? 0) + length * period);
    }
    const mean = ((beats.at(-1) ?? 0) - start) / (beats.length - 1);
    return {
      bpm: steady ? bpm : 240 / (mean * meter.denominator),
      firstDownbeat: start,
      meter,
      confidence,
      beats,
      steady,
      downbeats: [],
      candidates: [],
      meters: [],
    };
  });

const anyCorrection: fc.Arbitrary<TempoCorrection> = fc.record({
  bpm: fc.option(number(20, 400)),
  bpmIs: fc.constantFrom('near' as const, 'exact' as const),
  barOneAt: fc.option(number(0, SECONDS)),
  meter: fc.option(anyMeter),
  shiftMs: number(-500, 500),
  grid: fc.option(fc.constantFrom('steady' as const, 'follow' as const)),
});

it('a correction is the same after it was written and read', () => {
  fc.assert(
    fc.property(anyCorrection, correction => {
      const read = TempoCorrectionSchema.parse(JSON.parse(JSON.stringify(correction)));
      // JSON has no negative zero.
      expect(read).toEqual({ ...correction, ...JSON.parse(JSON.stringify(correction)) });
    }),
  );
});

it('whatever is corrected is a tempo that can be stored, with beats that ascend', () => {
  fc.assert(
    fc.property(anyTempo, anyCorrection, (found, correction) => {
      const tempo = correctTempo(found, correction, SECONDS);
      if (!tempo) throw new Error('no tempo');
      const written: unknown = JSON.parse(JSON.stringify(tempo));
      expect(TempoSchema.parse(written)).toEqual(written);
      expect(tempo.beats.every((beat, at) => at === 0 || beat > (tempo.beats[at - 1] ?? 0))).toBe(true);
      expect(tempo.meter).toEqual(correction.meter ?? found.meter);
      expect(tempo.steady || correction.grid !== 'steady').toBe(true);
    }),
  );
});

it('without a pulse, what the user says makes the tempo, and nothing else does', () => {
  fc.assert(
    fc.property(anyCorrection, correction => {
      const tempo = correctTempo(null, correction, SECONDS);
      expect(tempo?.bpm ?? null).toBe(correction.bpm);
    }),
  );
});

it('what was heard comes back when a correction is taken back, and nothing that was heard is changed by one', () => {
  fc.assert(
    fc.property(anyTempo, anyCorrection, (found, correction) => {
      const before = structuredClone(found);
      correctTempo(found, correction, SECONDS);
      expect(found).toEqual(before);
      expect(correctTempo(found, null, SECONDS)).toBe(found);
      expect(isNoCorrection(NO_CORRECTION)).toBe(true);
      expect(correctTempo(found, NO_CORRECTION, SECONDS)).toEqual(found);
    }),
  );
});

it('bar 1 is where the user says, or on the beat beside it, and a bar begins there', () => {
  fc.assert(
    fc.property(anyTempo, number(0, SECONDS), (found, barOneAt) => {
      const tempo = correctTempo(found, { ...NO_CORRECTION, barOneAt }, SECONDS);
      if (!tempo) throw new Error('no tempo');
      expect(Math.abs(tempo.firstDownbeat - barOneAt)).toBeLessThanOrEqual(0.04 + 1e-9);
      expect(new TempoMap(tempo).placeAt(tempo.firstDownbeat)).toMatchObject({ bar: 1, beat: 1 });
    }),
  );
});

it('halved and doubled again is what was heard', () => {
  fc.assert(
    fc.property(anyTempo, found => {
      const half = correctTempo(found, { ...NO_CORRECTION, bpm: found.bpm / 2 }, SECONDS);
      const whole = correctTempo(found, { ...NO_CORRECTION, bpm: found.bpm }, SECONDS);
      expect(half?.bpm).toBeCloseTo(found.bpm / 2, 9);
      expect(whole?.bpm).toBeCloseTo(found.bpm, 9);
      expect(whole?.beats).toEqual(found.beats);
      half?.beats.forEach(beat => {
        const nearest = Math.min(...found.beats.map(other => Math.abs(other - beat)));
        expect(nearest).toBeLessThan(1e-9);
      });
    }),
  );
});
