import { describe, expect, test } from 'vitest';
import { INSTRUMENTS } from '#shared/model';
import type { SearchRequest } from '#shared/protocol';
import {
  openSoundLibrary,
  readText,
  SearchableBook,
  searchSounds,
  SoundIndex,
  type SoundLibrary,
} from '#shared/search';
import { anyBook } from '#test/any-book';
import { anyVectors } from '#test/any-vectors';

const COUNT = 2000;
const book = anyBook(COUNT);
const vectors = anyVectors(COUNT);

function libraryOf(unheard: readonly number[] = []): SoundLibrary {
  const index = new SoundIndex(128);
  index.append(vectors);
  const slots = Int32Array.from({ length: COUNT }, (_, row) => (unheard.includes(row) ? -1 : row));
  return openSoundLibrary(new SearchableBook(book), index, slots);
}
const library = libraryOf();

const ALIKE = { timbre: 1, brightness: 0, length: 0, pitch: 0, loudness: 0 };
const anyRequest = (change: Partial<SearchRequest>): SearchRequest => ({
  text: null,
  like: null,
  aspects: ALIKE,
  roles: [],
  instruments: [],
  placeIds: [],
  favourites: false,
  tags: [],
  limit: 50,
  ...change,
});
const find = (change: Partial<SearchRequest>, text: Float32Array | null = null) =>
  searchSounds(library, { request: anyRequest(change), text });
const hit = (row: number) => anyRequest({ like: book.ids[row] as SearchRequest['like'] }).like;

describe('like a hit', () => {
  test('by timbre alone is the order of the cosines', () => {
    const { rows, match } = find({ like: hit(5), limit: 20 });
    const cosine = (row: number) => library.index.exact(vectors.slice(5 * 128, 6 * 128), row);
    const order = [...Array(COUNT).keys()].filter(row => row !== 5).sort((a, b) => cosine(b) - cosine(a));
    expect([...rows]).toEqual(order.slice(0, 20));
    expect([...match]).toEqual([...match].sort((a, b) => b - a));
  });

  test('a longer answer begins like a shorter one', () => {
    const [few, many, all] = [10, 300, COUNT].map(limit => find({ like: hit(9), limit }));
    expect([...(many?.rows ?? [])].slice(0, 10)).toEqual([...(few?.rows ?? [])]);
    expect([...(all?.rows ?? [])].slice(0, 300)).toEqual([...(many?.rows ?? [])]);
  });

  test('the hit itself is not in its answer, its twin comes first with a match of nearly 1', () => {
    const own = new SoundIndex(128);
    const twins = vectors.slice();
    twins.copyWithin(128 * 30, 128 * 4, 128 * 5);
    own.append(twins);
    const same = openSoundLibrary(library.book, own, library.slots);
    const { rows, match } = searchSounds(same, { request: anyRequest({ like: hit(4) }), text: null });
    expect(rows[0]).toBe(30);
    expect(match[0]).toBeGreaterThan(0.999);
    expect([...rows]).not.toContain(4);
  });

  test('with timbre off, only the chosen side counts', () => {
    const { rows } = find({ like: hit(7), aspects: { ...ALIKE, timbre: 0, length: 1 }, limit: 10 });
    const apart = (row: number) =>
      Math.abs(Math.log2((book.decaySeconds[row] ?? 1) / (book.decaySeconds[7] ?? 1)));
    const order = [...Array(COUNT).keys()].filter(row => row !== 7).sort((a, b) => apart(a) - apart(b));
    expect([...rows].map(apart)).toEqual(order.slice(0, 10).map(apart));
  });

  test('of a sound without a pitch, others without are alike in pitch', () => {
    const row = book.pitch.findIndex(Number.isNaN);
    const { rows } = find({ like: hit(row), aspects: { ...ALIKE, timbre: 0, pitch: 1 }, limit: 30 });
    expect([...rows].every(each => Number.isNaN(book.pitch[each]))).toBe(true);
  });

  test('hits that nobody has heard yet are no answer by timbre, and do not stop the rest', () => {
    const some = libraryOf([3, 12]);
    const { rows } = searchSounds(some, { request: anyRequest({ like: hit(5), limit: COUNT }), text: null });
    expect([...rows]).not.toContain(3);
    expect(rows.length).toBeGreaterThan(100);
    const own = searchSounds(some, { request: anyRequest({ like: hit(3) }), text: null });
    expect(own.rows).toHaveLength(0);
  });

  test('a hit that is gone gives nothing', () => {
    expect(find({ like: 'gone' as SearchRequest['like'] }).rows).toHaveLength(0);
  });
});

