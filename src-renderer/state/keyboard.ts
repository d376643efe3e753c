import { COMMANDS, canRun, type CommandId, isChord, runCommand, type Scope } from './commands';
import { useView } from './view';

const SELF_KEYED =
  'input, textarea, select, [contenteditable], [role="listbox"], [role="option"], [role="menu"]';
/** Widgets that the arrow keys move inside. */
const ARROW_KEYED = '[role="radiogroup"], [role="slider"], input[type="range"], [data-keys]';

/** What a field that is typed in does itself. */
const OF_FIELDS: ReadonlySet<CommandId> = new Set([
  'undo',
  'redo',
  'select-row',
  'select-all',
  'copy',
  'cut',
  'paste',
  'paste-places',
]);

let isPointing = false;

const isTyping = (target: Element): boolean =>
  target.matches(
    'input:not([type="radio"]):not([type="checkbox"]):not([type="range"]), textarea, [contenteditable]',
  );

function isInScope(scope: Scope, target: Element): boolean {
  if (scope === 'everywhere') return true;
  if (scope === 'song-parts') return target.closest('[data-keys="song"]') !== null;
  const [screen = '', part] = scope.split('-');
  if (useView.getState().screen !== screen) return false;
  if (part === undefined) return true;
  return target === document.body || target.closest(`[data-keys="${part}"]`) !== null;
}

/** Whether `target` needs the key itself: a field that is typed in, a list that is open, a button that Space presses. */
function isTaken(event: KeyboardEvent, target: Element, id: CommandId): boolean {
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  // A word that is being typed in a list: its letters are no commands.
  if (target.closest('[data-typing]') && !hasModifier && event.key.length === 1) return true;
  if (isTyping(target))
    return !hasModifier || OF_FIELDS.has(id) || event.key.startsWith('Arrow') || event.altKey;
  if (target.closest('[role="dialog"], [role="alertdialog"]')) return true;
  if (target.closest('[role="listbox"], [role="menu"]')) return !hasModifier;
  if (id === 'play' || id === 'stop') {
    const isControl =
      target.closest('button, a, [role="button"], [role="radio"], input, [role="switch"]') !== null;
    return isControl && !isPointing;
  }
  if (event.key.startsWith('Arrow') && !event.altKey) {
    return target.closest(ARROW_KEYED) !== null && target.closest('[data-keys]') === null;
  }
  return (
    target.matches(SELF_KEYED) &&
    !hasModifier &&
    !target.matches('[type="radio"], [type="checkbox"], [type="range"]')
  );
}

/** Takes keys that play rows, before commands get them; says whether it took one. */
type LiveKeys = (press: {
  readonly code: string;
  readonly isHard: boolean;
  /** Whether it is still the press before, held down. */
  readonly isHeld: boolean;
  /** Of the page's clock, ms. */
  readonly time: number;
}) => boolean;
let live: LiveKeys | null = null;

/** Lends the letters of the keyboard to whoever plays with them, on the groove screen; returns the undo. */
export function lendLiveKeys(keys: LiveKeys): () => void {
  live = keys;
  return () => {
    live = null;
  };
}

function isLiveKey(event: KeyboardEvent, target: Element): boolean {
  if (!live || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return false;
  if (useView.getState().screen !== 'groove') return false;
  if (target.closest('[role="listbox"], [role="menu"], [role="dialog"]')) return false;
  const { code, shiftKey, repeat, timeStamp } = event;
  return live({ code, isHard: shiftKey, isHeld: repeat, time: timeStamp });
}

function onKeyDown(event: KeyboardEvent): void {
  if (['Tab', 'F6'].includes(event.key) || event.key.startsWith('Arrow')) isPointing = false;
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (document.querySelector('[role="dialog"]') && !target.closest('[role="dialog"]')) return;
  if (isLiveKey(event, target)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  for (const command of COMMANDS) {
    if (!command.keys.some(keys => isChord(event, keys)) || !isInScope(command.scope, target)) continue;
    if (!canRun(command.id) || isTaken(event, target, command.id)) continue;
    runCommand(command.id);
    event.preventDefault();
    event.stopPropagation();
    return;
  }
}

/** Sends key presses to the registry; returns the undo. In the capture phase, so that a clicked button lets Space play. */
export function listenToKeys(): () => void {
  const onPointer = (): void => {
    isPointing = true;
  };
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('pointerdown', onPointer, true);
  return () => {
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('pointerdown', onPointer, true);
  };
}
