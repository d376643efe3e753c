import { type Note, type NoteId, type Pattern, sortedNotes } from '../model';

/** What a pattern is beside its notes. */
export type PatternFrame = Omit<Pattern, 'notes'>;

/** A change to a pattern, as data. Everything the user can do produces these. */
export type Edit =
  | { readonly kind: 'put'; readonly notes: readonly Note[] }
  | { readonly kind: 'remove'; readonly ids: readonly NoteId[] }
  /** Replaces the parts that it names. */
  | { readonly kind: 'frame'; readonly frame: Partial<PatternFrame> }
  | { readonly kind: 'all'; readonly edits: readonly Edit[] };

export const NOTHING: Edit = { kind: 'all', edits: [] };

/** Whether `edit` does nothing as it stands, whatever the pattern. */
export const isNothing = (edit: Edit): boolean =>
  (edit.kind === 'all' && edit.edits.every(isNothing)) ||
  (edit.kind === 'put' && edit.notes.length === 0) ||
  (edit.kind === 'remove' && edit.ids.length === 0) ||
  (edit.kind === 'frame' && Object.keys(edit.frame).length === 0);

export interface Applied {
  readonly pattern: Pattern;
  readonly inverse: Edit;
}

/**
 * Applies `edit` and says how to take it back: `apply(apply(p, e).pattern, inverse).pattern` equals `p`, byte for byte. `put` adds
 * notes or replaces those of the same name; names that `remove` does not find are passed over.
 */
export function apply(pattern: Pattern, edit: Edit): Applied {
  switch (edit.kind) {
    case 'put':
      return put(pattern, edit.notes);
    case 'remove':
      return remove(pattern, edit.ids);
    case 'frame': {
      const keys = Object.keys(edit.frame) as (keyof PatternFrame)[];
      const was = Object.fromEntries(keys.map(key => [key, pattern[key]]));
      return { pattern: { ...pattern, ...edit.frame }, inverse: { kind: 'frame', frame: was } };
    }
    case 'all': {
      const inverses: Edit[] = [];
      let current = pattern;
      for (const each of edit.edits) {
        const applied = apply(current, each);
        current = applied.pattern;
        inverses.push(applied.inverse);
      }
      return { pattern: current, inverse: { kind: 'all', edits: inverses.toReversed() } };
    }
  }
}

function put(pattern: Pattern, notes: readonly Note[]): Applied {
  const incoming = new Map(notes.map(note => [note.id, note]));
  const replaced = pattern.notes.filter(note => incoming.has(note.id));
  const old = new Set(replaced.map(note => note.id));
  const added = [...incoming.keys()].filter(id => !old.has(id));
  const others = pattern.notes.filter(note => !incoming.has(note.id));
  return {
    pattern: { ...pattern, notes: sortedNotes([...others, ...incoming.values()]) },
    inverse: {
      kind: 'all',
      edits: [
        { kind: 'remove', ids: added },
        { kind: 'put', notes: replaced },
      ],
    },
  };
}

function remove(pattern: Pattern, ids: readonly NoteId[]): Applied {
  const gone = new Set(ids);
  return {
    pattern: { ...pattern, notes: pattern.notes.filter(note => !gone.has(note.id)) },
    inverse: { kind: 'put', notes: pattern.notes.filter(note => gone.has(note.id)) },
  };
}

const isSameValue = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The least edit that makes `to` of `from`, byte for byte; it does nothing where they are equal. */
export function editBetween(from: Pattern, to: Pattern): Edit {
  const { notes: fromNotes, ...fromFrame } = from;
  const { notes: toNotes, ...toFrame } = to;
  const keys = (Object.keys(toFrame) as (keyof PatternFrame)[]).filter(
    key => !isSameValue(fromFrame[key], toFrame[key]),
  );
  const was = new Map(fromNotes.map(note => [note.id, note]));
  const stays = new Set(toNotes.map(note => note.id));
  return {
    kind: 'all',
    edits: [
      { kind: 'remove', ids: fromNotes.filter(note => !stays.has(note.id)).map(note => note.id) },
      { kind: 'frame', frame: Object.fromEntries(keys.map(key => [key, toFrame[key]])) },
      { kind: 'put', notes: toNotes.filter(note => !isSameValue(was.get(note.id), note)) },
    ],
  };
}
