import type { SearchRequest } from '../protocol';
import { BestRows, RowsBelow, sortByCost } from './best-rows';
import type { SearchableBook } from './book';
import { addLikeness, type Scales, scalesOf } from './likeness';
import type { SoundIndex } from './sound-index';
import { addTextCosts } from './text-match';
import { readText } from './words';

/** What is searched: a book, the sounds' vectors, and at which slot of the index each row's is (negative: not heard yet). */
export interface SoundLibrary {
  readonly book: SearchableBook;
  readonly index: SoundIndex;
  readonly slots: Int32Array;
  readonly scales: Scales;
}

export function openSoundLibrary(book: SearchableBook, index: SoundIndex, slots: Int32Array): SoundLibrary {
  return { book, index, slots, scales: scalesOf(book, index, slots) };
}

/** A search with what the ear makes of its text; null without an ear or without a text. */
export interface Search {
  readonly request: SearchRequest;
  readonly text: Float32Array | null;
}

export interface Found {
  /** Best first; of equal ones the earlier row of the book. */
  readonly rows: Int32Array;
  /** 1 less the cost, 0..1. */
  readonly match: Float32Array;
}

/** Beyond what is wanted this many, and this share more, go from the quick pass to the exact one. */
const MORE = 54;
const MORE_SHARE = 0.25;
/** Nobody looks at the order past these by the thousandth: there the quick pass has the last word. */
const MOST_EXACT = 2048;
/** What costs this much is no nearer than a hit drawn by lot, and answers nothing. */
const UNRELATED = 1;

/** The rows that fit best. With both a text and a hit to be like, each is half of it; with neither, all that the filters let through. */
export function searchSounds(library: SoundLibrary, { request, text }: Search): Found {
  const { book, index, slots } = library;
  const passing = book.passing(request);
  const like = request.like === null ? null : book.rowOf(request.like);
  if (request.like !== null && like === null) return NOTHING;
  const rows = like === null ? passing : passing.filter(row => row !== like);
  const isAsked = request.text !== null && request.text.trim() !== '';
  if (!isAsked && like === null) {
    const first = rows.slice(0, request.limit);
    return { rows: first, match: new Float32Array(first.length).fill(1) };
  }
  const costs = new Float32Array(book.count);
  const query = new Float32Array(index.size);
  if (like !== null) {
    const share = isAsked ? 0.5 : 1;
    const factor = addLikeness(book, slots, library.scales, like, request.aspects, rows, costs, share);
    const from = slots[like]! * index.size;
    if (factor > 0) for (let at = 0; at < index.size; at++) query[at]! += factor * index.vectors[from + at]!;
  }
  if (isAsked) {
    const wish = readText(request.text ?? '');
    const share = like === null ? 1 : 0.5;
    const aimed = addTextCosts(book, index, slots, wish, text, rows, costs, share);
    if (aimed) for (let at = 0; at < index.size; at++) query[at]! += aimed[at]!;
  }
  return best(library, rows, costs, query, request.limit);
}

const NOTHING: Found = { rows: new Int32Array(0), match: new Float32Array(0) };

function best(
  { index, slots }: SoundLibrary,
  rows: Int32Array,
  costs: Float32Array,
  query: Float32Array,
  limit: number,
): Found {
  const isHeard = query.some(value => value !== 0);
  const most = Math.ceil(Math.min(limit, MOST_EXACT) * (1 + MORE_SHARE)) + MORE;
  const isLong = limit > MOST_EXACT;
  const quick = isLong ? new RowsBelow(UNRELATED, rows.length) : new BestRows(Math.min(most, rows.length));
  if (isHeard) index.scan(index.aim(query), rows, rows.length, slots, costs, quick);
  else for (let at = 0; at < rows.length; at++) quick.offer(costs[rows[at]!]!, rows[at]!);
  const found = quick.sorted();
  const first = found.rows.subarray(0, most);
  const exact = Float32Array.from(first, row => {
    const slot = slots[row]!;
    return costs[row]! - (isHeard && slot >= 0 ? index.exact(query, slot) : 0);
  });
  const sorted = sortByCost(first, exact);
  found.rows.set(sorted.rows);
  found.costs.set(sorted.costs);
  const last = sorted.costs.at(-1) ?? 0;
  let count = Math.min(limit, found.rows.length);
  while (count > 0 && found.costs[count - 1]! >= UNRELATED) count--;
  return {
    rows: found.rows.slice(0, count),
    // Behind the exact ones none is shown to be better than they are.
    match: found.costs
      .slice(0, count)
      .map((cost, at) => Math.min(1, Math.max(0, 1 - (at < first.length ? cost : Math.max(last, cost))))),
  };
}
