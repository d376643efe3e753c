import { barAt, barStarts, laneLines, lineBefore, type Pattern } from '#shared/model';
import { clamp } from '#shared/units';
import {
  discardTakes,
  generate,
  generateAgain,
  generateBefore,
  keepTake,
  type Lane,
  nextTake,
  notesOfLane,
  select,
  shownPattern,
  switchSides,
  toggleSolo,
  useCommands,
  useDocument,
} from '#renderer/state';
import {
  addVelocity,
  arrangeLayers,
  nudge,
  putHit,
  quantise,
  removeHits,
  snapKeepingFeel,
  toggleGhost,
  toggleMute,
} from './gestures';
import { carryOut, moveCursor, notesOnCell, selectedNotes } from './grid-state';

/** Repeats of a key closer than this are one gesture, and one undo step. */
const SAME_GESTURE_MS = 1200;

let last = { name: '', time: 0 };

function isRepeat(name: string): boolean {
  const time = performance.now();
  const is = last.name === name && time - last.time < SAME_GESTURE_MS;
  last = { name, time };
  return is;
}

/** Everything that can be done to the groove by keys alone. */
export function useGrooveCommands(lanes: readonly Lane[]): void {
  const current = (): Pattern | null => shownPattern(useDocument.getState());
  const cursor = () => useDocument.getState().cursor;
  const row = (): number => lanes.findIndex(lane => lane.key === cursor().lane);
  const lane = (): Lane | undefined => lanes[row()] ?? lanes[0];

  const move = (rows: number, steps: number): void => {
    const pattern = current();
    const here = lane();
    if (!pattern || !here) return;
    const lines = laneLines(pattern, here);
    const step = clamp(lineBefore(lines, cursor().tick) + steps, 0, lines.length - 1);
    moveCursor(pattern, lanes, Math.max(0, row()) + rows, lines[step] ?? 0);
  };
  const toBar = (bars: number, edge: 'first' | 'last'): void => {
    const pattern = current();
    if (!pattern) return;
    const starts = barStarts(pattern.bars);
    const { bar } = barAt(starts, cursor().tick);
    const wanted = Math.min(pattern.bars.length - 1, Math.max(0, bar + bars));
    const tick = edge === 'first' ? (starts[wanted] ?? 0) : (starts[wanted + 1] ?? 0) - 1;
    moveCursor(pattern, lanes, Math.max(0, row()), tick);
  };
  const nudgeBy = (milliseconds: number) => (): void => {
    const pattern = current();
    const notes = selectedNotes();
    if (!pattern || notes.length === 0) return;
    carryOut(
      nudge(pattern, notes, milliseconds, lanes),
      isRepeat(`nudge ${notes.map(note => note.id).join()}`),
    );
  };
  const louderBy = (amount: number) => (): void => {
    const notes = selectedNotes();
    if (notes.length === 0) return;
    carryOut(addVelocity(notes, amount, lanes), isRepeat(`velocity ${notes.map(note => note.id).join()}`));
  };
  /** What an action on "the hits" means: the selected ones, else the whole row. */
  const meant = (pattern: Pattern) => {
    const notes = selectedNotes();
    return notes.length > 0 ? notes : notesOfLane(pattern, cursor().lane);
  };
  const toggleHit = (): void => {
    const pattern = current();
    const here = lane();
    if (!pattern || !here) return;
    const { tick } = cursor();
    const held = notesOnCell(pattern, here, tick);
    carryOut(held.length > 0 ? removeHits(held, lanes) : putHit(pattern, here, tick));
    const after = current();
    if (after) select(notesOnCell(after, here, tick).map(note => note.id));
  };

  useCommands({
    'cell-left': () => move(0, -1),
    'cell-right': () => move(0, 1),
    'cell-up': () => move(-1, 0),
    'cell-down': () => move(1, 0),
    'cell-left-5': () => move(0, -5),
    'cell-right-5': () => move(0, 5),
    'bar-first': () => toBar(0, 'first'),
    'bar-last': () => toBar(0, 'last'),
    'bar-previous': () => toBar(-1, 'first'),
    'bar-next': () => toBar(1, 'first'),
    'toggle-hit': toggleHit,
    'delete-hits': () => {
      const notes = selectedNotes();
      if (notes.length > 0) carryOut(removeHits(notes, lanes));
    },
    'nudge-earlier': nudgeBy(-1),
    'nudge-later': nudgeBy(1),
    'nudge-earlier-5': nudgeBy(-5),
    'nudge-later-5': nudgeBy(5),
    louder: louderBy(1),
    softer: louderBy(-1),
    'louder-5': louderBy(5),
    'softer-5': louderBy(-5),
    ghost: () => {
      const notes = selectedNotes();
      if (notes.length > 0) carryOut(toggleGhost(notes, lanes));
    },
    quantise: () => {
      const pattern = current();
      if (pattern) carryOut(quantise(pattern, meant(pattern), lanes));
    },
    snap: () => {
      const pattern = current();
      if (pattern) carryOut(snapKeepingFeel(pattern, meant(pattern), lanes));
    },
    'select-row': () => {
      const pattern = current();
      if (pattern) select(notesOfLane(pattern, cursor().lane).map(note => note.id));
    },
    'mute-row': () => {
      const pattern = current();
      const here = lane();
      if (pattern && here) carryOut(toggleMute(pattern, here));
    },
    'solo-row': () => {
      const here = lane();
      if (here) toggleSolo(here.key);
    },
    arrange: () => {
      const pattern = current();
      if (pattern) carryOut(arrangeLayers(pattern));
    },
    generate: () => void generate(),
    dice: generateAgain,
    undice: generateBefore,
    'take-next': () => nextTake(1),
    'take-previous': () => nextTake(-1),
    'switch-sides': switchSides,
    'keep-take': keepTake,
    'discard-takes': discardTakes,
  });
}
