import type { DatasetSampleEntry, DatasetSamplePage } from '#shared/protocol';

/** Entries that are asked for at a time. */
export const PAGE_SIZE = 200;
/** Pages kept: enough for fast scrolling, and no more than that of an index of 100 000. */
const KEPT_PAGES = 40;

/** The part of a filtered index that is here, by page. */
export interface Pages {
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly DatasetSampleEntry[]>;
}

export const NO_PAGES: Pages = { total: 0, pages: new Map() };

export const pageOf = (index: number): number => Math.floor(index / PAGE_SIZE);

export const entryAt = ({ pages }: Pages, index: number): DatasetSampleEntry | undefined =>
  pages.get(pageOf(index))?.[index % PAGE_SIZE];

/** With one page more; the one that was taken in first gives way. */
export function withPage(pages: Pages, page: number, answer: DatasetSamplePage): Pages {
  const next = new Map(pages.pages);
  next.delete(page);
  next.set(page, answer.samples);
  for (const oldest of next.keys()) {
    if (next.size <= KEPT_PAGES) break;
    next.delete(oldest);
  }
  return { total: answer.total, pages: next };
}

/** Whether `page` must be asked for: it is not here, or it was short when the index was shorter than it is now. */
export function isMissing({ pages, total }: Pages, page: number): boolean {
  const entries = pages.get(page);
  if (!entries) return true;
  const whole = Math.max(0, Math.min(PAGE_SIZE, total - page * PAGE_SIZE));
  return entries.length < whole;
}
