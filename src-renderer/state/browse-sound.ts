import { auditionSound, prepareSounds } from '#renderer/playback';
import { useBrowse } from './browse';
import { hitsOf } from './browse-hits';
import { useHitBook } from './hit-book';
import { attempt } from './notices';

/** How far down and up the list sounds are fetched before they are asked for. */
const REACH = 8;

/** Lets a row of the book sound at once. */
export function soundRow(row: number): void {
  const audio = useHitBook.getState().book?.audio[row];
  if (audio !== undefined) void attempt('Auditioning', () => auditionSound(audio));
}

export function soundCurrent(): void {
  const { currentId } = useBrowse.getState();
  const row = useHitBook.getState().rowOf.get(currentId ?? '');
  if (row !== undefined) soundRow(row);
}

/** Fetches rows that may be wanted next: what they sound like, and what a pad would take of them. */
export function prepareRows(rows: ArrayLike<number>): void {
  const { book } = useHitBook.getState();
  if (!book) return;
  const wanted = Array.from(rows);
  prepareSounds(wanted.flatMap(row => book.audio[row] ?? []));
  // What cannot be read now is asked for again when it is chosen.
  hitsOf(wanted.flatMap(row => book.ids[row] ?? [])).catch(() => undefined);
}

/** The same for what lies around a place in the list. */
export const prepareAround = (place: number): void =>
  prepareRows(useBrowse.getState().shown.rows.subarray(Math.max(0, place - REACH), place + REACH + 1));
