import { compareNotes, type Pattern, PatternSchema, patternTicks } from './pattern';

/** What is wrong with a pattern, each in a sentence; empty for every pattern that an edit leaves. */
export function patternFaults(pattern: Pattern): string[] {
  const faults: string[] = [];
  const parsed = PatternSchema.safeParse(pattern);
  if (!parsed.success)
    faults.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const end = patternTicks(pattern);
  const names = new Set<string>();
  for (const [index, note] of pattern.notes.entries()) {
    if (!Number.isInteger(note.at) || note.at < 0 || note.at >= end)
      faults.push(`note ${note.id} is written at ${note.at}, outside 0 to ${end - 1}`);
    if (!Number.isFinite(note.feel)) faults.push(`note ${note.id} has a feel of ${note.feel}`);
    if (names.has(note.id)) faults.push(`two notes are called ${note.id}`);
    names.add(note.id);
    const next = pattern.notes[index + 1];
    if (next && compareNotes(note, next) >= 0) faults.push(`note ${note.id} is out of order`);
  }
  const rows = pattern.lanes.map(({ role, instrument }) => `${role} ${instrument}`);
  if (new Set(rows).size < rows.length) faults.push('a row has two settings');
  const changes = pattern.tempoChanges.map(({ at }) => at);
  if (changes.some((at, index) => index > 0 && at <= (changes[index - 1] ?? 0)))
    faults.push('the changes of tempo are not ascending');
  return faults;
}
