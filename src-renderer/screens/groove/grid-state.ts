import { useMemo } from 'react';
import { layerOf } from '#shared/compose';
import { type Kit, laneLines, lineBefore, type Note, type NoteId, type Pattern } from '#shared/model';
import {
  canSound,
  change,
  type Lane,
  laneKey,
  lanesOf,
  select,
  shownPattern,
  useDocument,
  useDocumentKit,
  useKitDraft,
  useShownPattern,
} from '#renderer/state';
import type { Gesture } from './gestures';

/** The rows of the open pattern, by the kit as it is edited. */
export function useLanes(): readonly Lane[] {
  const pattern = useShownPattern();
  const kit = useKit();
  return useMemo(() => lanesOf(kit, pattern ?? undefined), [kit, pattern]);
}

/** The kit under the open pattern, with the changes that are not stored yet. */
function useKit(): Kit | undefined {
  const stored = useDocumentKit();
  const draft = useKitDraft(state => state.kit);
  return draft && draft.id === stored?.id ? draft : stored;
}

/** Which notes do not sound: muted, outside the chosen layer, beside a soloed row, or without a hit in the kit. */
export function useIsSilent(): (note: Note) => boolean {
  const layer = useDocument(state => state.layer);
  const soloed = useDocument(state => state.soloed);
  const pattern = useShownPattern();
  const kit = useKit();
  return useMemo(() => {
    const inLayer = new Set(pattern ? layerOf(pattern, layer).notes.map(note => note.id) : []);
    return note =>
      note.muted ||
      !inLayer.has(note.id) ||
      (soloed.size > 0 && !soloed.has(laneKey(note))) ||
      (kit !== undefined && !canSound(note, kit));
  }, [layer, soloed, pattern, kit]);
}

/** Carries a gesture out; `join` puts a repeated one into the undo step that it began. */
export function carryOut(gesture: Gesture | null, join = false): void {
  if (gesture) change(gesture.label, gesture.edit, join);
}

export const selectedNotes = (): readonly Note[] => {
  const state = useDocument.getState();
  return shownPattern(state)?.notes.filter(note => state.selection.has(note.id)) ?? [];
};

/** Puts the cursor on the step of a row that holds `tick`, kept inside the grid, and selects what is there. */
export function moveCursor(pattern: Pattern, lanes: readonly Lane[], row: number, tick: number): void {
  const lane = lanes[Math.min(lanes.length - 1, Math.max(0, row))];
  if (!lane) return;
  const lines = laneLines(pattern, lane);
  const to = lines[lineBefore(lines, tick)] ?? 0;
  useDocument.setState({ cursor: { lane: lane.key, tick: to } });
  select(notesOnCell(pattern, lane, to).map(note => note.id));
}

/** The hits of a row that are written within its step that holds `tick`. */
export function notesOnCell(pattern: Pattern, lane: Lane, tick: number): readonly Note[] {
  const lines = laneLines(pattern, lane);
  const step = lineBefore(lines, tick);
  const [from, to] = [lines[step] ?? 0, lines[step + 1] ?? Infinity];
  return pattern.notes.filter(note => laneKey(note) === lane.key && note.at >= from && note.at < to);
}

export const addToSelection = (id: NoteId): void => {
  const { selection } = useDocument.getState();
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  select(next);
};
