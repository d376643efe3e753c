import { describe, expect, it } from 'vitest';
import type { Library, NewTrack } from '#main/library';
import { type Hit, hitId, INSTRUMENTS, PLAIN_PAD, ROLES_IN_ORDER, type SampleSource } from '#shared/model';
import { fillLibrary } from '#test/full-library';
import { aLibrary } from '#test/library';

const NOW = '2026-01-02T03:04:05.000Z';
const EAR = 'an-ear-1';

const aTrack = (id: string): NewTrack => ({
  id,
  name: `Song ${id}`,
  path: `/songs/${id}.wav`,
  sha256: 'a'.repeat(64),
  seconds: 12.5,
  sampleRate: 44_100,
  channelCount: 2,
  tempo: null,
  stems: [],
  addedAt: NOW,
});

const aHit = (id: string, onsetFrame: number, change: Partial<Hit> = {}): Hit => ({
  id: hitId(id),
  index: 3,
  onsetFrame,
  startFrame: onsetFrame,
  frames: 22_050,
  flamFrames: null,
  gain: 1,
  velocity: 0.5,
  sampleRate: 44_100,
  audio: id.padEnd(64, '0'),
  name: null,
  sourceId: null,
  duplicates: [],
  judgement: {
    role: 'CORE',
    roleScores: { CORE: 0.8, ACCENT: 0.2, FILL: 0, MOTION: 0, TEXTURE: 0 },
    instrument: 'kick',
    instrumentScores: { kick: 0.6, lt: 0.4 },
    reasons: [],
  },
  quality: null,
  override: null,
  ...change,
});

const aSource = (id: string): SampleSource => ({
  id,
  kind: 'folder',
  name: 'Pack',
  path: '/pack',
  licence: null,
  author: null,
});

/** Row of a hit in the book; -1 when it is not there. */
const rowOf = async (library: Library, id: string) => (await library.hitBook.read()).ids.indexOf(id);

describe('the book of hits', () => {
  it('has what is known of every hit in its columns, the user’s word first', async () => {
    const library = await aLibrary();
    await library.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', [aHit('h1', 1000), aHit('h2', 9000, { judgement: null, frames: 44_100 })]);
      await at.sources.put(aSource('s'), NOW);
      await at.hits.putLoose([aHit('h3', 0, { name: 'Boom', sourceId: 's' })]);
      const measures = { brightness: 1.5, decaySeconds: 0.25, pitch: null, loudness: -12 };
      await at.sounds.put(EAR, [
        { audio: aHit('h1', 0).audio, vector: Float32Array.of(0.6, 0.8), measures, earMeasures: null },
      ]);
      await at.hits.override(['h2'], { instrument: 'snare' });
      await at.marks.change(['h3'], { favourite: true, add: ['warm', 'deep'], remove: [] });
    });
    const book = await library.hitBook.read();
    expect(book.ids).toEqual(['h1', 'h2', 'h3']);
    expect(book.names).toEqual(['Kick 004', 'Snare 004', 'Boom']);
    expect([...book.role]).toEqual([ROLES_IN_ORDER.indexOf('CORE'), 255, ROLES_IN_ORDER.indexOf('CORE')]);
    expect([...book.instrument]).toEqual(
      ['kick', 'snare', 'kick'].map(name => INSTRUMENTS.indexOf(name as 'kick')),
    );
    expect([...book.roleSure]).toEqual([204, 0, 204]);
    expect([...book.instrumentSure]).toEqual([153, 0, 153]);
    expect([...book.overridden]).toEqual([0, 1, 0]);
    expect([...book.seconds]).toEqual([0.5, 1, 0.5]);
    expect([...book.brightness]).toEqual([1.5, Number.NaN, Number.NaN]);
    expect([book.pitch[0], book.decaySeconds[0], book.loudness[0], book.x[0]]).toEqual([
      Number.NaN,
      0.25,
      -12,
      Number.NaN,
    ]);
    expect([...book.favourite]).toEqual([0, 0, 1]);
    expect(book.tags).toEqual({ h3: ['deep', 'warm'] });
    expect([...book.place].map(place => book.places[place]?.name)).toEqual(['Song t', 'Song t', 'Pack']);
  });

  it('is the same again until something in it changes, and of another version then', async () => {
    const library = await aLibrary();
    await library.write(at => at.hits.putLoose([aHit('h1', 0)]));
    const first = await library.hitBook.read();
    expect(await library.hitBook.read()).toEqual(first);
    await library.write(at => at.settings.put('theme', 'dark'));
    expect(await library.hitBook.version()).toBe(first.version);
    await library.write(at => at.marks.change(['h1'], { favourite: true, add: [], remove: [] }));
    expect(await library.hitBook.version()).toBeGreaterThan(first.version);
  });

  it('leaves out hits of removed tracks unless a kit plays them, and finds the kit of hits without a home', async () => {
    const library = await aLibrary();
    const pad = {
      id: 'CORE.kick',
      name: 'Kick',
      role: 'CORE' as const,
      instrument: 'kick' as const,
      note: 36,
    };
    await library.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', [aHit('h1', 1000), aHit('h2', 9000)]);
      await at.hits.putLoose([aHit('h3', 0), aHit('h4', 0)]);
      const pads = [{ ...pad, ...PLAIN_PAD, hits: [hitId('h2'), hitId('h3')] }];
      await at.kits.put({ id: 'k', name: 'My kit', sampleRate: 44_100, pads, shapes: {} }, NOW);
      await at.tracks.remove('t');
    });
    const book = await library.hitBook.read();
    expect(await rowOf(library, 'h1')).toBe(-1);
    expect(book.ids.map((id, row) => [id, book.places[book.place[row] ?? 0]?.name])).toEqual([
      ['h2', 'Song t'],
      ['h3', 'My kit'],
      ['h4', 'Of no kit'],
    ]);
  });

  it('keeps marks through a new analysis, wherever it puts the hit', async () => {
    const library = await aLibrary();
    await library.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', [aHit('h1', 1000), aHit('h2', 9000), aHit('h3', 20_000)]);
      await at.marks.change(['h1', 'h2', 'h3'], { favourite: true, add: [], remove: [] });
      await at.marks.change(['h2'], { favourite: null, add: ['two'], remove: [] });
      await at.hits.replace('t', [aHit('n1', 1100), aHit('h2', 30_000)], new Set(['h3']));
    });
    const book = await library.hitBook.read();
    expect(Object.fromEntries(book.ids.map((id, row) => [id, book.favourite[row]]))).toEqual({
      n1: 1,
      h2: 1,
      h3: 1,
    });
    expect(book.tags).toEqual({ h2: ['two'] });
    await library.write(at => at.marks.change(['h2'], { favourite: false, add: [], remove: ['two'] }));
    expect(await library.marks.of(['h2', 'n1'])).toEqual(new Map([['n1', { favourite: true, tags: [] }]]));
  });

  it('is the book that a whole library was filled from', async () => {
    const library = await aLibrary();
    const written = await fillLibrary(library, 3000);
    const read = await library.hitBook.read();
    const ids = new Map(read.ids.map((id, row) => [id, row]));
    const rows = written.ids.map(id => ids.get(id) ?? -1);
    expect(rows.map(row => read.names[row])).toEqual(written.names);
    expect(rows.map(row => read.role[row])).toEqual([...written.role]);
    expect(rows.map(row => read.favourite[row])).toEqual([...written.favourite]);
    expect(rows.map(row => read.decaySeconds[row])).toEqual([...written.decaySeconds]);
    expect(read.tags).toEqual(written.tags);
  });
});

