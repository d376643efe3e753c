import { describe, expect, it } from 'vitest';
import {
  arePoolsEmpty,
  arrange,
  candidatesFor,
  type HitPools,
  INTRO_TO_FULL,
  keepLocked,
  layerOf,
  layOut,
  poolsOfFile,
  poolsOfKit,
} from '#shared/compose';
import { hitId, noteId, PLAIN_PAD } from '#shared/model';
import { aNote, aPattern, meter } from '#test/pattern';

const EMPTY: HitPools = { CORE: [], ACCENT: [], MOTION: [], FILL: [], TEXTURE: [] };
const hats = ['a', 'b', 'c'].map(name => ({
  hit: hitId(name),
  instrument: 'chh' as const,
  velocity: null,
  seconds: null,
}));
const bell = { hit: hitId('bell'), instrument: 'ride' as const, velocity: null, seconds: null };
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
    expect(pools.CORE).toEqual([{ hit: 's', instrument: 'lt', velocity: null, seconds: null }]);
  });

  it('takes a pad’s chosen hit first', () => {
    const pad = {
      id: 'p',
      name: 'Hat',
      role: 'MOTION' as const,
      instrument: 'chh' as const,
      note: 42,
      hits: [hitId('a'), hitId('b'), hitId('c')],
      ...PLAIN_PAD,
      chosen: 1,
    };
    const pools = poolsOfKit({ id: 'k', name: 'Kit', sampleRate: 44_100, pads: [pad], shapes: {} });
    expect(pools.MOTION.map(({ hit }) => hit)).toEqual(['b', 'a', 'c']);
  });
});

describe('hits as they would be played', () => {
  const take = (name: string, velocity: number, seconds = 0.2, instrument: 'snare' | 'ohh' = 'snare') => ({
    hit: hitId(name),
    instrument,
    velocity,
    seconds,
  });
  const laid = (velocities: readonly number[], pool: readonly ReturnType<typeof take>[]) => {
    const instrument = pool[0]?.instrument ?? 'snare';
    const pattern = aPattern(velocities.map((velocity, step) => aNote(instrument, step, { velocity })));
    const role = instrument === 'snare' ? 'ACCENT' : 'MOTION';
    return layOut(pattern, { ...EMPTY, [role]: pool }, { choice: 'played', seed: 1 }).notes.map(n => n.hit);
  };

  it('takes soft takes for ghost notes and hard ones for accents', () => {
    const pool = [take('hard', 0.95), take('hard 2', 0.9), take('soft', 0.3), take('soft 2', 0.25)];
    expect(laid([0.95, 0.25, 0.95, 0.25], pool)).toEqual(['hard', 'soft', 'hard 2', 'soft 2']);
  });

  it('never plays a take twice in a row where there are two, even when its layer has but one', () => {
    const pool = [take('hard', 1), take('soft', 0.2)];
    expect(laid([1, 1, 1, 1], pool)).toEqual(['hard', 'soft', 'hard', 'soft']);
    expect(laid([1, 1], pool.slice(0, 1))).toEqual(['hard', 'hard']);
  });

  it('goes round all takes of a layer before one comes back', () => {
    const pool = ['a', 'b', 'c', 'd'].map(name => take(name, 0.8));
    expect(laid([0.8, 0.8, 0.8, 0.8, 0.8], pool)).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('keeps an open hat about as open as the stroke before', () => {
    const pool = [
      take('wide', 0.8, 1.6, 'ohh'),
      take('narrow', 0.8, 0.2, 'ohh'),
      take('wide 2', 0.8, 1.5, 'ohh'),
    ];
    expect(laid([0.8, 0.8, 0.8], pool)).toEqual(['wide', 'wide 2', 'wide']);
  });
});

describe('an arrangement', () => {
  const groove = aPattern([aNote('kick', 0), aNote('snare', 4), aNote('chh', 2), aNote('mt', 28)], {
    bars: [meter(4, 4), meter(4, 4)],
  });

  it('builds from the core to everything, with the fill that leads on', () => {
    const arranged = arrange(groove, INTRO_TO_FULL);
    expect(arranged.bars).toHaveLength(8);
    const sounding = [0, 1, 2, 3].map(time =>
      arranged.notes
        .filter(note => Math.floor(note.at / (32 * 240)) === time)
        .map(note => note.role)
        .sort(),
    );
    expect(sounding).toEqual([
      ['CORE', 'FILL'],
      ['ACCENT', 'CORE', 'FILL'],
      ['ACCENT', 'CORE', 'FILL', 'MOTION'],
      ['ACCENT', 'CORE', 'FILL', 'MOTION'],
    ]);
    expect(new Set(arranged.notes.map(note => note.id)).size).toBe(arranged.notes.length);
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
  const kept = keepLocked(base, take, note => note.role === 'CORE');
  expect(kept.notes.map(note => [note.instrument, note.id])).toEqual([
    ['kick', 'same'],
    ['snare', "same'"],
  ]);
});