describe('filters', () => {
  test('let only those through that they name, each of them and together', () => {
    const place = book.places[book.place[0] ?? 0]?.id ?? '';
    for (const change of [
      { roles: ['CORE' as const] },
      { instruments: ['chh' as const, 'kick' as const] },
      { placeIds: [place] },
      { favourites: true },
      { tags: ['keep'] },
      { roles: ['CORE' as const], placeIds: [place] },
    ]) {
      const request = anyRequest({ ...change, limit: COUNT });
      const { rows } = searchSounds(library, { request, text: null });
      const expected = [...Array(COUNT).keys()].filter(
        row =>
          (request.roles.length === 0 || book.role[row] === 0) &&
          (request.instruments.length === 0 || [0, 4].includes(book.instrument[row] ?? 255)) &&
          (request.placeIds.length === 0 || book.places[book.place[row] ?? 0]?.id === place) &&
          (!request.favourites || book.favourite[row] === 1) &&
          (request.tags.length === 0 || (book.tags[book.ids[row] ?? ''] ?? []).includes('keep')),
      );
      expect([...rows]).toEqual(expected);
      expect(rows.length).toBeGreaterThan(0);
    }
    expect(INSTRUMENTS[4]).toBe('chh');
  });

  test('a tag that nobody gave finds nothing', () => {
    expect(find({ tags: ['nowhere'] }).rows).toHaveLength(0);
  });
});

describe('a text', () => {
  test('"short dark kick" finds kicks that are shorter and darker than most', () => {
    const { rows, match } = find({ text: 'short dark kick', limit: 20 });
    const kicks = [...Array(COUNT).keys()].filter(row => book.instrument[row] === 0);
    const median = (column: Float32Array) =>
      kicks.map(row => column[row] ?? 0).sort((a, b) => a - b)[kicks.length >> 1] ?? 0;
    for (const row of rows) {
      expect(book.instrument[row]).toBe(0);
      expect(book.decaySeconds[row]).toBeLessThan(median(book.decaySeconds));
      expect(book.brightness[row]).toBeLessThan(median(book.brightness));
    }
    expect(match[0]).toBeGreaterThan(0.8);
  });

  test('is forgiven a slip of the finger', () => {
    expect([...find({ text: 'shrot drak kcik' }).rows]).toEqual([...find({ text: 'short dark kick' }).rows]);
  });

  test('"not bright" asks for dark', () => {
    expect([...find({ text: 'snare not bright' }).rows]).toEqual([...find({ text: 'dark snare' }).rows]);
  });

  test('a word that nobody knows is looked for in names', () => {
    const { rows } = find({ text: 'vinyl kick', limit: 5 });
    expect(rows.length).toBeGreaterThan(0);
    const word = book.names[0]?.split(' ')[0] ?? '';
    const named = find({ text: `${word} 7` }).rows;
    expect(named.length).toBeGreaterThan(0);
  });

  test('what the ear makes of it ranks sounds that nothing else tells apart', () => {
    const heard = vectors.slice(8 * 128, 9 * 128);
    const { rows } = find({ text: 'gritty', limit: 1 }, heard);
    const best = library.index.exact(heard, rows[0] ?? 0);
    expect(best).toBeGreaterThan(0.99);
  });

  test('beside the ear, which reads words for qualities as well, measures count less', () => {
    const heard = vectors.slice(8 * 128, 9 * 128);
    const likest = [...find({ text: 'gritty', limit: 20 }, heard).rows];
    const share = (row: number): number => library.book.shares('length').overall[row] ?? 0;
    const long = likest.find(row => share(row) > 0.6) ?? -1;
    const { rows, match } = find({ text: 'short', limit: COUNT }, heard);
    expect(match[rows.indexOf(long)]).toBeGreaterThan(0.75);
  });

  test('but a denied one, which the ear is not told of, counts in full', () => {
    const heard = vectors.slice(8 * 128, 9 * 128);
    const likest = [...find({ text: 'gritty', limit: 20 }, heard).rows];
    const share = (row: number): number => library.book.shares('length').overall[row] ?? 0;
    const long = likest.find(row => share(row) > 0.6) ?? -1;
    const matchOf = (text: string): number => {
      const { rows, match } = find({ text, limit: COUNT }, heard);
      return match[rows.indexOf(long)] ?? 0;
    };
    expect(matchOf('gritty not long')).toBeLessThan(matchOf('gritty short') - 0.05);
  });

  test('and a hit to be like are halves of one answer', () => {
    const { rows, match } = find({ text: 'kick', like: hit(5), limit: 30 });
    expect(rows.length).toBeGreaterThan(0);
    expect([...match]).toEqual([...match].sort((a, b) => b - a));
  });
});