describe('the sounds of a library', () => {
  const aSound = (audio: string, ...numbers: readonly number[]) => ({
    audio,
    vector: Float32Array.from(numbers),
    measures: { brightness: 1, decaySeconds: 0.1, pitch: 2, loudness: -9 },
    earMeasures: audio === 'a' ? Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) : null,
  });

  it('are kept by ear, and new ones are told from those that were read', async () => {
    const library = await aLibrary();
    await library.write(at => at.sounds.put(EAR, [aSound('b', 1, 0), aSound('a', 0, 1)]));
    const first = await library.sounds.all(EAR);
    expect([first.audio, first.size, [...first.vectors]]).toEqual([['b', 'a'], 2, [1, 0, 0, 1]]);
    expect([...first.earMeasures]).toEqual([...Array(8).fill(Number.NaN), 1, 2, 3, 4, 5, 6, 7, 8]);
    await library.write(at => at.sounds.put(EAR, [aSound('a', 0.6, 0.8), aSound('c', 1, 0)]));
    await library.write(at => at.sounds.put('other', [aSound('a', 1, 2, 3)]));
    const later = await library.sounds.since(EAR, first.last);
    expect(later.audio).toEqual(['c']);
    expect((await library.sounds.since(EAR, later.last)).audio).toEqual([]);
    const some = await library.sounds.of(EAR, ['a', 'z']);
    expect([...some.keys()]).toEqual(['a']);
    expect([...(some.get('a')?.vector ?? [])]).toEqual([...Float32Array.of(0.6, 0.8)]);
    expect(await library.sounds.ears()).toEqual([
      { ear: EAR, sounds: 3 },
      { ear: 'other', sounds: 1 },
    ]);
  });

  it('go when no hit sounds like them any more', async () => {
    const library = await aLibrary();
    await library.write(async at => {
      await at.hits.putLoose([aHit('h1', 0)]);
      await at.sounds.put(EAR, [aSound(aHit('h1', 0).audio, 1), aSound('nobody', 1)]);
    });
    await library.collect(30);
    expect((await library.sounds.all(EAR)).audio).toEqual([aHit('h1', 0).audio]);
  });
});
