import { type Note, ROLES } from '../model';

/** Voices that may start on one step. */
export const VOICES_A_STEP = 3;

/** Keeps at most three notes at each written position, by priority CORE > ACCENT > FILL > MOTION > TEXTURE. */
export function limitVoices(notes: readonly Note[]): Note[] {
  const counts = new Map<number, number>();
  const byPriority = [...notes].sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  const kept = new Set(
    byPriority.filter(note => {
      const count = counts.get(note.at) ?? 0;
      counts.set(note.at, count + 1);
      return count < VOICES_A_STEP;
    }),
  );
  return notes.filter(note => kept.has(note));
}
