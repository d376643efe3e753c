import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { performTake } from '#main/inference';
import { INSTRUMENTS, type Pattern, patternTicks, ROLES } from '#shared/model';
import { explain, type Failure, type Take, TakeSchema } from '#shared/protocol';
import { anyPattern } from '#test/any-pattern';
import { standInContext } from '#test/stand-in-models';
import { breaches } from '#test/take-rules';

type WritingTake = Extract<Take, { kind: 'new' | 'continue' | 'infill' | 'vary' | 'fill' }>;

/** Written takes with all that can be asked of them, on bars that the pattern has. */
const anyWritingTake = ({ bars }: Pattern): fc.Arbitrary<WritingTake> =>
  fc
    .record({
      kind: fc.constantFrom('new', 'continue', 'infill', 'vary', 'fill'),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      take: fc.integer({ min: 0, max: 3 }),
      temperature: fc.constantFrom(0, 0.7, 1, 3),
      topP: fc.constantFrom(0.5, 0.97, 1),
      density: fc.option(fc.integer({ min: 1, max: 40 })),
      feel: fc.constantFrom(0, 0.5, 1),
      locked: fc.subarray([...ROLES], { maxLength: 3 }),
      lockedCells: fc.array(
        fc.record({
          bar: fc.integer({ min: 0, max: bars.length - 1 }),
          step: fc.integer({ min: 0, max: 15 }),
          instrument: fc.option(fc.constantFrom('kick', 'ohh', 'lt', 'crash', 'ride')),
        }),
        { maxLength: 4 },
      ),
      voices: fc.integer({ min: 1, max: 5 }),
      playable: fc.boolean(),
      rows: fc.option(
        fc.subarray(
          INSTRUMENTS.filter(each => each !== 'perc' && each !== 'fx'),
          { minLength: 1 },
        ),
      ),
      from: fc.integer({ min: 0, max: bars.length - 1 }),
      length: fc.integer({ min: 2, max: 16 }),
      amount: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ from, ...asked }) =>
      TakeSchema.parse({ ...asked, bars: { from, to: bars.length }, bar: from, count: 1 }),
    )
    .filter((take): take is WritingTake => take.kind !== 'humanise');

/** What is wrong with a refusal: it has to say why, and what else can be done. */
const refusalFaults = (failure: Failure): string[] =>
  / is not possible: .+\. [A-Z].+\.$/.test(explain(failure)) ? [] : [explain(failure)];

/** Short patterns, so that ten thousand of them take seconds. */
const SHORT_TICKS = 5 * 960;

describe('ten thousand sampled takes', () => {
  it('keep every lock, region, limit of voices and what two hands and two feet can play', async () => {
    const context = standInContext();
    await fc.assert(
      fc.asyncProperty(
        anyPattern({ mostBars: 2, mostNotes: 12 })
          .filter(pattern => patternTicks(pattern) <= SHORT_TICKS)
          .chain(pattern => fc.tuple(fc.constant(pattern), anyWritingTake(pattern))),
        async ([pattern, take]) => {
          const made = await performTake(take, pattern, context);
          const found = made.ok ? breaches(take, pattern, made.value) : refusalFaults(made.failure);
          expect(found).toEqual([]);
        },
      ),
      { numRuns: 10_000, seed: 4 },
    );
  }, 600_000);
});

/** Every kind of take, as plainly as it can be asked for. */
const EVERY_KIND = (towards: Pattern) => [
  { kind: 'new' },
  { kind: 'continue', count: 2 },
  { kind: 'infill', bars: { from: 0, to: 1 } },
  { kind: 'vary' },
  { kind: 'fill', bar: 0 },
  { kind: 'humanise', mode: 'tight' },
  { kind: 'humanise', mode: 'human' },
  { kind: 'regroove' },
  { kind: 'tap' },
  { kind: 'morph', towards },
];

describe('any pattern, of any meters, on the grid or off it', () => {
  it('goes through every generator the same way twice, or is refused with a reason and an alternative', async () => {
    const context = standInContext();
    await fc.assert(
      fc.asyncProperty(
        anyPattern({ mostBars: 6, mostNotes: 30 }),
        anyPattern({ mostBars: 2, mostNotes: 10 }),
        async (pattern, towards) => {
          for (const asked of EVERY_KIND(towards)) {
            const take = TakeSchema.parse({ seed: 1, ...asked });
            const made = await performTake(take, pattern, context);
            expect(await performTake(take, pattern, context)).toEqual(made);
            expect(made.ok ? [] : refusalFaults(made.failure)).toEqual([]);
          }
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  }, 600_000);
});
