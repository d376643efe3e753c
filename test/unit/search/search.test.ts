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
import { anyBook, earMeasuresOf } from '#test/any-book';
import { anyVectors } from '#test/any-vectors';

const COUNT = 2000;
const book = anyBook(COUNT);
const vectors = anyVectors(COUNT);
const measured = earMeasuresOf(book);

function libraryOf(unheard: readonly number[] = []): SoundLibrary {
  const index = new SoundIndex(128);
  index.append(vectors);
  const slots = Int32Array.from({ length: COUNT }, (_, row) => (unheard.includes(row) ? -1 : row));
  return openSoundLibrary({ book: new SearchableBook(book), index, slots, measured });
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
    const same = openSoundLibrary({ ...library, index: own });
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
    expect(rows).toHaveLength(20);
    expect([...rows].map(row => book.instrument[row])).toEqual(Array(20).fill(0));
    const meanOf = (column: Float32Array) =>
      [...rows].reduce((sum, row) => sum + (column[row] ?? 0), 0) / rows.length;
    expect(meanOf(book.decaySeconds)).toBeLessThan(0.8 * median(book.decaySeconds));
    expect(meanOf(book.brightness)).toBeLessThan(median(book.brightness) - 0.2);
    expect(match[0]).toBeGreaterThan(0.7);
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

  const heard = vectors.slice(8 * 128, 9 * 128);
  const matchesOf = (text: string, rows: readonly number[], own = library): number[] => {
    const found = searchSounds(own, { request: anyRequest({ text, limit: COUNT }), text: heard });
    return rows.map(row => found.match[found.rows.indexOf(row)] ?? 0);
  };
  const likest = [...find({ text: 'gritty', limit: 40 }, heard).rows];
  const seconds = (row: number): number => book.decaySeconds[row] ?? 0;
  const [longest, shortest] = [
    likest.reduce((best, row) => (seconds(row) > seconds(best) ? row : best)),
    likest.reduce((best, row) => (seconds(row) < seconds(best) ? row : best)),
  ];

  test('beside the ear, which reads words for qualities as well, measures say which of the sounds it likes are meant', () => {
    const [[plainLong = 0, plainShort = 0], [long = 0, short = 0]] = [
      matchesOf('gritty', [longest, shortest]),
      matchesOf('short', [longest, shortest]),
    ];
    expect(short - long).toBeGreaterThan(plainShort - plainLong + 0.1);
    expect(long).toBeGreaterThan(0.5);
  });

  test('a denied quality, which the ear is not told of, counts in full', () => {
    const [told = 0] = matchesOf('short', [longest]);
    const [denied = 0] = matchesOf('gritty not long', [longest]);
    expect(denied).toBeLessThan(told - 0.1);
  });

  test('of sounds whose measures nobody knows a quality says neither yes nor no', () => {
    const unmeasured = { ...library, measured: measured.map(() => Number.NaN) };
    const { rows } = searchSounds(unmeasured, { request: anyRequest({ text: 'short' }), text: heard });
    expect([...rows]).toEqual([...find({ text: 'gritty' }, heard).rows]);
  });

  test('what the user has called a sound counts more than what the ear hears', () => {
    const called = likest.at(-1) ?? -1;
    const overridden = Uint8Array.from(book.overridden, (_, row) => (row === called ? 1 : 0));
    const instrument = book.instrument.map((own, row) =>
      row === called ? INSTRUMENTS.indexOf('clap') : own,
    );
    const own = { ...library, book: new SearchableBook({ ...book, overridden, instrument }) };
    const unsaid = { ...library, book: new SearchableBook({ ...book, overridden: overridden.map(() => 0) }) };
    const [before = 0, clap = 0, kick = 0] = [
      ...matchesOf('clap', [called], unsaid),
      ...matchesOf('clap', [called], own),
      ...matchesOf('kick', [called], own),
    ];
    expect(clap).toBeGreaterThan(Math.min(0.99, before + 0.3));
    expect(kick).toBeLessThan(before / 2);
  });

  test('and a hit to be like are halves of one answer', () => {
    const { rows, match } = find({ text: 'kick', like: hit(5), limit: 30 });
    expect(rows.length).toBeGreaterThan(0);
    expect([...match]).toEqual([...match].sort((a, b) => b - a));
  });
});

describe('reading a text', () => {
  test.each([
    ['a short, dark kick drum please', ['kick'], 'kick', ['length-', 'brightness-']],
    ['closed hi-hat', ['chh'], 'chh', []],
    ['Händclap', ['clap'], 'clap', []],
    ['punchy dry snare', ['snare'], 'snare', ['softness-']],
    ['shaker', ['perc'], 'shaker', []],
    ['low tom', ['lt'], 'lt', []],
    ['low kick', ['kick'], 'kick', ['pitch-']],
    ['percussive crash cymbal', ['crash'], 'crash', ['softness-']],
    ['short percussive hit', ['perc'], 'perc', ['length-']],
    ['hand percussion', ['perc'], 'perc', []],
    ['dark conga percussion', ['perc'], 'conga', ['brightness-']],
    ['ride cymbl', ['ride'], 'ride', []],
    ['kick and snare', ['kick', 'snare'], 'all', []],
    ['long toms', ['lt', 'mt', 'ht'], 'tom', ['length+']],
    ['bell of a ride', ['ride'], 'bell of a ride', []],
    ['bright djembe', ['perc'], 'perc', ['brightness+']],
    ['hi hat pedal', ['phh'], 'phh', []],
    ['low tom like white noise', ['lt'], 'lt', ['noisiness+']],
    ['snare with a slow attack', ['snare'], 'snare', ['softness+']],
    ['rim with little body', ['rim'], 'rim', ['density-']],
    ['ride with no top end', ['ride'], 'ride', ['brightness-']],
    ['boomy sound', [], 'all', ['sub+']],
    ['tight but loud hats', ['chh', 'phh', 'ohh'], 'hat', ['tightness+', 'density+']],
    ['floortom', ['lt'], 'lt', []],
    ['crashcymbal, brightest', ['crash'], 'crash', ['brightness+']],
    ['darkish openhats', ['ohh'], 'ohh', ['brightness-']],
    ['shortened clap with roominess', ['clap'], 'clap', ['length-']],
    ['clickier kick', ['kick'], 'kick', ['softness-']],
    ['snappiest snare', ['snare'], 'snare', ['tightness+']],
  ])('"%s"', (text, instruments, noun, measures) => {
    const wish = readText(text);
    expect(wish.instruments).toEqual(instruments);
    expect(wish.noun).toBe(noun);
    expect(wish.measures.map(({ measure, sign }) => `${measure}${sign > 0 ? '+' : '-'}`)).toEqual(measures);
    expect(wish.names).toEqual([]);
  });

  test('the ear reads it as it was written, but for what is denied in words that it has not learnt', () => {
    for (const text of ['a clear note', 'tom that shakes the floor', 'kick louder than others', 'drak kcik'])
      expect(readText(text).text).toBe(text);
    expect(readText('kick without reverb').text).toBe('kick without reverb');
    expect(readText('kick not long').text).toBe('kick');
    expect(readText('cymbal without a ride')).toMatchObject({ text: 'cymbal', instruments: ['crash'] });
    expect(readText('not a kick')).toMatchObject({ text: '', notInstruments: ['kick'] });
  });

  test('nothing but filling words asks for nothing', () => {
    expect(readText('the sound of a')).toMatchObject({ instruments: [], measures: [], names: [], text: '' });
  });
});
