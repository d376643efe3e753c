import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import type { HitBook } from '#shared/protocol';
import { sentenceOf } from './notices';

interface HitBookState {
  readonly status: 'unread' | 'reading' | 'ready' | 'failed';
  /** Every hit of the library in columns; what was read last while a newer one is on its way. */
  readonly book: HitBook | null;
  /** Row of each id. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** Why it could not be read. */
  readonly reason: string | null;
}

export const useHitBook = create<HitBookState>(() => ({
  status: 'unread',
  book: null,
  rowOf: new Map(),
  reason: null,
}));

let turn = 0;

/** Reads the book; what was read before stays in sight until then. */
export async function readHitBook(): Promise<void> {
  const own = ++turn;
  if (!useHitBook.getState().book) useHitBook.setState({ status: 'reading', reason: null });
  try {
    const book = await studio.hitBook.query();
    if (own === turn) takeBook(book);
  } catch (error) {
    if (own === turn) useHitBook.setState({ status: 'failed', reason: sentenceOf(error) });
  }
}

export function takeBook(book: HitBook): void {
  const before = useHitBook.getState();
  const hasSameRows = before.book !== null && sameIds(before.book.ids, book.ids);
  useHitBook.setState({
    status: 'ready',
    reason: null,
    book,
    rowOf: hasSameRows ? before.rowOf : new Map(book.ids.map((id, row) => [id, row])),
  });
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((id, row) => id === b[row]));

/** Reads again soon after something changed that the book tells of: many changes in a row are one. */
const READ_AFTER_MS = 250;
let waiting: ReturnType<typeof setTimeout> | undefined;

export function bookHasChanged(): void {
  if (useHitBook.getState().status === 'unread') return;
  clearTimeout(waiting);
  waiting = setTimeout(() => void readHitBook(), READ_AFTER_MS);
}

/** How many hits have a place on the map. */
export function placedCount(book: HitBook): number {
  let count = 0;
  for (const x of book.x) if (!Number.isNaN(x)) count++;
  return count;
}
