import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HandTurns, kitOfPattern, layerAt, planLoop, scheduleVoices, takeChoice } from '#shared/mix';
import {
  firstPasses,
  hitId,
  type Kit,
  type Pad,
  passesOf,
  type Pattern,
  TAKE_ORDERS,
  type VelocityLayer,
} from '#shared/model';
import { anyPattern } from '#test/any-pattern';

const RATE = 48_000;

const anyLayers = (name: string): fc.Arbitrary<VelocityLayer[]> =>
  fc
    .record({
      splits: fc.uniqueArray(fc.integer({ min: 1, max: 126 }), { maxLength: 4 }),
      counts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
    })
    .map(({ splits, counts }) =>
      [...splits.sort((a, b) => a - b), 127].map((upTo, layer) => ({
        upTo,
        hits: Array.from({ length: counts[layer] ?? 1 }, (_, take) => hitId(`${name} ${layer} ${take}`)),
      })),
    );

/** A pattern without hits of its own on a kit whose every pad has layers. */
const anyLayered: fc.Arbitrary<{ readonly pattern: Pattern; readonly kit: Kit }> = anyPattern({
  mostBars: 3,
  mostNotes: 24,
}).chain(found => {
  const pattern = { ...found, tempoChanges: [], notes: found.notes.map(note => ({ ...note, hit: null })) };
  const plain = kitOfPattern(pattern, RATE);
  return fc
    .tuple(
      ...plain.pads.map(pad =>
        fc
          .record({ layers: anyLayers(pad.id), takes: fc.constantFrom(...TAKE_ORDERS) })
          .map(
            ({ layers, takes }): Pad => ({ ...pad, layers, takes, hits: layers.flatMap(({ hits }) => hits) }),
          ),
      ),
    )
    .map(pads => ({ pattern, kit: { ...plain, pads } }));
});

const options = { sampleRate: RATE, hitFrames: () => 500 };
const soundsOf = (voices: ReturnType<typeof scheduleVoices>): string[] =>
  voices.map(({ noteId, hit }) => `${noteId.split('#')[0]} ${hit}`);

describe('any layers', () => {
  it('answer every velocity with exactly one of them', () => {
    fc.assert(
      fc.property(anyLayers('pad'), layers => {
        for (let velocity = 1; velocity <= 127; velocity++) {
          const answer = layerAt({ layers }, velocity / 127);
          const wanted = layers.filter(
            ({ upTo }, index) => velocity <= upTo && velocity > (layers[index - 1]?.upTo ?? 0),
          );
          expect(wanted).toEqual([answer]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('have the same takes wherever playing begins, chances or not', () => {
    fc.assert(
      fc.property(
        anyLayered,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(5),
        ({ pattern, kit }, share, pass) => {
          const whole = scheduleVoices(pattern, kit, { ...options, pass });
          const from = Math.round(share * 3840);
          const part = scheduleVoices(pattern, kit, { ...options, pass, from, before: 'music' });
          const all = new Set(soundsOf(whole));
          expect(soundsOf(part).filter(sound => !all.has(sound))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('go on through passes as the window does when it plays them one after the other', () => {
    fc.assert(
      fc.property(anyLayered, ({ pattern, kit }) => {
        const takes = takeChoice(pattern, kit);
        const laid = scheduleVoices(passesOf(pattern, firstPasses(3)), kit, { ...options, takes });
        const played = firstPasses(3).flatMap(pass =>
          soundsOf(scheduleVoices(pattern, kit, { ...options, pass })),
        );
        expect(soundsOf(laid).sort()).toEqual(played.sort());
      }),
      { numRuns: 60 },
    );
  });

  it('loop with the takes of those passes', () => {
    fc.assert(
      fc.property(anyLayered, ({ pattern, kit }) => {
        const plan = planLoop(pattern, kit, 2, options);
        const played = firstPasses(2).flatMap(pass =>
          soundsOf(scheduleVoices(pattern, kit, { ...options, pass })),
        );
        expect([...new Set(soundsOf([...plan.voices]))].sort()).toEqual([...new Set(played)].sort());
      }),
      { numRuns: 30 },
    );
  });
});

describe('strokes by hand', () => {
  it('take the takes of a layer in turn, each layer counting for itself', () => {
    fc.assert(
      fc.property(anyLayers('pad'), layers => {
        const pad = { id: 'pad', layers, takes: 'cycle', hits: [], chosen: 0 } as unknown as Pad;
        const turns = new HandTurns();
        const [soft] = layers;
        const loud = layers.at(-1);
        if (!soft || !loud || soft === loud) return;
        for (let turn = 0; turn < 9; turn++) {
          expect(turns.next(pad, soft.upTo / 127)).toBe(soft.hits[turn % soft.hits.length]);
          expect(turns.next(pad, 1)).toBe(loud.hits[turn % loud.hits.length]);
        }
      }),
      { numRuns: 30 },
    );
  });
});
