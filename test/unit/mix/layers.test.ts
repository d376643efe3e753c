import { describe, expect, it } from 'vitest';
import { freedForLayers, hitsOfNote, kitOfPattern, scheduleVoices, writtenHit } from '#shared/mix';
import { hitId, type Kit, type Note, type Pad, PLAIN_SHAPE } from '#shared/model';
import { aNote, aPattern } from '#test/pattern';

const RATE = 48_000;
const hits = ['soft-1', 'soft-2', 'loud-1', 'loud-2', 'loud-3'].map(hitId);
const LAYERS = [
  { upTo: 64, hits: hits.slice(0, 2) },
  { upTo: 127, hits: hits.slice(2) },
];

function kitOf(notes: readonly Note[], changed: Partial<Pad> = {}): Kit {
  const plain = kitOfPattern(aPattern(notes), RATE);
  return { ...plain, pads: plain.pads.map(pad => ({ ...pad, hits, layers: LAYERS, ...changed })) };
}
const played = (notes: readonly Note[], changed: Partial<Pad> = {}) =>
  scheduleVoices(aPattern(notes), kitOf(notes, changed), { sampleRate: RATE, hitFrames: () => 4800 });
const struck = (...velocities: readonly number[]): Note[] =>
  velocities.map((velocity, step) => aNote('snare', step, { hit: null, velocity: velocity / 127 }));

describe('a pad with layers', () => {
  it('answers soft and loud strokes with their layers, each in turn', () => {
    const found = played(struck(40, 127, 64, 65, 20, 100, 90)).map(voice => voice.hit);
    expect(found).toEqual(['soft-1', 'loud-1', 'soft-2', 'loud-2', 'soft-1', 'loud-3', 'loud-1']);
  });

  it('lets a note that names a hit have it', () => {
    const [, named, after] = played(
      struck(100, 100, 100).map((note, at) => (at === 1 ? { ...note, hit: hitId('soft-2') } : note)),
    );
    expect([named?.hit, after?.hit]).toEqual(['soft-2', 'loud-2']);
  });

  it('plays only the first take where that is asked for, and draws the same ones again', () => {
    const first = played(struck(100, 100, 100), { takes: 'first' }).map(voice => voice.hit);
    expect(first).toEqual(['loud-1', 'loud-1', 'loud-1']);
    const thirty = struck(...Array<number>(30).fill(100));
    const drawn = () => played(thirty, { takes: 'random' }).map(voice => voice.hit);
    expect(drawn()).toEqual(drawn());
    expect(new Set(drawn()).size).toBe(3);
  });

  it('gives the grace of a flam the layer of its own velocity', () => {
    const found = played([{ ...aNote('snare', 4, { hit: null, velocity: 0.8 }), ornament: 'flam' }]);
    expect(found.map(voice => voice.hit)).toEqual(['soft-1', 'loud-1']);
  });

  it('chokes across its layers', () => {
    const [first, second] = played(struck(40, 120), { choke: 'A' });
    expect(first?.hit).toBe('soft-1');
    expect(first?.releaseFrame).toBe(null);
    const long = struck(40, 120);
    const voices = scheduleVoices(aPattern(long), kitOf(long, { choke: 'A' }), {
      sampleRate: RATE,
      hitFrames: () => RATE,
    });
    expect(voices[0]?.releaseFrame).toBe(second?.onsetFrame);
  });

  it('keeps the turn of a stroke that is left to chance or muted', () => {
    const notes = struck(100, 100, 100, 100);
    const muted = played(notes.map((note, at) => (at === 1 ? { ...note, muted: true } : note)));
    expect(muted.map(voice => voice.hit)).toEqual(['loud-1', 'loud-3', 'loud-1']);
  });

  it('is written without a hit, and set free where a layout has named one', () => {
    const notes = struck(100).map(note => ({ ...note, hit: hitId('soft-1') }));
    const kit = kitOf(notes);
    expect(kit.pads.map(writtenHit)).toEqual([null]);
    const freed = freedForLayers(aPattern(notes), kit);
    expect(freed.notes.map(note => note.hit)).toEqual([null]);
    expect(freed.notes.flatMap(note => hitsOfNote(note, kit))).toEqual(hits);
  });
});

describe('how a pad plays', () => {
  it('softens soft strokes by its curve, and leaves full ones', () => {
    const [full, half] = played(struck(127, 63.5), { velocityCurve: 2 });
    const [, plain] = played(struck(127, 63.5));
    expect((half?.gain ?? 0) / (full?.gain ?? 1)).toBeCloseTo(0.5 ** 4, 9);
    expect((plain?.gain ?? 0) / (full?.gain ?? 1)).toBeCloseTo(0.5 ** 2, 9);
  });

  it('tunes all its hits by speed: they grow shorter, and their attacks stay where they are', () => {
    const notes = struck(127);
    const voices = scheduleVoices(aPattern(notes), kitOf(notes, { semitones: 12 }), {
      sampleRate: RATE,
      hitFrames: () => 4800,
      preRollFrames: () => 480,
    });
    expect(voices[0]).toMatchObject({ onsetFrame: 0, startFrame: -240, frames: 2400 });
  });

  it('adds a hit’s own gain to its own, and shapes only what is shaped', () => {
    const notes = struck(127, 127);
    const kit = {
      ...kitOf(notes),
      shapes: { 'loud-2': { ...PLAIN_SHAPE, gainDecibels: -6.0206, trimEnd: 0.05 } },
    };
    const [plain, shaped] = scheduleVoices(aPattern(notes), kit, { sampleRate: RATE, hitFrames: () => 4800 });
    expect(plain?.shape).toBe(null);
    expect(shaped?.shape).toMatchObject({ trimEnd: 0.05, gainDecibels: 0 });
    expect(shaped?.frames).toBe(2400);
    expect((shaped?.gain ?? 0) / (plain?.gain ?? 1)).toBeCloseTo(0.5, 4);
  });
});
