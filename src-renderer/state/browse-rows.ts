import {
  compareText,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Instrument,
  ROLE_NAMES,
  ROLES_IN_ORDER,
  type Role,
} from '#shared/model';
import type { HitBook } from '#shared/protocol';

/** How long hits are, by the length of their slices. */
export const LENGTHS = ['short', 'medium', 'long'] as const;
export type Length = (typeof LENGTHS)[number];
/** Slices below the first are short, from the second on long; seconds. */
export const LENGTH_BOUNDS = [0.15, 0.5] as const;

export const lengthOf = (seconds: number): Length =>
  seconds < LENGTH_BOUNDS[0] ? 'short' : seconds < LENGTH_BOUNDS[1] ? 'medium' : 'long';

/** Which rows of the book are wanted; empty sets take all. */
export interface RowFilter {
  readonly roles: ReadonlySet<Role>;
  readonly instruments: ReadonlySet<Instrument>;
  readonly placeIds: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly lengths: ReadonlySet<Length>;
  readonly favourites: boolean;
}

export const NO_FILTER: RowFilter = {
  roles: new Set(),
  instruments: new Set(),
  placeIds: new Set(),
  tags: new Set(),
  lengths: new Set(),
  favourites: false,
};

export const SORTS = ['match', 'name', 'what', 'sure', 'length', 'bright', 'loud', 'place'] as const;
export type SortBy = (typeof SORTS)[number];
export interface RowSort {
  /** null: best match first in a search, else as the library has them. */
  readonly by: SortBy | null;
  readonly descending: boolean;
}

/** How well every row answers what was asked for, NaN where it does not. */
export interface Ranking {
  /** 0..1. */
  readonly match: Float32Array;
  /** 1: its name, place or tags have the words; such rows are shown although they do not match. */
  readonly named: Uint8Array | null;
}

export interface Shown {
  /** Rows of the book, in order. */
  readonly rows: Uint32Array;
  /** How many there would be of each role (`ROLES_IN_ORDER`), if roles were not filtered. */
  readonly roleCounts: readonly number[];
}

/** 1 for each index of `names` that is in `wanted`, the last place for what nobody judged; null takes all. */
function wantedIndexes<Name>(names: readonly Name[], wanted: ReadonlySet<Name>): Uint8Array | null {
  if (wanted.size === 0) return null;
  const table = new Uint8Array(256);
  for (const [index, name] of names.entries()) if (wanted.has(name)) table[index] = 1;
  return table;
}

/** The rows that pass the filter and the ranking, in the book's order, and how many of each role there are. */
function passingRows(book: HitBook, filter: RowFilter, ranking: Ranking | null): Shown {
  const size = book.ids.length;
  const { role, instrument, place, seconds, favourite } = book;
  const roles = wantedIndexes(ROLES_IN_ORDER, filter.roles);
  const instruments = wantedIndexes(INSTRUMENTS, filter.instruments);
  const places =
    filter.placeIds.size === 0
      ? null
      : Uint8Array.from(book.places, ({ id }) => (filter.placeIds.has(id) ? 1 : 0));
  const [short, long] = LENGTH_BOUNDS;
  const lengths = wantedIndexes(LENGTHS, filter.lengths);
  const rows = new Uint32Array(size);
  const roleCounts = ROLES_IN_ORDER.map(() => 0);
  let count = 0;
  for (let row = 0; row < size; row++) {
    if (filter.favourites && !favourite[row]) continue;
    if (instruments && !instruments[instrument[row]!]) continue;
    if (places && places[place[row]!] !== 1) continue;
    if (lengths && !lengths[seconds[row]! < short ? 0 : seconds[row]! < long ? 1 : 2]) continue;
    if (ranking && Number.isNaN(ranking.match[row]!) && ranking.named?.[row] !== 1) continue;
    if (filter.tags.size > 0 && !book.tags[book.ids[row]!]?.some(tag => filter.tags.has(tag))) continue;
    const at = role[row]!;
    if (at < roleCounts.length) roleCounts[at]!++;
    if (roles && !roles[at]) continue;
    rows[count++] = row;
  }
  return { rows: rows.subarray(0, count), roleCounts };
}

const nameRanks = new WeakMap<readonly string[], Uint32Array>();

