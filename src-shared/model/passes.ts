import { ticks } from '../units';
import { noteId, type Pattern, patternTicks, sortedNotes } from './pattern';
import { ledBy, timeOf } from './pattern-time';
import { performedNotes } from './performance';

/**
 * Passes through a pattern, one after the other, as a pattern with nothing left to draw or to unfold. `numbers` are those that chances are
 * drawn by. Notes of the n-th pass have `#n` behind their names, those of the first (0) keep theirs.
 */
export function passesOf(pattern: Pattern, numbers: readonly number[]): Pattern {
  const length = patternTicks(pattern);
  const time = timeOf(pattern);
  // Graces of a pass may stand before its seam, at the tempo that the one before it ends with.
  const led = ledBy(time, 0, time.tempoAt(length - 1));
  return {
    ...pattern,
    bars: numbers.flatMap(() => pattern.bars),
    tempoChanges: numbers.flatMap((_, index) => {
      const changes = pattern.tempoChanges.map(({ at, tempo }) => ({ at: at + index * length, tempo }));
      const isBack = index > 0 && changes.length > 0;
      return isBack ? [{ at: index * length, tempo: pattern.tempo }, ...changes] : changes;
    }),
    lanes: pattern.lanes.map(lane => ({ ...lane, length: null })),
    notes: sortedNotes(
      numbers.flatMap((pass, index) =>
        performedNotes(pattern, pass, index === 0 ? time : led).map(note => ({
          ...note,
          id: index === 0 ? note.id : noteId(`${note.id}#${index}`),
          at: ticks(note.at + index * length),
          probability: 1,
        })),
      ),
    ),
  };
}

/** 0, 1, 2 ...: every pass draws its chances anew. */
export const firstPasses = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, pass) => pass);
