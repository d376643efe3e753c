import { create } from 'zustand';
import {
  amend,
  apply,
  commit,
  type Edit,
  type History,
  historyOf,
  isNothing,
  type Mark,
  redo,
  replacement,
  sparing,
  undo,
} from '#shared/edit';
import type { NoteId, Pattern } from '#shared/model';
import type { Layer, StoredPattern } from '#shared/protocol';
import { keepPattern, noteUnsaved, readHistory } from './kept-history';
import { useLibrary } from './library';
import { isLocked, unlockAll } from './locks';
import { notify, sentenceOf } from './notices';

type Saved = 'saved' | 'edited' | 'failed';

/** A take that is heard and seen in place of the pattern, but is no part of it yet. */
export interface Audition {
  readonly pattern: Pattern;
  /** How keeping it is called. */
  readonly label: string;
  /** What makes it as loud as the pattern. */
  readonly gainDecibels: number;
}

/** The pattern that is open: its history, and what is selected in it. */
interface DocumentState {
  readonly id: string | null;
  readonly name: string;
  readonly kitId: string;
  readonly trackId: string | null;
  readonly history: History | null;
  /** The pattern as a gesture that is not over yet would leave it. */
  readonly preview: Pattern | null;
  readonly audition: Audition | null;
  readonly selection: ReadonlySet<NoteId>;
  /** The cell of the grid that keys act on: a lane's key and where a step of that lane is written, in ticks. */
  readonly cursor: { readonly lane: string; readonly tick: number };
  readonly layer: Layer;
  readonly soloed: ReadonlySet<string>;
  readonly saved: Saved;
}

const NO_NOTES: ReadonlySet<NoteId> = new Set();

const CLOSED: DocumentState = {
  id: null,
  name: '',
  kitId: '',
  trackId: null,
  history: null,
  preview: null,
  audition: null,
  selection: NO_NOTES,
  cursor: { lane: '', tick: 0 },
  layer: 'full',
  soloed: new Set(),
  saved: 'saved',
};

export const useDocument = create<DocumentState>(() => CLOSED);

/** The pattern as it stands, a running gesture included. */
export const shownPattern = (state: DocumentState): Pattern | null =>
  state.preview ?? state.audition?.pattern ?? state.history?.pattern ?? null;
export const useShownPattern = (): Pattern | null => useDocument(shownPattern);

const leaving = new Set<() => void>();

/** Calls `listener` before another pattern takes the open one's place, for what is still to become part of it; returns the undo. */
export function onLeavingDocument(listener: () => void): () => void {
  leaving.add(listener);
  return () => {
    leaving.delete(listener);
  };
}

export function openDocument(stored: StoredPattern): void {
  const current = useDocument.getState();
  if (current.id === stored.id) return;
  for (const listener of leaving) listener();
  void saveNow();
  unlockAll();
  useDocument.setState({
    ...CLOSED,
    layer: current.layer,
    id: stored.id,
    name: stored.name,
    kitId: stored.kitId,
    trackId: stored.trackId,
    history: historyOf(stored.pattern),
  });
  void restoreHistory(stored);
}

/** Puts what was done before the pattern was opened under what has been done since. */
async function restoreHistory(stored: StoredPattern): Promise<void> {
  const former = await readHistory(stored).catch(() => null);
  const { id, history } = useDocument.getState();
  if (!former || !history || id !== stored.id) return;
  const isUntouched = history.pattern === stored.pattern;
  useDocument.setState({
    history: {
      pattern: history.pattern,
      undo: [...former.undo, ...history.undo],
      redo: isUntouched ? former.redo : history.redo,
    },
  });
}

/** Opens a pattern that no one has stored yet, and stores it. */
export function beginDocument(stored: StoredPattern): void {
  openDocument(stored);
  edited();
}

export function closeDocument(): void {
  for (const listener of leaving) listener();
  void saveNow();
  useDocument.setState(CLOSED);
}

/** The history as an edit finds it: what is edited is what is seen, so a take that is heard is kept first. */
function keptHistory(): History | null {
  const { history, audition } = useDocument.getState();
  if (!history || !audition) return history;
  return commit(history, audition.label, replacement(history.pattern, audition.pattern));
}

/** Makes the take that is heard the pattern, as one undo step. */
export function keepAudition(): void {
  const history = keptHistory();
  if (!history || !useDocument.getState().audition) return;
  useDocument.setState({ history, audition: null, preview: null });
  forgetGoneNotes();
  edited();
}

/** Lets a take be heard and seen in place of the pattern, or the pattern again. */
export function setAudition(audition: Audition | null): void {
  useDocument.setState({ audition, preview: null });
  forgetGoneNotes();
}

/** The step that a repeated gesture is joining, and what that is. */
let joining: { readonly step: Mark | undefined; readonly gesture: string; readonly time: number } | null =
  null;
/** Repeats that are closer than this are one gesture. */
const SAME_GESTURE_MS = 1200;

/** Whether a change that joins `gesture` now would go into the step that it began. */
export const isJoining = (gesture: string): boolean =>
  joining?.gesture === gesture &&
  joining.step === useDocument.getState().history?.undo.at(-1) &&
  performance.now() - joining.time < SAME_GESTURE_MS;

