import * as fc from 'fast-check';
import type { KitDocument, KitPad } from '#shared/kit-formats';
import { INSTRUMENTS, ROLES, TAKE_ORDERS } from '#shared/model';

/** Names as people give them: letters of any script, spaces, signs; not only spaces. */
const anyName = fc
  .string({ minLength: 1, maxLength: 18, unit: fc.constantFrom(...'abcXYZ 019-_&é#'.split('')) })
  .map(text => text.trim())
  .filter(text => /[a-z]/i.test(text));

/** Decibels to a hundredth, semitones to a cent: as fine as people set them. */
const decibels = (low: number, high: number) =>
  fc.integer({ min: low * 100, max: high * 100 }).map(value => value / 100);
const semitones = fc.integer({ min: -1200, max: 1200 }).map(value => value / 100);

const anyPad = (sounds: readonly string[]): fc.Arbitrary<KitPad> =>
  fc
    .record({
      name: anyName,
      note: fc.integer({ min: 0, max: 127 }),
      instrument: fc.constantFrom(...INSTRUMENTS),
      role: fc.constantFrom(...ROLES),
      gainDecibels: decibels(-20, 6),
      pan: fc.integer({ min: -100, max: 100 }).map(value => value / 100),
      choke: fc.option(fc.constantFrom('hat', 'A', 'B')),
      semitones,
      velocityCurve: fc.constantFrom(1, 1, 0.5, 1.7, 3),
      order: fc.constantFrom(...TAKE_ORDERS),
      tops: fc.uniqueArray(fc.integer({ min: 1, max: 126 }), { maxLength: 4 }),
      takes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
      played: fc.array(
        fc.record({
          sound: fc.constantFrom(...sounds),
          gainDecibels: decibels(-12, 6),
          semitones,
        }),
        { minLength: 15, maxLength: 15 },
      ),
    })
    .map(({ tops, takes, played, order, ...pad }) => {
      const edges = [...tops.sort((a, b) => a - b), 127];
      const rest = [...played];
      return {
        ...pad,
        order,
        layers: edges.map((upTo, index) => ({
          upTo,
          takes: rest.splice(0, order === 'first' ? 1 : (takes[index] ?? 1)),
        })),
      };
    });

/** A kit that sounds `sounds`, no two pads of which have one note. */
export const anyKitDocument = (sounds: readonly string[]): fc.Arbitrary<KitDocument> =>
  fc.record({
    name: anyName,
    author: fc.option(anyName),
    licence: fc.option(fc.constantFrom('CC0-1.0', 'CC-BY-4.0 & more', 'all rights reserved')),
    pads: fc.uniqueArray(anyPad(sounds), { minLength: 1, maxLength: 8, selector: ({ note }) => note }),
  });

/** What every stroke of a kit sounds: gains and pitches all in all, choke groups by who is in them. */
export function soundingOf({ pads }: KitDocument) {
  const members = (choke: string | null): readonly number[] =>
    choke === null ? [] : pads.flatMap(pad => (pad.choke === choke ? [pad.note] : [])).sort((a, b) => a - b);
  return pads
    .toSorted((a, b) => a.note - b.note)
    .map(pad => ({
      note: pad.note,
      pan: pad.pan,
      velocityCurve: pad.velocityCurve,
      chokes: members(pad.choke),
      order: pad.layers.some(({ takes }) => takes.length > 1) ? pad.order : 'one',
      layers: pad.layers.map(({ upTo, takes }) => ({
        upTo,
        takes: takes.map(({ sound, gainDecibels, semitones: pitch }) => ({
          sound,
          gain: pad.gainDecibels + gainDecibels,
          pitch: pad.semitones + pitch,
        })),
      })),
    }));
}

/** The farthest that two such kits' numbers lie apart; what is not a number must be equal. */
export function farthest(a: unknown, b: unknown, path = ''): { readonly path: string; readonly by: number } {
  if (typeof a === 'number' && typeof b === 'number') return { path, by: Math.abs(a - b) };
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys]
      .map(key =>
        farthest((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`),
      )
      .reduce((most, each) => (each.by > most.by ? each : most), { path, by: 0 });
  }
  return { path, by: Object.is(a, b) ? 0 : Infinity };
}
