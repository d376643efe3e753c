import { z } from 'zod';
import { studio } from '#renderer/bridge';
import { hashText } from '#shared/base';
import {
  type HistoryChange,
  HistoryChangeSchema,
  type StoredPattern,
  StoredPatternSchema,
} from '#shared/protocol';
import { notify } from './notices';

const PREFIX = 'backbeat.unsaved.';
/** Edits follow each other faster than this while something is dragged. */
const WRITE_AFTER_MS = 150;
const WRITE_AT_LATEST_MS = 400;

interface JournalEntry {
  readonly stored: StoredPattern;
  readonly change: HistoryChange;
  /** Hash of the pattern that these edits began with, as the studio had it; null when it had none. */
  readonly base: number | null;
}

const EntrySchema: z.ZodType<JournalEntry> = z.object({
  stored: StoredPatternSchema,
  change: HistoryChangeSchema,
  base: z.number().nullable(),
});

export const patternHash = (stored: StoredPattern): number => hashText(JSON.stringify(stored.pattern));

let writing: ReturnType<typeof setTimeout> | undefined;

/** Notes what the studio has not got yet, so that it outlives this window. */
export function journal(unsaved: () => JournalEntry | null): void {
  clearTimeout(writing);
  writing = setTimeout(() => {
    // Written where it delays no picture, but soon all the same.
    requestIdleCallback(() => write(unsaved()), { timeout: WRITE_AT_LATEST_MS });
  }, WRITE_AFTER_MS);
}

function write(entry: JournalEntry | null): void {
  if (!entry) return;
  const key = `${PREFIX}${entry.stored.id}`;
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // A pattern too large for the journal is saved half a second later all the same.
    localStorage.removeItem(key);
  }
}

export function clearJournal(patternId: string): void {
  clearTimeout(writing);
  localStorage.removeItem(`${PREFIX}${patternId}`);
}

/** Gives the studio what a window that ended too early had noted. A pattern that was changed elsewhere since is left, and the edits kept beside it. */
export async function recoverJournal(): Promise<void> {
  const keys = Object.keys(localStorage).filter(key => key.startsWith(PREFIX));
  if (keys.length === 0) return;
  const patterns = await studio.patterns.query();
  for (const key of keys) {
    const entry = read(key);
    if (entry) await recover(entry, patterns);
    localStorage.removeItem(key);
  }
}

function read(key: string): JournalEntry | null {
  try {
    const parsed = EntrySchema.safeParse(JSON.parse(localStorage.getItem(key) ?? ''));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function recover(
  { stored, change, base }: JournalEntry,
  patterns: readonly StoredPattern[],
): Promise<void> {
  const there = patterns.find(({ id }) => id === stored.id);
  if (there && patternHash(there) === patternHash(stored)) return;
  const isSame = there ? patternHash(there) === base : base === null;
  const saved = isSame
    ? stored
    : { ...stored, id: crypto.randomUUID(), name: `${stored.name.slice(0, 100)} (recovered)` };
  const isWhole = await studio.savePattern.mutate({ stored: saved, history: isSame ? change : null });
  if (!isWhole) await studio.savePattern.mutate({ stored: saved, history: null });
  notify({
    tone: 'info',
    text: isSame
      ? `Edits of ${stored.name} that were not saved when the window ended are back.`
      : `Edits of ${stored.name} that were not saved are kept as ${saved.name}: it was changed elsewhere since.`,
  });
}
