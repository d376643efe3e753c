import { create } from 'zustand';

export interface Notice {
  readonly id: number;
  readonly tone: 'bad' | 'warn' | 'info' | 'ok';
  readonly text: string;
  readonly action?: { readonly name: string; readonly run: () => void } | undefined;
}

interface NoticesState {
  readonly notices: readonly Notice[];
}

export const useNotices = create<NoticesState>(() => ({ notices: [] }));

let lastId = 0;
/** Good news leaves by itself; bad news stays until it is read. */
const GOOD_NEWS_MS = 6000;
const MOST_NOTICES = 4;

export function notify(notice: Omit<Notice, 'id'>): void {
  const id = ++lastId;
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter(other => other.text !== notice.text), { ...notice, id }].slice(-MOST_NOTICES),
  }));
  if (notice.tone === 'ok' || notice.tone === 'info') setTimeout(() => dismissNotice(id), GOOD_NEWS_MS);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter(notice => notice.id !== id) }));
}

/** The sentence of anything that was thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Runs `work`; what goes wrong becomes a message that says what was being done. */
export async function attempt<Value>(doing: string, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    notify({ tone: 'bad', text: `${doing} did not work: ${sentenceOf(error)}` });
    return undefined;
  }
}
