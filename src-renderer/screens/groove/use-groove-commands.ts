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
  select,
  shownPattern,
  switchSides,
  toggleLock,
  toggleSolo,
  useCommands,
  useDocument,
} from '#renderer/state';
import { arrangeLayers, putHit, removeHits } from './gestures';
import { carryOut, moveCursor, notesOnCell } from './grid-state';
import { openGrooveDialog } from './groove-dialogs';
import { toggleMute } from './row-gestures';
import { useEditCommands } from './use-edit-commands';

/** Everything that can be done to the groove by keys alone. */
export function useGrooveCommands(lanes: readonly Lane[]): void {
  useEditCommands(lanes);
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
    'mute-row': () => {
      const pattern = current();
      const here = lane();
      if (pattern && here) carryOut(toggleMute(pattern, here));
    },
    'solo-row': () => {
      const here = lane();
      if (here) toggleSolo(here.key);
    },
    'lock-row': () => {
      const here = lane();
      if (here) toggleLock(here.key);
    },
    'row-settings': () => {
      const here = lane();
      if (here) openGrooveDialog({ kind: 'row', lane: here.key });
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
