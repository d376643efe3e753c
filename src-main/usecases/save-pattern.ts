import type { Library } from '#main/library';
import type { HistoryChange, KeptHistory, StoredPattern } from '#shared/protocol';

/** Keeps a pattern and its history together or not at all; answers whether the history is whole. */
export const savePattern = (
  library: Library,
  stored: StoredPattern,
  history: HistoryChange | null,
  now: string,
): Promise<boolean> =>
  library.write(async at => {
    await at.patterns.put(stored, now);
    if (history) return at.histories.change(stored.id, history);
    await at.histories.forget(stored.id);
    return true;
  });

/** What can be taken back of a pattern that is opened again. */
export const patternHistory = (library: Library, patternId: string): Promise<KeptHistory> =>
  library.write(async at => {
    await at.histories.shorten(patternId);
    return at.histories.of(patternId);
  });
