import { extentOf } from '#shared/base';
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
  const { least, most } = extentOf(places) ?? { least: cursor.tick, most: cursor.tick };
  return { from: barAt(starts, least).bar, to: barAt(starts, most).bar + 1 };
}
