import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { padOf, writtenHit } from '#shared/mix';
import type { Kit, Pad } from '#shared/model';
import { change, redoChange, undoChange, useDocument } from './document';
import { useLibrary } from './library';
import { notify, sentenceOf } from './notices';

/** A kit before or after one gesture. */
interface KitMark {
  readonly label: string;
  readonly kit: Kit;
  /** Whether the open groove took the same step: its hits went over to what their pads now sound. */
  readonly hasGroove: boolean;
}

/** A kit and the way it came about. */
export interface KitState {
  readonly kit: Kit;
  readonly undo: readonly KitMark[];
  readonly redo: readonly KitMark[];
}

interface KitDraftState {
  readonly kit: Kit | null;
  readonly undo: readonly KitMark[];
  readonly redo: readonly KitMark[];
  readonly padId: string | null;
  readonly saved: boolean;
  /** The other of two states that are compared, and which of them is open; null while none are. */
  readonly compared: { readonly other: KitState; readonly side: 'A' | 'B' } | null;
}

const CLOSED: KitDraftState = {
  kit: null,
  undo: [],
  redo: [],
  padId: null,
  saved: true,
  compared: null,
};
export const useKitDraft = create<KitDraftState>(() => CLOSED);

/** Takes a kit to work on; the one that is open stays as it is unless the library has a newer one. */
export function openKit(kit: Kit | null): void {
  const { kit: current, saved, compared } = useKitDraft.getState();
  if (kit && current?.id === kit.id) {
    if (saved && !compared && current !== kit) useKitDraft.setState({ kit });
    return;
  }
  void saveKitNow();
  useKitDraft.setState({ ...CLOSED, kit, padId: kit?.pads[0]?.id ?? null });
}

export const selectPad = (padId: string): void => useKitDraft.setState({ padId });

/** Repeats of one gesture that are closer than this are one step. */
const SAME_GESTURE_MS = 1200;
let joining: { readonly label: string; readonly kit: Kit; readonly time: number } | null = null;

/** What comes next is a step of its own: a hand has let go. */
export const endKitGesture = (): void => {
  joining = null;
};

/**
 * Makes one undo step of a changed kit. A gesture that repeats under the same label (`isGesture`) goes into the step that it began. Where pads
 * sound otherwise than before, the open groove's notes on them go over with the same step.
 */
export function commitKit(label: string, kit: Kit, isGesture = false): void {
  const { kit: before, undo } = useKitDraft.getState();
  if (!before || kit === before) return;
  const isGoingOn =
    isGesture &&
    joining?.label === label &&
    joining.kit === before &&
    performance.now() - joining.time < SAME_GESTURE_MS;
  const hasGroove = followPads(before, kit, label);
  const step = { label, kit: before, hasGroove };
  useKitDraft.setState({ kit, undo: isGoingOn ? undo : [...undo, step], redo: [] });
  joining = isGesture ? { label, kit, time: performance.now() } : null;
  edited();
}

/** One pad otherwise, as one undo step. */
export function editPad(label: string, padId: string, edit: (pad: Pad) => Pad, isGesture = false): void {
  const { kit } = useKitDraft.getState();
  const pad = kit?.pads.find(({ id }) => id === padId);
  if (!kit || !pad) return;
  const edited = edit(pad);
  if (edited === pad) return;
  commitKit(label, { ...kit, pads: kit.pads.map(one => (one.id === padId ? edited : one)) }, isGesture);
}

export const changePad = (label: string, padId: string, changed: Partial<Pad>, isGesture = false): void =>
  editPad(label, padId, pad => ({ ...pad, ...changed }), isGesture);

/** Lets the open groove play what pads now sound, wherever it plays them; false when nothing of it is touched. */
export function followPads(before: Kit, after: Kit, label: string): boolean {
  const { history, kitId } = useDocument.getState();
  if (!history || kitId !== before.id) return false;
  const now = new Map(after.pads.map(pad => [pad.id, pad]));
  const others = new Map(
    before.pads.flatMap(pad => {
      const same = now.get(pad.id);
      return same && writtenHit(same) !== writtenHit(pad) ? [[pad.id, writtenHit(same)] as const] : [];
    }),
  );
  if (others.size === 0) return false;
  const notes = history.pattern.notes.flatMap(note => {
    const padId = padOf(note, before)?.id;
    const hit = padId === undefined ? undefined : others.get(padId);
    return hit === undefined || hit === note.hit ? [] : [{ ...note, hit }];
  });
  if (notes.length === 0) return false;
  change(label, { kind: 'put', notes });
  return true;
}

export function undoKit(): void {
  const { kit, undo, redo } = useKitDraft.getState();
  const last = undo.at(-1);
  if (!kit || !last) return;
  if (last.hasGroove && useDocument.getState().history?.undo.at(-1)?.label === last.label) undoChange();
  useKitDraft.setState({ kit: last.kit, undo: undo.slice(0, -1), redo: [...redo, { ...last, kit }] });
  keepPad();
  edited();
}

export function redoKit(): void {
  const { kit, undo, redo } = useKitDraft.getState();
  const next = redo.at(-1);
  if (!kit || !next) return;
  if (next.hasGroove && useDocument.getState().history?.redo.at(-1)?.label === next.label) redoChange();
  useKitDraft.setState({ kit: next.kit, undo: [...undo, { ...next, kit }], redo: redo.slice(0, -1) });
  keepPad();
  edited();
}

/** A pad that is gone is not the selected one. */
export function keepPad(): void {
  const { kit, padId } = useKitDraft.getState();
  if (!kit?.pads.some(({ id }) => id === padId)) useKitDraft.setState({ padId: kit?.pads[0]?.id ?? null });
}

const SAVE_AFTER_MS = 500;
let saving: ReturnType<typeof setTimeout> | undefined;

/** Saves what was changed, soon. */
export function edited(): void {
  useKitDraft.setState({ saved: false });
  clearTimeout(saving);
  saving = setTimeout(() => void saveKitNow(), SAVE_AFTER_MS);
}

/** Lets the open kit go without saving it: it is no longer in the library. */
export function forgetKit(): void {
  clearTimeout(saving);
  useKitDraft.setState(CLOSED);
}

export async function saveKitNow(): Promise<void> {
  clearTimeout(saving);
  const { kit, saved } = useKitDraft.getState();
  if (!kit || saved) return;
  try {
    await studio.saveKit.mutate(kit);
    if (useKitDraft.getState().kit === kit) useKitDraft.setState({ saved: true });
    useLibrary.setState(({ kits }) => ({ kits: kits.map(other => (other.id === kit.id ? kit : other)) }));
  } catch (error) {
    notify({
      tone: 'bad',
      text: `${kit.name} could not be saved: ${sentenceOf(error)}. It is kept in this window.`,
      action: { name: 'Save again', run: () => void saveKitNow() },
    });
  }
}
