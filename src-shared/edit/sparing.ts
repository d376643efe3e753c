import type { LaneSetting, Note, Pattern } from '../model';
import type { Edit } from './edit';
import { isOfRow } from './rows';

type IsLocked = (note: Pick<Note, 'role' | 'instrument'>) => boolean;

/** Whether an edit is about all rows alike: other bars or meters, or a whole groove. */
const isOfAllRows = (edit: Edit): boolean =>
  edit.kind === 'all' ? edit.edits.some(isOfAllRows) : edit.kind === 'frame' && edit.frame.bars !== undefined;

/**
 * What is left of `edit` when locked rows stay as they are: none of their hits goes, changes or comes, and their grids and lengths
 * stay. They may be muted, and what changes the bars passes whole.
 */
export function sparing(pattern: Pattern, edit: Edit, isLocked: IsLocked): Edit {
  const locked = new Map(pattern.notes.filter(isLocked).map(note => [note.id, note]));
  const isAllowed = (note: Note): boolean => {
    const now = locked.get(note.id);
    return now ? JSON.stringify({ ...now, muted: note.muted }) === JSON.stringify(note) : !isLocked(note);
  };
  const spare = (one: Edit): Edit => {
    switch (one.kind) {
      case 'put':
        return { kind: 'put', notes: one.notes.filter(isAllowed) };
      case 'remove':
        return { kind: 'remove', ids: one.ids.filter(id => !locked.has(id)) };
      case 'all':
        return { kind: 'all', edits: one.edits.map(spare) };
      case 'frame':
        return one.frame.lanes
          ? {
              kind: 'frame',
              frame: { ...one.frame, lanes: sparedSettings(pattern, one.frame.lanes, isLocked) },
            }
          : one;
    }
  };
  return isOfAllRows(edit) ? edit : spare(edit);
}

/** The new settings of open rows and the former ones of locked rows. */
function sparedSettings({ lanes }: Pattern, next: readonly LaneSetting[], isLocked: IsLocked): LaneSetting[] {
  const open = next.filter(lane => !isLocked(lane));
  const kept = lanes.filter(isLocked);
  const sameOrder = lanes.flatMap(lane => (isLocked(lane) ? [lane] : open.filter(isOfRow(lane))));
  const added = open.filter(lane => !lanes.some(isOfRow(lane)));
  return kept.length === 0 ? open : [...sameOrder, ...added];
}
