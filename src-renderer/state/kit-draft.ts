import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import type { Hit, Kit, Pad } from '#shared/model';
import { addKitHits, useLibrary } from './library';
import { notify, sentenceOf } from './notices';

/** A kit before or after one gesture. */
interface KitMark {
  readonly label: string;
  readonly kit: Kit;
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

function changeKit(label: string, kit: Kit): void {
  useKitDraft.setState(state => ({
    kit,
    undo: state.kit ? [...state.undo, { label, kit: state.kit }] : state.undo,
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
  const changed = at >= 0 ? { chosen: at } : { hits: [hit.id, ...pad.hits], chosen: 0 };
  changePad(`Send ${hitName} to ${pad.name}`, pad.id, changed);
}

export function undoKit(): void {
  useKitDraft.setState(({ kit, undo, redo }) => {
    const last = undo.at(-1);
    if (!kit || !last) return {};
    return { kit: last.kit, undo: undo.slice(0, -1), redo: [...redo, { label: last.label, kit }] };
  });
  edited();
}

export function redoKit(): void {
  useKitDraft.setState(({ kit, undo, redo }) => {
    const next = redo.at(-1);
    if (!kit || !next) return {};
    return { kit: next.kit, undo: [...undo, { label: next.label, kit }], redo: redo.slice(0, -1) };
  });
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
