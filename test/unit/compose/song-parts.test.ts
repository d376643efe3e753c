import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chainSong,
  commitSong,
  redoSong,
  type SongHistory,
  songHistoryOf,
  undoSong,
  withPart,
  withPartAt,
} from '#shared/compose';
import { hitId, type Kit, noteId, PLAIN_PAD, type Song, type SongPart } from '#shared/model';
import { aNote, aPattern, meter } from '#test/pattern';

const part = (id: string, more: Partial<SongPart> = {}): SongPart => ({
  id,
  patternId: `p-${id}`,
  times: 1,
  layer: 'full',
  ...more,
});
const song = (...parts: SongPart[]): Song => ({ id: 's', name: 'Song', kitId: 'k', parts });

describe('parts of a song', () => {
  const [a, b, c] = [part('a'), part('b'), part('c')];

  it('come after the one that is named, or last', () => {
    expect(withPart([a, b], c, 'a').map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(withPart([a, b], c, null).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('move to a place, and no further than the ends', () => {
    expect(withPartAt([a, b, c], 'a', 2).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(withPartAt([a, b, c], 'c', -5).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(withPartAt([a, b, c], 'gone', 0)).toEqual([a, b, c]);
  });
});

describe('the history of a song', () => {
  const labels = ({ undo }: SongHistory): string[] => undo.map(({ label }) => label);

  it('leaves no mark of what changes nothing', () => {
    const history = songHistoryOf(song(part('a')));
    expect(commitSong(history, 'Nothing', song(part('a')))).toBe(history);
  });

  it('joins a repeated gesture, and drops it where it comes back to its start', () => {
    const start = songHistoryOf(song(part('a')));
    const twice = commitSong(start, 'Times', song(part('a', { times: 2 })), true);
    const thrice = commitSong(twice, 'Times', song(part('a', { times: 3 })), true);
    expect(labels(thrice)).toEqual(['Times']);
    expect(undoSong(thrice).song).toEqual(start.song);
    expect(labels(commitSong(thrice, 'Times', start.song, true))).toEqual([]);
  });

  it('comes back to the start after as many undos, and to the end after as many redos', () => {
    const steps = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(steps, made => {
        const start = songHistoryOf(song(part('a')));
        let history: SongHistory = start;
        for (const [index, times] of made.entries())
          history = commitSong(
            history,
            `${index}`,
            song(...times.map((n, at) => part(`${at}`, { times: n }))),
          );
        const end = history.song;
        const count = history.undo.length;
        for (let step = 0; step < count; step++) history = undoSong(history);
        expect(history.song).toEqual(start.song);
        for (let step = 0; step < count; step++) history = redoSong(history);
        expect(history.song).toEqual(end);
      }),
    );
  });
});

describe('a song as one pattern', () => {
  const kit: Kit = {
    id: 'k',
    name: 'Kit',
    sampleRate: 48_000,
    pads: [
      {
        id: 'pad',
        name: 'Kick',
        role: 'CORE',
        instrument: 'kick',
        note: 36,
        hits: [hitId('own')],
        ...PLAIN_PAD,
      },
    ],
    shapes: {},
  };
  const verse = aPattern([
    aNote('kick', 0, { id: noteId('own'), hit: hitId('own') }),
    aNote('kick', 4, { id: noteId('strange'), hit: hitId('of another kit') }),
  ]);
  const bridge = aPattern([aNote('kick', 2)], { bars: [meter(3, 4)] });
  const patternOf = (id: string) => ({ 'p-a': verse, 'p-b': bridge })[id] ?? null;

  it('passes over parts whose groove is gone, and counts turns by those that are there', () => {
    const made = chainSong(song(part('a', { times: 2 }), part('gone'), part('b')), patternOf, kit);
    if (!made.ok) throw new Error('too long');
    expect(made.value.parts.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(made.value.turns.map(({ link, start }) => [link, start])).toEqual([
      [0, 0],
      [0, 3840],
      [1, 7680],
    ]);
  });

  it('leaves to the pads what hits of another kit would play', () => {
    const made = chainSong(song(part('a')), patternOf, kit);
    if (!made.ok) throw new Error('too long');
    expect(made.value.pattern.notes.map(({ hit }) => hit)).toEqual([hitId('own'), null]);
  });

  it('says by how much it is too long', () => {
    const long = song(...Array.from({ length: 20 }, (_, at) => part('a', { id: `${at}`, times: 64 })));
    expect(chainSong(long, patternOf, kit)).toEqual({ ok: false, failure: { bars: 1280, most: 1024 } });
  });
});
