import { INSTRUMENTS, ROLES_IN_ORDER } from '../model';
import type { HitBook, SearchRequest } from '../protocol';

/** The numbers of a sound that can be asked for by themselves; columns of the book. */
export const MEASURES = ['brightness', 'length', 'pitch', 'loudness'] as const;
export type Measure = (typeof MEASURES)[number];

/** Shorter decays than this sound as one. */
const SHORTEST_SECONDS = 0.005;

export type Filters = Pick<SearchRequest, 'roles' | 'instruments' | 'placeIds' | 'favourites' | 'tags'>;

/** A book of hits made ready to be searched: tags as bits, names folded, measures on scales that sound even. */
export class SearchableBook {
  readonly book: HitBook;
  readonly #rowOfId: ReadonlyMap<string, number>;
  readonly #tags: readonly string[];
  readonly #tagWords: number;
  readonly #tagBits: Uint32Array;
  readonly #columns: Readonly<Record<Measure, Float32Array>>;
  #folded: readonly string[] | null = null;

  constructor(book: HitBook) {
    this.book = book;
    this.#columns = {
      brightness: book.brightness,
      length: book.decaySeconds.map(seconds => Math.log2(Math.max(SHORTEST_SECONDS, seconds))),
      pitch: book.pitch,
      loudness: book.loudness,
    };
    this.#rowOfId = new Map(book.ids.map((id, row) => [id, row]));
    this.#tags = [...new Set(Object.values(book.tags).flat())];
    this.#tagWords = Math.ceil(this.#tags.length / 32);
    this.#tagBits = new Uint32Array(this.#tagWords * book.ids.length);
    const number = new Map(this.#tags.map((tag, at) => [tag, at]));
    for (const [id, tags] of Object.entries(book.tags)) {
      const row = this.#rowOfId.get(id);
      if (row === undefined) continue;
      for (const tag of tags) {
        const bit = number.get(tag) ?? 0;
        this.#tagBits[row * this.#tagWords + (bit >>> 5)]! |= 1 << (bit & 31);
      }
    }
  }

  get count(): number {
    return this.book.ids.length;
  }

  /** Of each row, on the scale on which equal steps sound equal: octaves, octaves of length, octaves, dB. NaN where a sound has none. */
  column(measure: Measure): Float32Array {
    return this.#columns[measure];
  }

  rowOf(id: string): number | null {
    return this.#rowOfId.get(id) ?? null;
  }

  /** The rows that all filters let through, ascending. */
  passing({ roles, instruments, placeIds, favourites, tags }: Filters): Int32Array {
    const { book } = this;
    const roleBits = bitsOf(roles, ROLES_IN_ORDER);
    const instrumentBits = bitsOf(instruments, INSTRUMENTS);
    const wantedPlaces = new Set(placeIds);
    const places = Uint8Array.from(book.places, place =>
      wantedPlaces.size === 0 || wantedPlaces.has(place.id) ? 1 : 0,
    );
    const isOfAnyPlace = wantedPlaces.size === 0;
    const wantedTags = this.#wantedTags(tags);
    if (!wantedTags) return new Int32Array(0);
    const rows = new Int32Array(this.count);
    let count = 0;
    for (let row = 0; row < rows.length; row++) {
      if (roleBits !== 0 && !hasBit(roleBits, book.role[row]!)) continue;
      if (instrumentBits !== 0 && !hasBit(instrumentBits, book.instrument[row]!)) continue;
      if (!isOfAnyPlace && places[book.place[row]!] !== 1) continue;
      if (favourites && book.favourite[row] !== 1) continue;
      if (tags.length > 0 && !this.#hasTags(row, wantedTags)) continue;
      rows[count++] = row;
    }
    return rows.subarray(0, count);
  }

  /** Names as they are compared: lower case, without accents. */
  foldedNames(): readonly string[] {
    this.#folded ??= this.book.names.map(fold);
    return this.#folded;
  }

  /** null: a tag that nobody has given. */
  #wantedTags(tags: readonly string[]): Uint32Array | null {
    const wanted = new Uint32Array(this.#tagWords);
    for (const tag of tags) {
      const bit = this.#tags.indexOf(tag);
      if (bit < 0) return null;
      wanted[bit >>> 5]! |= 1 << (bit & 31);
    }
    return wanted;
  }

  #hasTags(row: number, wanted: Uint32Array): boolean {
    for (let word = 0; word < wanted.length; word++) {
      const bits = wanted[word]!;
      if ((this.#tagBits[row * this.#tagWords + word]! & bits) >>> 0 !== bits) return false;
    }
    return true;
  }
}

export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const bitsOf = <Name>(wanted: readonly Name[], names: readonly Name[]): number =>
  wanted.reduce((bits, name) => bits | (1 << names.indexOf(name)), 0);

/** Bytes past 31 stand for "nobody judged". */
const hasBit = (bits: number, at: number): boolean => at < 32 && ((bits >>> at) & 1) === 1;
