import type { Pattern } from '../model';
import { apply, type Edit, isNothing } from './edit';

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
  if (isNothing(edit)) return history;
  const { pattern, inverse } = apply(history.pattern, edit);
  return { pattern, undo: [...history.undo, { label, edit: inverse }], redo: [] };
}

/**
 * Joins `edit` to the last step when that carries the same label, so that one drag of many moves is one step; else as `commit`.
 */
export function amend(history: History, label: string, edit: Edit): History {
  const last = history.undo.at(-1);
  if (last?.label !== label || history.redo.length > 0) return commit(history, label, edit);
  const { pattern, inverse } = apply(history.pattern, edit);
  const joined: Mark = { label, edit: { kind: 'all', edits: [inverse, last.edit] } };
  return { pattern, undo: [...history.undo.slice(0, -1), joined], redo: [] };
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