describe('reading a text', () => {
  test.each([
    [
      'a short, dark kick drum please',
      { instruments: ['kick'], measures: ['length-', 'brightness-'], heard: 0 },
    ],
    ['closed hi-hat', { instruments: ['chh'], measures: [], heard: 0 }],
    ['Hände clap', { instruments: ['clap'], measures: [], heard: 0 }],
    ['punchy dry snare', { instruments: ['snare'], measures: [], heard: 2 }],
    ['shaker', { instruments: ['perc'], measures: [], heard: 1 }],
    ['low tom', { instruments: ['lt'], measures: [], heard: 0 }],
    ['low kick', { instruments: ['kick'], measures: ['pitch-'], heard: 0 }],
    ['percussive crash cymbal', { instruments: ['crash'], measures: [], heard: 1 }],
    ['short percussive hit', { instruments: ['perc'], measures: ['length-'], heard: 0 }],
    ['hand percussion', { instruments: ['perc'], measures: [], heard: 0 }],
    ['ride cymbl', { instruments: ['ride'], measures: [], heard: 0 }],
    ['kick and snare', { instruments: ['kick', 'snare'], measures: [], heard: 0 }],
    ['bell of a ride', { instruments: ['ride'], measures: [], heard: 1 }],
    ['hi hat pedal', { instruments: ['phh'], measures: [], heard: 0 }],
    ['low tom like white noise', { instruments: ['lt'], measures: [], heard: 1 }],
    ['snare with a slow attack', { instruments: ['snare'], measures: [], heard: 1 }],
    ['rim with little body', { instruments: ['rim'], measures: [], heard: 1 }],
    ['ride with no top end', { instruments: ['ride'], measures: ['brightness-'], heard: 0 }],
    ['floortom', { instruments: ['lt'], measures: [], heard: 0 }],
    ['crashcymbal, brightest', { instruments: ['crash'], measures: ['brightness+'], heard: 0 }],
    ['darkish openhats', { instruments: ['ohh'], measures: ['brightness-'], heard: 0 }],
    ['shortened clap with roominess', { instruments: ['clap'], measures: ['length-'], heard: 1 }],
    ['clickier kick', { instruments: ['kick'], measures: [], heard: 1 }],
    ['snappiest snare', { instruments: ['snare'], measures: [], heard: 1 }],
  ])('"%s"', (text, { instruments, measures, heard }) => {
    const wish = readText(text);
    expect(wish.instruments).toEqual(instruments);
    expect(wish.measures.map(({ measure, sign }) => `${measure}${sign > 0 ? '+' : '-'}`)).toEqual(measures);
    expect(wish.heard).toBe(heard);
  });

  test('an English word is not taken for a slip of another', () => {
    for (const text of ['a clear note', 'tom that shakes the floor', 'kick louder than others'])
      expect(readText(text).text).toBe(text);
  });

  test('what is denied is not told to the ear', () => {
    expect(readText('kick without reverb').text).toBe('kick');
    expect(readText('cymbal but not a ride').instruments).toEqual(['crash']);
    expect(readText('not a kick').notInstruments).toEqual(['kick']);
  });

  test('nothing but filling words asks for nothing', () => {
    expect(readText('the sound of a')).toMatchObject({ instruments: [], measures: [], names: [], heard: 0 });
  });
});
