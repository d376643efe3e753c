import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kitOfPattern, scheduleVoices } from '#shared/mix';
import { noteOfStroke, performed, performedNotes, swingOf, timeOf } from '#shared/model';
import { anyPattern } from '#test/any-pattern';

const anyPass = fc.integer({ min: 0, max: 1000 });

describe('one pass of any pattern', () => {
  it('has strokes of its own notes only, each with a name of its own, in order', () => {
    fc.assert(
      fc.property(anyPattern(), anyPass, (pattern, pass) => {
        const strokes = performedNotes(pattern, pass);
        const names = new Set(pattern.notes.map(({ id }) => id));
        expect(new Set(strokes.map(({ id }) => id)).size).toBe(strokes.length);
        expect(strokes.every(({ id }) => names.has(noteOfStroke(id)))).toBe(true);
        expect(strokes.every(({ at }, index) => at >= (strokes[index - 1]?.at ?? 0))).toBe(true);
      }),
    );
  });

  it('plays as itself once it is performed, whichever pass that is played in', () => {
    fc.assert(
      fc.property(anyPattern(), anyPass, (pattern, pass) => {
        const plain = performed(pattern, pass);
        const certain = { ...plain, notes: plain.notes.map(note => ({ ...note, probability: 1 })) };
        expect(performedNotes(certain, pass + 1)).toEqual(certain.notes);
      }),
    );
  });

  it('has every grace before its stroke by as many ms as no tempo changes', () => {
    fc.assert(
      fc.property(anyPattern(), pattern => {
        const [time, swung] = [timeOf(pattern), swingOf(pattern)];
        const strokes = performedNotes(pattern);
        const heard = new Map(
          strokes.map(({ id, at, feel }) => [id as string, time.secondsAt(swung(at) + feel) * 1000]),
        );
        for (const [id, ms] of heard) {
          const grace = /^(.*)\^(\d)$/.exec(id);
          const main = heard.get(grace?.[1] ?? '');
          if (main === undefined) continue;
          expect([28, 80, 40, 111, 74, 37].some(early => Math.abs(main - ms - early) < 1e-3)).toBe(true);
        }
      }),
    );
  });

  it('is heard in two halves as it is in one: stretches leave nothing out and add nothing', () => {
    fc.assert(
      fc.property(anyPattern(), fc.integer({ min: 0, max: 20_000 }), anyPass, (pattern, middle, pass) => {
        const kit = kitOfPattern(pattern, 48_000);
        const plain = { ...kit, pads: kit.pads.map(pad => ({ ...pad, choke: null, hits: pad.hits })) };
        const voices = (from: number, to: number) =>
          scheduleVoices(pattern, plain, {
            sampleRate: 48_000,
            hitFrames: () => 100,
            pass,
            from,
            to,
            before: 'music',
          });
        const sorted = (list: ReturnType<typeof voices>): string[] =>
          list.map(voice => JSON.stringify(voice)).sort();
        expect(sorted([...voices(0, middle), ...voices(middle, Infinity)])).toEqual(
          sorted(voices(0, Infinity)),
        );
      }),
    );
  });
});