/** What comes next is a gesture of its own: a hand has taken hold. */
export const endGesture = (): void => {
  joining = null;
};

/**
 * Makes one undo step of `edit`, which leaves locked rows alone. A gesture that repeats goes into the step that it began: `join` says
 * which one it is, true that its label does.
 */
export function change(label: string, edit: Edit, join: boolean | string = false): void {
  const history = keptHistory();
  if (!history) return;
  const gesture = typeof join === 'string' ? join : label;
  const last = history.undo.at(-1);
  const isGoingOn = join !== false && isJoining(gesture);
  const allowed = sparing(history.pattern, edit, isLocked);
  const next = isGoingOn
    ? amend(history, last?.label ?? label, allowed, label)
    : commit(history, label, allowed);
  joining = join === false ? null : { step: next.undo.at(-1), gesture, time: performance.now() };
  if (next === useDocument.getState().history) {
    if (!isNothing(edit) && isNothing(allowed))
      notify({ tone: 'info', text: 'The row is locked: unlock it at its head to change it.' });
    return;
  }
  useDocument.setState({ history: next, audition: null, preview: null });
  forgetGoneNotes();
  edited();
}

/** Shows the pattern as `edit` would leave it, while a gesture goes on; null shows it as it is. */
export function previewChange(edit: Edit | null): void {
  const { history, audition } = useDocument.getState();
  const pattern = audition?.pattern ?? history?.pattern;
  const preview = edit && pattern ? apply(pattern, sparing(pattern, edit, isLocked)).pattern : null;
  useDocument.setState({ preview });
}

/** Takes the last step back; a take that is only heard goes first. */
export function undoChange(): void {
  const { history, audition } = useDocument.getState();
  if (audition) setAudition(null);
  else if (history) step(undo(history));
}

export function redoChange(): void {
  const { history } = useDocument.getState();
  if (history) step(redo(history));
}

function step(history: History): void {
  if (history === useDocument.getState().history) return;
  useDocument.setState({ history, audition: null, preview: null });
  forgetGoneNotes();
  edited();
}

function forgetGoneNotes(): void {
  const { history, audition, selection } = useDocument.getState();
  const there = new Set((audition?.pattern ?? history?.pattern)?.notes.map(note => note.id));
  if ([...selection].some(id => !there.has(id))) {
    useDocument.setState({ selection: new Set([...selection].filter(id => there.has(id))) });
  }
}

export const select = (ids: Iterable<NoteId>): void => useDocument.setState({ selection: new Set(ids) });

/** The kit under the groove; which hit plays each note is the caller's to lay out anew. */
export function setDocumentKit(kitId: string): void {
  useDocument.setState({ kitId });
  edited();
}

export function toggleSolo(lane: string): void {
  useDocument.setState(({ soloed }) => {
    const next = new Set(soloed);
    if (!next.delete(lane)) next.add(lane);
    return { soloed: next };
  });
}

const SAVE_AFTER_MS = 700;
let saving: ReturnType<typeof setTimeout> | undefined;

function edited(): void {
  useDocument.setState({ saved: 'edited' });
  clearTimeout(saving);
  saving = setTimeout(() => void saveNow(), SAVE_AFTER_MS);
  noteUnsaved(() => {
    const stored = storedDocument();
    const { history, saved } = useDocument.getState();
    return stored && history && saved !== 'saved' ? { stored, history } : null;
  });
}

export function storedDocument(): StoredPattern | null {
  const { id, name, kitId, trackId, history } = useDocument.getState();
  return id !== null && history ? { id, name, kitId, trackId, pattern: history.pattern } : null;
}

/** Stores the open pattern if it has changed; nothing is lost when that fails, and it is tried again. */
export async function saveNow(): Promise<void> {
  clearTimeout(saving);
  const stored = storedDocument();
  const { history: saved, saved: state } = useDocument.getState();
  if (!stored || !saved || state === 'saved') return;
  try {
    await keepPattern(stored, saved);
    const { history, name, id, kitId } = useDocument.getState();
    const isSame =
      id === stored.id &&
      history?.pattern === stored.pattern &&
      name === stored.name &&
      kitId === stored.kitId;
    if (isSame) useDocument.setState({ saved: 'saved' });
    useLibrary.setState(({ patterns }) => ({
      patterns: patterns.some(other => other.id === stored.id)
        ? patterns.map(other => (other.id === stored.id ? stored : other))
        : [...patterns, stored],
    }));
  } catch (error) {
    useDocument.setState({ saved: 'failed' });
    notify({
      tone: 'bad',
      text: `${stored.name} could not be saved: ${sentenceOf(error)}. It is kept in this window.`,
      action: { name: 'Save again', run: () => void saveNow() },
    });
  }
}

/** Saves before the window is left, hidden or reloaded; returns the undo. */
export function saveOnLeaving(): () => void {
  const save = (): void => {
    if (document.visibilityState === 'hidden') void saveNow();
  };
  const saveAlways = (): void => void saveNow();
  document.addEventListener('visibilitychange', save);
  window.addEventListener('blur', saveAlways);
  window.addEventListener('pagehide', saveAlways);
  return () => {
    document.removeEventListener('visibilitychange', save);
    window.removeEventListener('blur', saveAlways);
    window.removeEventListener('pagehide', saveAlways);
  };
}
