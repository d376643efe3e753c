import { studio } from '#renderer/bridge';
import { type History, historyDifference, historyOfText } from '#shared/edit';
import type { StoredPattern } from '#shared/protocol';
import { clearJournal, journal, patternHash } from './journal';

/** The open pattern and its history as the studio has them. */
let kept: { readonly patternId: string; readonly history: History; readonly hash: number } | null = null;

const keptOf = (patternId: string) => (kept?.patternId === patternId ? kept : null);

/** What can be taken back of a pattern that is being opened; null when it cannot be read any more. */
export async function readHistory(stored: StoredPattern): Promise<History | null> {
  const texts = await studio.patternHistory.query({ patternId: stored.id });
  const history = historyOfText(stored.pattern, texts);
  if (!history.ok) return null;
  kept = { patternId: stored.id, history: history.value, hash: patternHash(stored) };
  return history.value;
}

/** Notes in the window's journal what `keepPattern` is about to give the studio. */
export function noteUnsaved(
  now: () => { readonly stored: StoredPattern; readonly history: History } | null,
): void {
  journal(() => {
    const unsaved = now();
    if (!unsaved) return null;
    const before = keptOf(unsaved.stored.id);
    return {
      stored: unsaved.stored,
      change: historyDifference(before?.history ?? null, unsaved.history),
      base: before?.hash ?? null,
    };
  });
}

/** Keeps the pattern with what became of its history; all of that when the studio has lost the steps it builds on. */
export async function keepPattern(stored: StoredPattern, history: History): Promise<void> {
  const before = keptOf(stored.id)?.history ?? null;
  const isWhole = await studio.savePattern.mutate({ stored, history: historyDifference(before, history) });
  if (!isWhole) await studio.savePattern.mutate({ stored, history: historyDifference(null, history) });
  kept = { patternId: stored.id, history, hash: patternHash(stored) };
  clearJournal(stored.id);
}
