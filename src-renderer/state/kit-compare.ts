import { create } from 'zustand';
import { COMMON_TIME, type Kit, type Note, noteId, type Pattern, PLAIN_MIX, STRAIGHT } from '#shared/model';
import { PPQ, ticks } from '#shared/units';
import { useDocument } from './document';
import { edited, endKitGesture, followPads, keepPad, useKitDraft } from './kit-draft';
import { matchedDecibels } from './loudness';

/** What makes side B as loud as side A. */
export const useKitMatch = create<{ readonly decibels: number }>(() => ({ decibels: 0 }));

/** What the open side is raised by, so that only its sound is judged. */
export const comparedDecibels = (): number =>
  useKitDraft.getState().compared?.side === 'B' ? useKitMatch.getState().decibels : 0;

/** Begins to compare: the kit as it stands is A, and what is done from now on is B. */
export function compareKits(): void {
  const { kit, undo, redo, compared } = useKitDraft.getState();
  if (!kit || compared) return;
  endKitGesture();
  useKitMatch.setState({ decibels: 0 });
  useKitDraft.setState({ compared: { other: { kit, undo, redo }, side: 'B' } });
}

/** Hears and edits the other of the two states; each keeps its own steps to undo. */
export function switchKitSides(): void {
  const { kit, undo, redo, compared } = useKitDraft.getState();
  if (!kit) return;
  if (!compared) {
    compareKits();
    return;
  }
  const { other, side } = compared;
  endKitGesture();
  followPads(kit, other.kit, `Side ${side === 'A' ? 'B' : 'A'} of the kit`);
  useKitDraft.setState({
    ...other,
    compared: { other: { kit, undo, redo }, side: side === 'A' ? 'B' : 'A' },
  });
  keepPad();
  edited();
}

/** The side that is heard is the kit, and the other one is put away. */
export function keepKitSide(): void {
  if (useKitDraft.getState().compared) useKitDraft.setState({ compared: null });
}

/** Measures the difference again when a side changes; returns the undo. */
export function followKitMatch(): () => void {
  let asked = 0;
  const measure = async (): Promise<void> => {
    const { kit, compared } = useKitDraft.getState();
    if (!kit || !compared) return;
    const turn = ++asked;
    const [a, b] = compared.side === 'A' ? [kit, compared.other.kit] : [compared.other.kit, kit];
    const pattern = playedOn(kit);
    const decibels = await matchedDecibels({ pattern, kit: a }, { pattern, kit: b }).catch(() => 0);
    if (turn === asked) useKitMatch.setState({ decibels });
  };
  let soon: ReturnType<typeof setTimeout> | undefined;
  return useKitDraft.subscribe((now, before) => {
    if (!now.compared || (now.kit === before.kit && now.compared === before.compared)) return;
    clearTimeout(soon);
    soon = setTimeout(() => void measure(), MEASURE_AFTER_MS);
  });
}

const MEASURE_AFTER_MS = 150;

/** The groove by which kits are weighed: the open one, each note choosing its hit by its pad, or a stroke on every pad. */
function playedOn(kit: Kit): Pattern {
  const { history, kitId } = useDocument.getState();
  if (history && kitId === kit.id) {
    const { pattern } = history;
    return { ...pattern, notes: pattern.notes.map(note => ({ ...note, hit: null })) };
  }
  const notes = kit.pads.map(
    ({ role, instrument }, index): Note => ({
      id: noteId(`weigh-${index}`),
      role,
      instrument,
      articulation: null,
      at: ticks(index * PPQ),
      feel: 0,
      velocity: 0.8,
      length: ticks(PPQ / 4),
      hit: null,
      ornament: 'none',
      probability: 1,
      ratchet: 1,
      muted: false,
      source: 'editor',
    }),
  );
  const bars = Array.from({ length: Math.max(1, Math.ceil(notes.length / 4)) }, () => COMMON_TIME);
  return { tempo: 120, tempoChanges: [], bars, lanes: [], mix: PLAIN_MIX, swing: STRAIGHT, notes };
}
