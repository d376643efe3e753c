import type { HitBook } from '#shared/protocol';
import type { Library } from '#main/library';

/** Answers the book of hits, read anew only when something in it has changed; several who ask at once wait for one reading. */
export function hitBook(library: Library): () => Promise<HitBook> {
  let newest: { readonly version: number; readonly book: Promise<HitBook> } | null = null;
  return async () => {
    const version = await library.hitBook.version();
    if (newest?.version === version) return newest.book;
    const reading = { version, book: library.hitBook.read() };
    newest = reading;
    reading.book.catch(() => {
      if (newest === reading) newest = null;
    });
    return reading.book;
  };
}
