import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeMidi, encodeMidi, meterText, patternTicks } from '#shared/model';
import { readSmf, type Smf } from '#test/read-smf';
import { meterEvent, off, on, smfBytes, tempo, type Timed } from '#test/smf-bytes';

const DENOMINATORS = [2, 4, 8, 16] as const;
const NUMBERS = [
  22, 26, 35, 36, 37, 38, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 55, 57, 58, 59, 75, 99,
];

interface Made {
  readonly division: number;
  readonly format: 0 | 1;
  readonly tempos: readonly (readonly [tick: number, microseconds: number])[];
  readonly meters: readonly (readonly [bars: number, numerator: number, denominator: number])[];
  readonly notes: readonly (readonly [tick: number, key: number, velocity: number, length: number])[];
}

/** Files as other programs write them: any division, tempos at any tick, meters on bar lines, strokes anywhere. */
const anyFile: fc.Arbitrary<Made> = fc.constantFrom(48, 96, 120, 384, 480, 960, 1000, 1920).chain(division =>
  fc.record({
    division: fc.constant(division),
    format: fc.constantFrom(0, 1),
    tempos: fc.array(fc.tuple(fc.nat(20 * division), fc.integer({ min: 155_000, max: 2_900_000 })), {
      maxLength: 5,
    }),
    meters: fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 13 }),
        fc.constantFrom(...DENOMINATORS),
      ),
      { maxLength: 4 },
    ),
    notes: fc.array(
      fc.tuple(
        fc.nat(24 * division),
        fc.constantFrom(...NUMBERS),
        fc.integer({ min: 1, max: 127 }),
        fc.nat(division),
      ),
      { minLength: 1, maxLength: 40 },
    ),
  }),
);

/** Events at ticks as a track of waits; ends before beginnings, so that strokes of one number that touch stay apart. */
function track(events: readonly (readonly [tick: number, event: Timed])[]): Timed[] {
  const rank = (event: Timed): number => ((event[1] ?? 0) >= 0xf0 ? 0 : (event[1] ?? 0) < 0x90 ? 1 : 2);
  let now = 0;
  return events
    .toSorted(([a, one], [b, other]) => a - b || rank(one) - rank(other))
    .map(([tick, [, ...bytes]]) => {
      const wait = tick - now;
      now = tick;
      return [wait, ...bytes];
    });
}

function bytesOf({ division, format, tempos, meters, notes }: Made): Uint8Array {
  let line = 0;
  const signs = meters.map(([bars, numerator, denominator]) => {
    const at = line;
    line += (bars * numerator * 4 * division) / denominator;
    return [Math.round(at), meterEvent(0, numerator, denominator)] as const;
  });
  const conductor = [...signs, ...tempos.map(([tick, value]) => [tick, tempo(0, value)] as const)];
  const strokes = notes.flatMap(([tick, key, velocity, length]) => [
    [tick, on(0, key, velocity)] as const,
    [tick + length + 1, off(0, key)] as const,
  ]);
  return format === 0
    ? smfBytes([track([...conductor, ...strokes])], { format, division })
    : smfBytes([track(conductor), track(strokes)], { format, division });
}

/** Each stroke with the others of its number and velocity in the order of their times. */
const strokesOf = ({ notes }: Smf) =>
  notes.toSorted((a, b) => a.key - b.key || a.velocity - b.velocity || a.seconds - b.seconds);

it('brings back every stroke, tempo and meter of files made elsewhere', () => {
  fc.assert(
    fc.property(anyFile, fc.constantFrom(0 as const, 1 as const), (made, type) => {
      const bytes = bytesOf(made);
      const decoded = decodeMidi(bytes);
      if (!decoded.ok) throw new Error(decoded.failure.join('; '));
      const { pattern, map } = decoded.value;
      const [before, after] = [readSmf(bytes, true), readSmf(encodeMidi(pattern, { type, map }))];
      const [wanted, found] = [strokesOf(before), strokesOf(after)];
      expect(found.map(({ key, velocity }) => [key, velocity])).toEqual(
        wanted.map(({ key, velocity }) => [key, velocity]),
      );
      const slowest = Math.max(500_000, ...before.tempos.map(({ microseconds }) => microseconds));
      for (const [index, { seconds }] of wanted.entries()) {
        const error = Math.abs((found[index]?.seconds ?? NaN) - seconds);
        // Half a tick at 960 a quarter, and a fiftieth where a round tempo was restored.
        expect(error).toBeLessThanOrEqual((slowest / 1920 / 1e6) * 1.04 + 1e-9);
      }
      const end = patternTicks(pattern);
      const tempos = new Map([[0, 500_000]]);
      for (const { tick, microseconds } of before.tempos)
        tempos.set(Math.round((tick * 960) / made.division), microseconds);
      const said = [...tempos].sort(([a], [b]) => a - b).filter(([tick]) => tick < end);
      const kept = said.filter(([, value], index) => index === 0 || value !== said[index - 1]?.[1]);
      expect(after.tempos.map(({ tick, microseconds }) => [tick, microseconds])).toEqual(kept);
      const bars = made.meters.flatMap(([count, numerator, denominator]) =>
        Array.from({ length: count }, () => `${numerator}/${denominator}`),
      );
      expect(pattern.bars.slice(0, bars.length).map(meterText)).toEqual(bars.slice(0, pattern.bars.length));
      expect(new Set(after.ends)).toEqual(new Set([end]));
    }),
    { numRuns: 300 },
  );
});
