import { describe, expect, it } from 'vitest';
import {
  arePoolsEmpty,
  candidatesFor,
  type HitPools,
  keepLocked,
  layerOf,
  layOut,
  poolsOfFile,
  poolsOfKit,
} from '#shared/compose';
import { hitId, noteId } from '#shared/model';
import { aNote, aPattern, meter } from '#test/pattern';

const EMPTY: HitPools = { CORE: [], ACCENT: [], MOTION: [], FILL: [], TEXTURE: [] };
const hats = ['a', 'b', 'c'].map(name => ({ hit: hitId(name), instrument: 'chh' as const }));
const bell = { hit: hitId('bell'), instrument: 'ride' as const };
const eightHats = aPattern(Array.from({ length: 8 }, (_, step) => aNote('chh', step, { hit: null })));
const hitsOf = (choice: 'round_robin' | 'random' | 'fixed', seed = 1): (string | null)[] =>
  layOut(eightHats, { ...EMPTY, MOTION: [...hats, bell] }, { choice, seed }).notes.map(note => note.hit);

describe('choice of hits', () => {
  it('goes round the candidates of the note’s own instrument', () => {
    expect(hitsOf('round_robin')).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b']);
  });

  it('takes the best every time when fixed', () => {
    expect(new Set(hitsOf('fixed'))).toEqual(new Set(['a']));
  });

  it('draws by seed when random, each note from its own stream', () => {
    expect(hitsOf('random', 5)).toEqual(hitsOf('random', 5));
    expect(hitsOf('random', 5)).not.toEqual(hitsOf('random', 6));
    const fewer = aPattern(eightHats.notes.slice(3));
    const laid = layOut(fewer, { ...EMPTY, MOTION: hats }, { choice: 'random', seed: 5 });
    expect(laid.notes.map(note => note.hit)).toEqual(
      layOut(eightHats, { ...EMPTY, MOTION: hats }, { choice: 'random', seed: 5 })
        .notes.slice(3)
        .map(note => note.hit),
    );
  });

  it('falls back on the whole pool, then on another role’s; a background that is missing stays silent', () => {
    expect(candidatesFor(aNote('ohh', 0), { ...EMPTY, MOTION: [bell] })).toEqual([bell]);
    expect(candidatesFor(aNote('mt', 0), { ...EMPTY, ACCENT: [bell] })).toEqual([bell]);
    expect(candidatesFor(aNote('perc', 0), { ...EMPTY, MOTION: hats })).toEqual([]);
    const laid = layOut(
      aPattern([aNote('perc', 0)]),
      { ...EMPTY, MOTION: hats },
      { choice: 'fixed', seed: 1 },
    );
    expect(laid.notes[0]?.hit).toBeNull();
    expect(arePoolsEmpty(EMPTY)).toBe(true);
    expect(arePoolsEmpty({ ...EMPTY, MOTION: hats })).toBe(false);
  });

  it('knows a sample’s instrument from the pools by instrument', () => {
    const entry = { sample_id: 's', filepath: 's.wav', confidence: 0.5 };
    const pools = poolsOfFile({
      CORE_POOL: [entry],
      kick_POOL: [entry],
      lt_POOL: [{ ...entry, confidence: 0.6 }],
    });
    expect(pools.CORE).toEqual([{ hit: 's', instrument: 'lt' }]);
  });

  it('takes a pad’s chosen hit first', () => {
    const pad = {
      id: 'p',
      name: 'Hat',
      role: 'MOTION' as const,
      instrument: 'chh' as const,
      note: 42,
      hits: [hitId('a'), hitId('b'), hitId('c')],
      chosen: 1,
      gainDecibels: 0,
      pan: 0,
      choke: null,
      locked: false,
    };
    const pools = poolsOfKit({ id: 'k', name: 'Kit', sampleRate: 44_100, pads: [pad] });
    expect(pools.MOTION.map(({ hit }) => hit)).toEqual(['b', 'a', 'c']);
  });
});

it('has only the layer’s roles in a layer', () => {
  const pattern = aPattern([aNote('kick', 0), aNote('snare', 4), aNote('chh', 2), aNote('mt', 8)]);
  const roles = (layer: 'core' | 'core-accent' | 'full'): string[] =>
    layerOf(pattern, layer).notes.map(note => note.role);
  expect(roles('core')).toEqual(['CORE']);
  expect(roles('core-accent')).toEqual(['CORE', 'ACCENT']);
  expect(roles('full')).toEqual(['CORE', 'MOTION', 'ACCENT', 'FILL']);
});

it('keeps locked roles through a new take, under their names', () => {
  const kick = aNote('kick', 0, { id: noteId('same') });
  const gone = aNote('kick', 20);
  const base = aPattern([kick, gone, aNote('chh', 2)], { bars: [meter(4, 4), meter(4, 4)] });
  const take = aPattern([aNote('snare', 4, { id: noteId('same') }), aNote('kick', 6)]);
  const kept = keepLocked(base, take, ['CORE']);
  expect(kept.notes.map(note => [note.instrument, note.id])).toEqual([
    ['kick', 'same'],
    ['snare', "same'"],
  ]);
});
