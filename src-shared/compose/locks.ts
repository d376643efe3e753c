import { type Note, noteId, type Pattern, patternTicks, sortedNotes } from '../model';

/**
 * `take` with the notes of locked roles or rows taken from `base`: what generating again must leave alone. Base notes past the
 * take's end are left out; a fresh note whose name a kept one has gets another.
 */
export function keepLocked(base: Pattern, take: Pattern, isLocked: (note: Note) => boolean): Pattern {
  const end = patternTicks(take);
  const kept = base.notes.filter(note => isLocked(note) && note.at < end);
  const names = new Set<string>(kept.map(note => note.id));
  const renamed = (note: Note): Note => {
    let name: string = note.id;
    while (names.has(name)) name += "'";
    names.add(name);
    return { ...note, id: noteId(name) };
  };
  const fresh = take.notes.filter(note => !isLocked(note)).map(renamed);
  return { ...take, notes: sortedNotes([...kept, ...fresh]) };
}
