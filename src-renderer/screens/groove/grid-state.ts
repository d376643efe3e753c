import { useMemo, useState } from 'react';
import { LAYER_ROLES } from '#shared/compose';
import {
  type Kit,
  laneLines,
  laneSetting,
  lineBefore,
  type Note,
  type NoteId,
  type Pattern,
  patternTicks,
} from '#shared/model';
import {
  canSound,
  change,
  isSoloed,
  type Lane,
  laneKey,
  lanesOf,
  notesOfLane,
  roleLanes,
  select,
  useDocument,
  useDocumentKit,
  useKitDraft,
  useShownPattern,
  useView,
} from '#renderer/state';
import type { Gesture } from './gestures';

/** The rows of the open pattern, by the kit as it is edited. The same list as long as its rows stay as they are. */
export function useLanes(): readonly Lane[] {
  const pattern = useShownPattern();
  const kit = useKit();
  const by = useView(state => state.rows);
  const lanes = useMemo(() => {
    const each = lanesOf(kit, pattern ?? undefined);
    return by === 'roles' ? roleLanes(each) : each;
  }, [kit, pattern, by]);
  return useKept(lanes, isSameRows);
}

/** The value that was here before as long as the new one says the same. */
function useKept<Value>(value: Value, isSame: (a: Value, b: Value) => boolean): Value {
  const [kept, setKept] = useState(value);
  if (kept === value || isSame(kept, value)) return kept;
  setKept(value);
  return value;
}

const isSameRows = (a: readonly Lane[], b: readonly Lane[]): boolean =>
  a.length === b.length && a.every((lane, row) => isSameRow(lane, b[row]));

const isSameRow = (a: Lane, b: Lane | undefined): boolean =>
  a.key === b?.key &&
  a.name === b.name &&
  a.spokenName === b.spokenName &&
  a.note === b.note &&
  a.pad === b.pad &&
  a.instruments.join() === b.instruments.join();

/** The kit under the open pattern, with the changes that are not stored yet. */
function useKit(): Kit | undefined {
  const stored = useDocumentKit();
  const draft = useKitDraft(state => state.kit);
  return draft && draft.id === stored?.id ? draft : stored;
}

/**
 * Which notes do not sound: muted, outside the chosen layer, beside a soloed row, or without a hit in the kit. The same answers are the
 * same function, whatever else is edited.
 */
export function useIsSilent(): (note: Note) => boolean {
  const layer = useDocument(state => state.layer);
  const soloed = useDocument(state => state.soloed);
  const kit = useKit();
  return useMemo(() => {
    const roles = new Set(LAYER_ROLES[layer]);
    const known = new Map<string, boolean>();
    const hasSound = (note: Note): boolean => {
      if (!kit) return true;
      const key = `${laneKey(note)} ${note.hit ?? ''}`;
      const sounds = known.get(key) ?? canSound(note, kit);
      known.set(key, sounds);
      return sounds;
    };
    return note => note.muted || !roles.has(note.role) || !isSoloed(note, soloed) || !hasSound(note);
  }, [layer, soloed, kit]);
}

/** Carries a gesture out; `join` puts a repeated one, of that name or of that label, into the undo step that it began. */
export function carryOut(gesture: Gesture | null, join: boolean | string = false): void {
  if (gesture) change(gesture.label, gesture.edit, join);
}

/** Puts the cursor on the step of a row that holds `tick`, kept inside the grid, and selects what is there. */
export function moveCursor(pattern: Pattern, lanes: readonly Lane[], row: number, tick: number): void {
  const lane = lanes[Math.min(lanes.length - 1, Math.max(0, row))];
  if (!lane) return;
  const lines = laneLines(pattern, lane);
  const to = lines[lineBefore(lines, tick)] ?? 0;
  useDocument.setState({ cursor: { lane: lane.key, tick: to } });
  select(notesOnCell(pattern, lane, to).map(note => note.id));
}

/** The hits of a row that stand within its step that holds `tick`, be it where they are written or where the row comes round to them. */
export function notesOnCell(pattern: Pattern, lane: Lane, tick: number): readonly Note[] {
  const lines = laneLines(pattern, lane);
  const step = lineBefore(lines, tick);
  const [from, to] = [lines[step] ?? 0, lines[step + 1] ?? patternTicks(pattern)];
  return notesOfLane(pattern, lane.key).filter(note => {
    const { length } = laneSetting(pattern, note);
    const times =
      length === null || note.at >= length ? 0 : Math.max(0, Math.ceil((from - note.at) / length));
    const at = note.at + times * (length ?? 0);
    return at >= from && at < to;
  });
}

export const addToSelection = (id: NoteId): void => {
  const { selection } = useDocument.getState();
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  select(next);
};
