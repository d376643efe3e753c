import { describe, expect, it } from 'vitest';
import { ROLES_IN_ORDER } from '#shared/model';
import { anyBook } from '#test/any-book';
import { stepped, steppedBack, steppedForward } from '../../../src-renderer/state/browse-history';
import {
  lengthOf,
  namedRows,
  NO_FILTER,
  rowByName,
  shownRows,
} from '../../../src-renderer/state/browse-rows';

const book = anyBook(3000, 5);
const UNSORTED = { by: null, descending: false } as const;

describe('what the list shows of the library', () => {
  it('is everything in the order of the library when nothing is asked for', () => {
    const { rows } = shownRows(book, NO_FILTER, null, UNSORTED);
    expect(Array.from(rows)).toEqual(book.ids.map((_, row) => row));
  });

  it('are the rows that pass every filter, and counts of roles as if roles were not filtered', () => {
    const filter = { ...NO_FILTER, roles: new Set(['CORE'] as const), lengths: new Set(['short'] as const) };
    const { rows, roleCounts } = shownRows(book, filter, null, UNSORTED);
    const isShort = (row: number): boolean => lengthOf(book.seconds[row] ?? 0) === 'short';
    const wanted = book.ids.flatMap((_, row) => (book.role[row] === 0 && isShort(row) ? [row] : []));
    expect(wanted.length).toBeGreaterThan(0);
    expect(Array.from(rows)).toEqual(wanted);
    for (const [at] of ROLES_IN_ORDER.entries())
      expect(roleCounts[at]).toBe(book.ids.filter((_, row) => book.role[row] === at && isShort(row)).length);
  });

  it('are those with any of the tags, from any of the places', () => {
    const [place] = book.places;
    const filter = { ...NO_FILTER, tags: new Set(['warm']), placeIds: new Set([place?.id ?? '']) };
    const { rows } = shownRows(book, filter, null, UNSORTED);
    for (const row of rows) {
      expect(book.tags[book.ids[row] ?? '']).toContain('warm');
      expect(book.place[row]).toBe(0);
    }
  });

  it('rises or falls by a column, with what has no value last', () => {
    for (const descending of [false, true]) {
      const { rows } = shownRows(book, NO_FILTER, null, { by: 'bright', descending });
      const values = Array.from(rows, row => (book.brightness[row] ?? 0) * (descending ? -1 : 1));
      for (const [at, value] of values.entries())
        expect(value).toBeGreaterThanOrEqual((values[at - 1] ?? -Infinity) - 1e-5);
    }
    const { rows } = shownRows(book, NO_FILTER, null, { by: 'name', descending: false });
    const names = Array.from(rows, row => book.names[row] ?? '');
    expect(names).toEqual(names.toSorted());
  });

  it('begins with the best match and leaves out what neither matches nor is called so', () => {
    const match = new Float32Array(book.ids.length).fill(Number.NaN);
    match[7] = 0.3;
    match[5] = 0.9;
    const named = new Uint8Array(book.ids.length);
    named[11] = 1;
    const { rows } = shownRows(book, NO_FILTER, { match, named }, UNSORTED);
    expect(Array.from(rows)).toEqual([5, 7, 11]);
  });

  it('is found by words of name, place and tags', () => {
    const [first = ''] = book.names;
    expect(namedRows(book, first.toUpperCase())[0]).toBe(1);
    expect(namedRows(book, 'no such words').some(value => value === 1)).toBe(false);
  });

  it('is gone through by the letters of names, round its end', () => {
    const { rows } = shownRows(book, NO_FILTER, null, UNSORTED);
    const at = rowByName(book, rows, 2999, (book.names[0] ?? '').slice(0, 4));
    expect(book.names[rows[at] ?? 0]?.slice(0, 4)).toBe(book.names[0]?.slice(0, 4));
    expect(rowByName(book, rows, 0, 'zzz')).toBe(-1);
  });
});

describe('the trail of searches', () => {
  it('goes back and forward through what was left', () => {
    const trail = stepped(stepped({ back: [], forward: [] }, 'a'), 'b');
    const back = steppedBack(trail, 'c');
    expect(back?.to).toBe('b');
    expect(steppedForward(back?.trail ?? trail, 'b')?.to).toBe('c');
    expect(steppedBack({ back: [], forward: [] }, 'a')).toBeNull();
  });

  it('forgets what was ahead when something new is done', () => {
    const back = steppedBack(stepped({ back: [], forward: [] }, 'a'), 'b');
    expect(stepped(back?.trail ?? { back: [], forward: [] }, 'a').forward).toEqual([]);
  });
});
