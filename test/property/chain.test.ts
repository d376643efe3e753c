import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain, LAYER_NAMES, layerOf, type Link, turnAt } from '#shared/compose';
import { type Pattern, patternFaults, patternSeconds, performedNotes, swingOf, timeOf } from '#shared/model';
import { anyPattern } from '#test/any-pattern';
import { aNote, aPattern } from '#test/pattern';

const anyLink: fc.Arbitrary<Link> = fc.record({
  pattern: anyPattern({ mostBars: 2, mostNotes: 6 }),
  times: fc.integer({ min: 1, max: 3 }),
  layer: fc.constantFrom(...LAYER_NAMES),
});

interface Sounding {
  readonly seconds: number;
  readonly what: string;
}

const soundingOf = (pattern: Pattern, pass: number, from: number): Sounding[] => {
  const swung = swingOf(pattern);
  const time = timeOf(pattern);
  return performedNotes(pattern, pass).map(note => ({
    seconds: from + time.secondsAt(swung(note.at) + note.feel),
    what: `${note.role} ${note.instrument} ${note.velocity} ${note.muted} ${note.hit}`,
  }));
};
const ordered = (list: readonly Sounding[]): Sounding[] =>
  list.toSorted((a, b) => a.seconds - b.seconds || (a.what < b.what ? -1 : 1));

describe('a chain of patterns', () => {
  it('sounds as its patterns do one after another, with the chances of each turn', () => {
    fc.assert(
      fc.property(fc.array(anyLink, { minLength: 1, maxLength: 4 }), links => {
        const chained = chain(links);
        if (!chained.ok) throw new Error('it is too long');
        const { pattern } = chained.value;
        expect(patternFaults(pattern)).toEqual([]);
        let from = 0;
        const wanted = links.flatMap(({ pattern: each, times, layer }) =>
          Array.from({ length: times }, (_, time) => {
            const start = from;
            from += patternSeconds(each);
            return soundingOf(layerOf(each, layer), time, start);
          }).flat(),
        );
        expect(patternSeconds(pattern)).toBeCloseTo(from, 6);
        const found = soundingOf(pattern, 0, 0);
        expect(found).toHaveLength(wanted.length);
        const sums = (list: readonly Sounding[]) => ordered(list).map(({ seconds }) => seconds);
        const off = sums(found).filter(
          (seconds, index) => Math.abs(seconds - (sums(wanted)[index] ?? NaN)) > 1e-6,
        );
        expect(off).toEqual([]);
        expect(
          ordered(found)
            .map(({ what }) => what)
            .toSorted(),
        ).toEqual(
          ordered(wanted)
            .map(({ what }) => what)
            .toSorted(),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('says where in its turns a position lies', () => {
    const one = aPattern([aNote('kick', 0)]);
    const chained = chain([
      { pattern: one, times: 2, layer: 'full' },
      { pattern: { ...one, swing: { percent: 60, base: '16th' } }, times: 1, layer: 'core' },
    ]);
    if (!chained.ok) throw new Error('it is too long');
    const at = (tick: number) => turnAt(chained.value.turns, tick);
    expect(at(3839)).toMatchObject({ turn: { link: 0, time: 0 }, within: 3839 });
    expect(at(3840)).toMatchObject({ turn: { link: 0, time: 1 }, within: 0 });
    expect(at(90_000)).toMatchObject({ turn: { link: 1, time: 0 } });
  });

  it('refuses more bars than a pattern can have, in numbers', () => {
    const long = {
      ...aPattern([]),
      bars: Array.from({ length: 600 }, () => ({ numerator: 4, denominator: 4 as const })),
    };
    expect(chain([{ pattern: long, times: 2, layer: 'full' }])).toEqual({
      ok: false,
      failure: { bars: 1200, most: 1024 },
    });
  });
});
