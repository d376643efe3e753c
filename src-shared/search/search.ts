import type { SearchRequest } from '../protocol';
import { BestRows, RowsBelow } from './best-rows';
import { addLikeness, type Scales, scalesOf } from './likeness';
import { addTextCosts, type TextGround } from './text-match';
import { readText } from './words';

/** What is searched, and how far its sounds lie apart. */
export interface SoundLibrary extends TextGround {
  readonly scales: Scales;
}

export const openSoundLibrary = (ground: TextGround): SoundLibrary => ({
  ...ground,
  scales: scalesOf(ground.book, ground.index, ground.slots),
});

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

/** What costs this much is no nearer than a hit drawn by lot, and answers nothing. */
const UNRELATED = 1;
/** A heap of more than one row in so many is slower than to sort all. */
const MANY = 20;

/** The rows that fit best. With both a text and a hit to be like, each is half of it; with neither, all that the filters let through. */
export function searchSounds(library: SoundLibrary, { request, text }: Search): Found {
  const { book, index, slots } = library;
  const passing = book.passing(request);
  const like = request.like === null ? null : book.rowOf(request.like);
  if (request.like !== null && like === null) return NOTHING;
  const rows = like === null ? passing : without(passing, like);
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
    const aimed = addTextCosts(library, wish, text, rows, costs, share);
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
  const isLong = limit >= rows.length / MANY;
  const kept = isLong ? new RowsBelow(UNRELATED, rows.length) : new BestRows(limit);
  if (query.every(value => value === 0))
    for (let at = 0; at < rows.length; at++) kept.offer(costs[rows[at]!]!, rows[at]!);
  else if (isLong) index.scanAll(query, rows, slots, costs, kept);
  else index.scan(index.aim(query), rows, rows.length, slots, costs, kept);
  const found = kept.sorted();
  let count = Math.min(limit, found.rows.length);
  while (count > 0 && found.costs[count - 1]! >= UNRELATED) count--;
  return {
    rows: found.rows.slice(0, count),
    match: found.costs.slice(0, count).map(cost => Math.min(1, Math.max(0, 1 - cost))),
  };
}

function without(rows: Int32Array, one: number): Int32Array {
  const at = rows.indexOf(one);
  if (at < 0) return rows;
  const others = new Int32Array(rows.length - 1);
  others.set(rows.subarray(0, at));
  others.set(rows.subarray(at + 1), at);
  return others;
}
