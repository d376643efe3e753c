import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { padOf } from '#shared/mix';
import type { Hit, HitId, Kit, Pad } from '#shared/model';
import { change, redoChange, undoChange, useDocument } from './document';
import { addKitHits, useLibrary } from './library';
import { notify, sentenceOf } from './notices';

/** A kit before or after one gesture. */
interface KitMark {
  readonly label: string;
  readonly kit: Kit;
  /** Whether the open groove took the same step: its hits went over to the pad's new one. */
  readonly hasGroove: boolean;
}

interface KitDraftState {
  readonly kit: Kit | null;
  readonly undo: readonly KitMark[];
  readonly redo: readonly KitMark[];
  readonly padId: string | null;
  readonly saved: boolean;
}

const CLOSED: KitDraftState = { kit: null, undo: [], redo: [], padId: null, saved: true };
export const useKitDraft = create<KitDraftState>(() => CLOSED);

/** Takes a kit to work on; the one that is open stays as it is unless the library has a newer one. */
export function openKit(kit: Kit | null): void {
  const { kit: current, saved } = useKitDraft.getState();
  if (kit && current?.id === kit.id) {
    if (saved && current !== kit) useKitDraft.setState({ kit });
    return;
  }
  void saveKitNow();
  useKitDraft.setState({ ...CLOSED, kit, padId: kit?.pads[0]?.id ?? null });
}

export const selectPad = (padId: string): void => useKitDraft.setState({ padId });

function changeKit(label: string, kit: Kit, hasGroove = false): void {
  useKitDraft.setState(state => ({
    kit,
    undo: state.kit ? [...state.undo, { label, kit: state.kit, hasGroove }] : state.undo,
    redo: [],
  }));
  edited();
}

export function changePad(label: string, padId: string, changed: Partial<Pad>): void {
  const { kit } = useKitDraft.getState();
  if (!kit) return;
  changeKit(label, { ...kit, pads: kit.pads.map(pad => (pad.id === padId ? { ...pad, ...changed } : pad)) });
}

/** Lets `hit` sound on a pad; the hits it had stay behind it, to go back to. */
export function sendToPad(hit: Hit, pad: Pad, hitName: string): void {
  const { kit } = useKitDraft.getState();
  if (!kit) return;
  if (pad.locked) {
    notify({ tone: 'warn', text: `${pad.name} is locked. Unlock it to swap its hit.` });
    return;
  }
  addKitHits(kit.id, [hit]);
  const at = pad.hits.indexOf(hit.id);
  const changed = at >= 0 ? { ...pad, chosen: at } : { ...pad, hits: [hit.id, ...pad.hits], chosen: 0 };
  const label = `Send ${hitName} to ${pad.name}`;
  const hasGroove = playOnPad(kit, pad, hit.id, label);
  changeKit(label, { ...kit, pads: kit.pads.map(one => (one.id === pad.id ? changed : one)) }, hasGroove);
}

/** Lets the open groove play `hit` wherever it plays the pad; false when it plays another kit or not that pad. */
function playOnPad(kit: Kit, pad: Pad, hit: HitId, label: string): boolean {
  const { history, kitId } = useDocument.getState();
  const notes = history && kitId === kit.id ? history.pattern.notes : [];
  const played = notes.filter(note => note.hit !== hit && padOf(note, kit)?.id === pad.id);
  if (played.length === 0) return false;
  change(label, { kind: 'put', notes: played.map(note => ({ ...note, hit })) });
  return true;
}

export function undoKit(): void {
  const { kit, undo, redo } = useKitDraft.getState();
  const last = undo.at(-1);
  if (!kit || !last) return;
  if (last.hasGroove && useDocument.getState().history?.undo.at(-1)?.label === last.label) undoChange();
  useKitDraft.setState({ kit: last.kit, undo: undo.slice(0, -1), redo: [...redo, { ...last, kit }] });
  edited();
}

export function redoKit(): void {
  const { kit, undo, redo } = useKitDraft.getState();
  const next = redo.at(-1);
  if (!kit || !next) return;
  if (next.hasGroove && useDocument.getState().history?.redo.at(-1)?.label === next.label) redoChange();
  useKitDraft.setState({ kit: next.kit, undo: [...undo, { ...next, kit }], redo: redo.slice(0, -1) });
  edited();
}

const SAVE_AFTER_MS = 500;
let saving: ReturnType<typeof setTimeout> | undefined;

function edited(): void {
  useKitDraft.setState({ saved: false });
  clearTimeout(saving);
  saving = setTimeout(() => void saveKitNow(), SAVE_AFTER_MS);
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
