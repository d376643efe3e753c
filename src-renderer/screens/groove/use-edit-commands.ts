import { alikePlaced, clipOf, grown, inRange, inverted, shrunk } from '#shared/edit';
import { laneLines, lineBefore, type Note, type NoteId, type Pattern } from '#shared/model';
import {
  isJoining,
  isOnLane,
  type Lane,
  notify,
  select,
  shownPattern,
  useClipboard,
  useCommands,
  useDocument,
  useView,
} from '#renderer/state';
import { count } from '#renderer/ui';
import { deleteBars, duplicateBars, insertBar } from './bar-gestures';
import { pasteGroove, pasteHits } from './clip-gestures';
import * as gesture from './gestures';
import { carryOut } from './grid-state';
import { openGrooveDialog } from './groove-dialogs';
import { chosenHits, meantBars, meantHits } from './meaning';

const current = (): Pattern | null => shownPattern(useDocument.getState());

/** How far a repeated nudge has come in all, which its label says. */
let nudged = { gesture: '', sum: 0 };

/** Where a range began that has no end yet. */
let rangeFrom: { readonly lane: string; readonly tick: number } | null = null;

/** What is done to hits by keys: how they are struck, where they stand, which are selected, and the clipboard. */
export function useEditCommands(lanes: readonly Lane[]): void {
  const cursor = () => useDocument.getState().cursor;
  const lane = (): Lane | undefined => lanes.find(one => one.key === cursor().lane) ?? lanes[0];

  /** A gesture on the selected hits; repeats of one that `joins` are one step. */
  const onChosen =
    (make: (pattern: Pattern, notes: readonly Note[]) => gesture.Gesture | null, joins = '') =>
    (): void => {
      const pattern = current();
      if (!pattern) return;
      const notes = chosenHits(pattern);
      const made = notes.length > 0 ? make(pattern, notes) : null;
      carryOut(made, joins === '' ? false : `${joins} ${notes.map(note => note.id).join()}`);
    };
  const nudgeBy = (milliseconds: number) =>
    onChosen((pattern, notes) => {
      const name = `nudge ${notes.map(note => note.id).join()}`;
      const sum = (nudged.gesture === name && isJoining(name) ? nudged.sum : 0) + milliseconds;
      nudged = { gesture: name, sum };
      return gesture.nudge(pattern, notes, milliseconds, lanes, sum);
    }, 'nudge');
  const louderBy = (amount: number) =>
    onChosen((_, notes) => gesture.addVelocity(notes, amount, lanes), 'velocity');
  const likelierBy = (percent: number) =>
    onChosen(
      (_, notes) => gesture.setChances(notes, note => Math.round(note.probability * 100) + percent, lanes),
      'chance',
    );
  const ratchetBy = (strokes: number) =>
    onChosen((_, notes) => gesture.setRatchet(notes, note => note.ratchet + strokes, lanes), 'ratchet');
  const ornament = (which: Note['ornament']) =>
    onChosen((_, notes) => gesture.toggleOrnament(notes, which, lanes));
  const moveBy = (steps: number, rows: number) =>
    onChosen(
      (pattern, notes) => {
        const made =
          rows === 0
            ? gesture.moveBySteps(pattern, notes, steps, lanes)
            : gesture.moveHits(pattern, notes, 0, rows, lanes);
        return made;
      },
      `move ${rows === 0 ? 'steps' : 'rows'}`,
    );
  /** The cursor goes with the hits that keys move, so that what is under it stays what is selected. */
  const followed = (move: () => void) => (): void => {
    const before = current();
    move();
    const after = current();
    if (!after || after === before) return;
    const [first] = chosenHits(after);
    const row = first && lanes.find(one => isOnLane(first, one.key));
    if (!first || !row) return;
    const lines = laneLines(after, row);
    useDocument.setState({ cursor: { lane: row.key, tick: lines[lineBefore(lines, first.at)] ?? 0 } });
  };

  const choose =
    (which: (pattern: Pattern, chosen: ReadonlySet<NoteId>) => ReadonlySet<NoteId>) => (): void => {
      const pattern = current();
      if (pattern) select(which(pattern, useDocument.getState().selection));
    };
  const copy = (): boolean => {
    const pattern = current();
    const clip = pattern && clipOf(pattern, chosenHits(pattern));
    if (clip) useClipboard.setState({ clip });
    return clip !== null;
  };
  const paste = (kind: 'hits' | 'places') => (): void => {
    const pattern = current();
    const { clip } = useClipboard.getState();
    if (!pattern || !clip) return;
    const there = new Set(pattern.notes.map(note => note.id));
    carryOut(pasteHits(pattern, clip, cursor().tick, lane(), kind));
    select(current()?.notes.flatMap(({ id }) => (there.has(id) ? [] : [id])) ?? []);
  };
  const onBars =
    (make: (pattern: Pattern, range: ReturnType<typeof meantBars>) => gesture.Gesture | null) => (): void => {
      const pattern = current();
      if (pattern) carryOut(make(pattern, meantBars(pattern, useDocument.getState())));
    };

  useCommands({
    'nudge-earlier': nudgeBy(-1),
    'nudge-later': nudgeBy(1),
    'nudge-earlier-5': nudgeBy(-5),
    'nudge-later-5': nudgeBy(5),
    'move-left': followed(moveBy(-1, 0)),
    'move-right': followed(moveBy(1, 0)),
    'move-up': followed(moveBy(0, -1)),
    'move-down': followed(moveBy(0, 1)),
    louder: louderBy(1),
    softer: louderBy(-1),
    'louder-5': louderBy(5),
    'softer-5': louderBy(-5),
    velocities: () => openGrooveDialog({ kind: 'velocities' }),
    ghost: onChosen((_, notes) => gesture.toggleGhost(notes, lanes)),
    flam: ornament('flam'),
    drag: ornament('drag'),
    ruff: ornament('ruff'),
    likelier: likelierBy(10),
    unlikelier: likelierBy(-10),
    'ratchet-more': ratchetBy(1),
    'ratchet-fewer': ratchetBy(-1),
    quantise: () => {
      const pattern = current();
      const { quantisePercent } = useView.getState();
      if (pattern) carryOut(gesture.quantise(pattern, meantHits(pattern), lanes, quantisePercent));
    },
    snap: () => {
      const pattern = current();
      if (pattern) carryOut(gesture.snapKeepingFeel(pattern, meantHits(pattern), lanes));
    },
    'delete-hits': onChosen((_, notes) => gesture.removeHits(notes, lanes)),

    'select-row': choose(pattern => idsOf(pattern.notes.filter(note => isOnLane(note, cursor().lane)))),
    'select-all': choose(pattern => idsOf(pattern.notes)),
    'select-none': () => {
      rangeFrom = null;
      select([]);
    },
    'select-by': () => openGrooveDialog({ kind: 'select' }),
    'select-range': () => {
      const pattern = current();
      const here = cursor();
      if (!pattern) return;
      if (!rangeFrom) {
        rangeFrom = here;
        notify({ tone: 'info', text: 'The range begins here. Press A again where it ends.' });
        return;
      }
      select(hitsBetween(pattern, lanes, rangeFrom, here));
      rangeFrom = null;
    },
    'select-step': choose((pattern, chosen) => alikePlaced(pattern, chosen, 'step')),
    'select-beat': choose((pattern, chosen) => alikePlaced(pattern, chosen, 'beat')),
    'select-invert': choose((pattern, chosen) => inverted(pattern.notes, chosen)),
    'select-grow': choose(grown),
    'select-shrink': choose(shrunk),

    copy: () => {
      if (copy())
        notify({
          tone: 'info',
          text: `${count(useClipboard.getState().clip?.notes.length ?? 0, 'hit')} copied.`,
        });
    },
    cut: () => {
      if (copy()) onChosen((_, notes) => gesture.removeHits(notes, lanes))();
    },
    paste: paste('hits'),
    'paste-places': paste('places'),
    'paste-groove': () => {
      const pattern = current();
      const { clip } = useClipboard.getState();
      if (!pattern || !clip) return;
      const chosen = chosenHits(pattern);
      carryOut(pasteGroove(pattern, clip, chosen.length > 0 ? chosen : pattern.notes, lanes));
    },

    'bar-settings': () => {
      const pattern = current();
      if (pattern) openGrooveDialog({ kind: 'bars', range: meantBars(pattern, useDocument.getState()) });
    },
    'duplicate-bar': onBars(duplicateBars),
    'insert-bar': onBars((pattern, range) => insertBar(pattern, range, 'before')),
    'insert-bar-after': onBars((pattern, range) => insertBar(pattern, range, 'after')),
    'delete-bar': onBars(deleteBars),
  });
}

const idsOf = (notes: readonly Note[]): ReadonlySet<NoteId> => new Set(notes.map(note => note.id));

/** The hits between two cells of the grid, both cells among them. */
function hitsBetween(
  pattern: Pattern,
  lanes: readonly Lane[],
  a: { readonly lane: string; readonly tick: number },
  b: { readonly lane: string; readonly tick: number },
): ReadonlySet<NoteId> {
  const rows = [a, b].map(({ lane }) => lanes.findIndex(one => one.key === lane));
  const within = lanes.slice(Math.min(...rows), Math.max(...rows) + 1);
  const [first, last] = a.tick <= b.tick ? [a, b] : [b, a];
  const lastLane = lanes.find(one => one.key === last.lane);
  const lines = lastLane ? laneLines(pattern, lastLane) : [];
  const end = lines[lineBefore(lines, last.tick) + 1] ?? Infinity;
  const parts = within.flatMap(({ role, instruments }) =>
    instruments.map(instrument => ({ role, instrument })),
  );
  return inRange(pattern, first.tick, end, parts);
}
