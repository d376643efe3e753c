import type { BarRange } from '#shared/edit';
import { barAt, barStarts, type Note, type Pattern } from '#shared/model';
import { notesOfLane, useDocument } from '#renderer/state';

/** The hits that are selected. */
export const chosenHits = (pattern: Pattern): readonly Note[] => {
  const { selection } = useDocument.getState();
  return selection.size === 0 ? [] : pattern.notes.filter(note => selection.has(note.id));
};

/** What an action on "the hits" means: the selected ones, else the cursor's whole row. */
export function meantHits(pattern: Pattern): readonly Note[] {
  const chosen = chosenHits(pattern);
  return chosen.length > 0 ? chosen : notesOfLane(pattern, useDocument.getState().cursor.lane);
}

/** What an action on "the bars" means: from the first to the last bar with a selected hit, else the cursor's. */
export function meantBars(
  pattern: Pattern,
  { selection, cursor }: Pick<ReturnType<typeof useDocument.getState>, 'selection' | 'cursor'>,
): BarRange {
  const starts = barStarts(pattern.bars);
  const places = pattern.notes.filter(note => selection.has(note.id)).map(note => note.at);
  const from = Math.min(...(places.length > 0 ? places : [cursor.tick]));
  const to = Math.max(...(places.length > 0 ? places : [cursor.tick]));
  return { from: barAt(starts, from).bar, to: barAt(starts, to).bar + 1 };
}