/** The place of each row among all names. */
function ranksOfNames(book: HitBook): Uint32Array {
  const known = nameRanks.get(book.names);
  if (known) return known;
  const order = Uint32Array.from(book.names, (_, row) => row).sort(
    (a, b) => compareText(book.names[a]!, book.names[b]!) || a - b,
  );
  const ranks = new Uint32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank;
  nameRanks.set(book.names, ranks);
  return ranks;
}

/** What rows are sorted by, ascending; the best match has the highest. */
function sortKeys(book: HitBook, by: SortBy, ranking: Ranking | null): ArrayLike<number> {
  switch (by) {
    case 'match':
      return ranking?.match ?? new Float32Array(book.ids.length);
    case 'name':
      return ranksOfNames(book);
    case 'what':
      return Uint32Array.from(book.instrument, (at, row) => at * 256 + book.role[row]!);
    case 'sure':
      return book.instrumentSure;
    case 'length':
      return book.seconds;
    case 'bright':
      return book.brightness;
    case 'loud':
      return book.loudness;
    case 'place':
      return book.place;
  }
}

/** What is shown of the book; rows that are equal keep the book's order, those without a value come last. */
export function shownRows(
  book: HitBook,
  filter: RowFilter,
  ranking: Ranking | null,
  { by, descending }: RowSort,
): Shown {
  const shown = passingRows(book, filter, ranking);
  const sortBy = by ?? (ranking ? 'match' : null);
  if (sortBy === null) return shown;
  const keys = sortKeys(book, sortBy, ranking);
  const sign = by === null || descending ? -1 : 1;
  // Sorted as numbers, with the row behind: comparing functions are slow on 50,000 rows.
  const { rows } = shown;
  const packed = new Float64Array(rows.length);
  const size = book.ids.length;
  const ranks = rankedKeys(keys, rows, sign);
  for (let index = 0; index < rows.length; index++) packed[index] = ranks[index]! * size + rows[index]!;
  packed.sort();
  return { ...shown, rows: Uint32Array.from(packed, value => value % size) };
}

/** Keys of rows as whole numbers in the wanted order: 16,777,216 steps from the least to the greatest. */
function rankedKeys(keys: ArrayLike<number>, rows: Uint32Array, sign: number): Float64Array {
  const STEPS = 2 ** 24;
  let least = Infinity;
  let most = -Infinity;
  for (let index = 0; index < rows.length; index++) {
    const key = keys[rows[index]!]!;
    if (!Number.isFinite(key)) continue;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const span = most > least ? most - least : 1;
  return Float64Array.from(rows, row => {
    const key = keys[row]!;
    if (!Number.isFinite(key)) return STEPS + 1;
    const step = Math.round(((key - least) / span) * STEPS);
    return sign > 0 ? step : STEPS - step;
  });
}

const hays = new WeakMap<HitBook, string[]>();

/** Everything that a row can be found by in words, in small letters. */
function wordsOfRows(book: HitBook): string[] {
  const known = hays.get(book);
  if (known) return known;
  const places = book.places.map(({ name }) => name.toLowerCase());
  const instruments = INSTRUMENTS.map(name => INSTRUMENT_FACTS[name].name.toLowerCase());
  const roles = ROLES_IN_ORDER.map(name => ROLE_NAMES[name].toLowerCase());
  const made = book.names.map((name, row) => {
    const tags = book.tags[book.ids[row]!];
    const what = `${instruments[book.instrument[row]!] ?? ''} ${roles[book.role[row]!] ?? ''}`;
    return `${name.toLowerCase()} ${what} ${places[book.place[row]!] ?? ''} ${tags?.join(' ') ?? ''}`;
  });
  hays.set(book, made);
  return made;
}

/** Rows whose name, place, instrument, role or tags have every word of `text`: 1 where they do. */
export function namedRows(book: HitBook, text: string): Uint8Array {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  return Uint8Array.from(wordsOfRows(book), hay => (words.every(word => hay.includes(word)) ? 1 : 0));
}

/** The next row from `from` on whose name begins with `text`, going round; -1 when there is none. */
export function rowByName(book: HitBook, rows: Uint32Array, from: number, text: string): number {
  const wanted = text.toLowerCase();
  for (let step = 0; step < rows.length; step++) {
    const at = (from + step) % rows.length;
    if (book.names[rows[at]!]!.toLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}
