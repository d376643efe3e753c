import type { Pattern } from '../model';
import { apply, type Edit, editBetween, isNothing } from './edit';

/** One gesture of the user, as it reads in the menu: "Move snare by 7 ms". */
export interface Mark {
  readonly label: string;
  /** Takes the gesture back (undo list) or makes it again (redo list). */
  readonly edit: Edit;
}

/** A pattern and the ways back and forth; immutable. */
export interface History {
  readonly pattern: Pattern;
  /** The last gesture last. */
  readonly undo: readonly Mark[];
  /** The next gesture last. */
  readonly redo: readonly Mark[];
}

export const historyOf = (pattern: Pattern): History => ({ pattern, undo: [], redo: [] });

/** Makes one undo step of `edit`; what had been undone is forgotten. An edit that does nothing leaves no mark. */
export function commit(history: History, label: string, edit: Edit): History {
  const { pattern } = apply(history.pattern, edit);
  return marked(pattern, history.pattern, label, history.undo) ?? history;
}

/**
 * Joins `edit` to the last step when that carries the same label, so that one drag of many moves is one step; else as `commit`. The
 * joined step may get another label (`as`). One that has come back to where it began is none.
 */
export function amend(history: History, label: string, edit: Edit, as = label): History {
  const last = history.undo.at(-1);
  if (last?.label !== label || history.redo.length > 0) return commit(history, as, edit);
  const { pattern } = apply(history.pattern, edit);
  const before = apply(history.pattern, last.edit).pattern;
  const undo = history.undo.slice(0, -1);
  return marked(pattern, before, as, undo) ?? { pattern: before, undo, redo: [] };
}

/** `pattern` as one step from `before`; null when it is none. */
function marked(pattern: Pattern, before: Pattern, label: string, undo: readonly Mark[]): History | null {
  const edit = editBetween(pattern, before);
  return isNothing(edit) ? null : { pattern, undo: [...undo, { label, edit }], redo: [] };
}

/** The state before the last gesture; the same history when there is none. */
export function undo(history: History): History {
  const last = history.undo.at(-1);
  if (!last) return history;
  const { pattern, inverse } = apply(history.pattern, last.edit);
  return {
    pattern,
    undo: history.undo.slice(0, -1),
    redo: [...history.redo, { label: last.label, edit: inverse }],
  };
}

/** The state after the gesture that was undone last; the same history when there is none. */
export function redo(history: History): History {
  const next = history.redo.at(-1);
  if (!next) return history;
  const { pattern, inverse } = apply(history.pattern, next.edit);
  return {
    pattern,
    undo: [...history.undo, { label: next.label, edit: inverse }],
    redo: history.redo.slice(0, -1),
  };
}
