import type { Note, Pattern } from '../model';
import type { Edit } from './edit';

type IsLocked = (note: Pick<Note, 'role' | 'instrument'>) => boolean;

const changesFrame = (edit: Edit): boolean =>
  edit.kind === 'frame' || (edit.kind === 'all' && edit.edits.some(changesFrame));

/**
 * What is left of `edit` when the hits of locked rows stay as they are: none of them goes, changes or comes. What changes bars, meter
 * or a whole groove is about every row and passes whole.
 */
export function sparing(pattern: Pattern, edit: Edit, isLocked: IsLocked): Edit {
  const locked = new Set(pattern.notes.filter(isLocked).map(note => note.id));
  const spare = (one: Edit): Edit => {
    switch (one.kind) {
      case 'put':
        return { kind: 'put', notes: one.notes.filter(note => !locked.has(note.id) && !isLocked(note)) };
      case 'remove':
        return { kind: 'remove', ids: one.ids.filter(id => !locked.has(id)) };
      case 'all':
        return { kind: 'all', edits: one.edits.map(spare) };
      case 'frame':
        return one;
    }
  };
  return changesFrame(edit) ? edit : spare(edit);
}
