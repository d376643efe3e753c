import { useEffect, useRef } from 'react';

/**
 * Where a command's keys act: everywhere, on one screen, or only inside the part of a screen that says `data-keys`. Those of the song's
 * parts come before the groove's, and act while the focus is on a part alone.
 */
export type Scope =
  | 'everywhere'
  | 'library'
  | 'library-stems'
  | 'slices'
  | 'kit'
  | 'groove'
  | 'groove-grid'
  | 'song-parts'
  | 'slices-list'
  | 'kit-list';

interface Command {
  readonly id: string;
  readonly name: string;
  /** First is the one that is printed. */
  readonly keys: readonly string[];
  readonly group: string;
  readonly scope: Scope;
}

/**
 * The one registry of shortcuts: keys act through it, tooltips and the help sheet print it. `Mod` is Ctrl, or Command
 * on a Mac.
 */
export const COMMANDS = [
  { id: 'play', name: 'Play or pause', keys: ['Space'], group: 'Playing', scope: 'everywhere' },
  { id: 'stop', name: 'Stop and go to the start', keys: ['Enter'], group: 'Playing', scope: 'groove' },
  { id: 'loop', name: 'Loop', keys: ['L'], group: 'Playing', scope: 'everywhere' },
  {
    id: 'loop-selection',
    name: 'Loop the selected bars, or all again',
    keys: ['Alt+L'],
    group: 'Playing',
    scope: 'groove',
  },
  { id: 'metronome', name: 'Metronome', keys: ['C'], group: 'Playing', scope: 'groove' },
  {
    id: 'count-in',
    name: 'Count-in: none, 1 bar, 2 bars',
    keys: ['Shift+C'],
    group: 'Playing',
    scope: 'groove',
  },
  { id: 'song-under', name: 'Song under the groove', keys: ['Shift+S'], group: 'Playing', scope: 'groove' },
  {
    id: 'record',
    name: 'Record: play rows by keys or MIDI',
    keys: ['R'],
    group: 'Playing',
    scope: 'groove',
  },
  { id: 'undo', name: 'Undo', keys: ['Mod+Z'], group: 'Editing', scope: 'everywhere' },
  { id: 'redo', name: 'Redo', keys: ['Shift+Mod+Z', 'Mod+Y'], group: 'Editing', scope: 'everywhere' },
  { id: 'song', name: 'Song above the grid', keys: ['Shift+P'], group: 'Song', scope: 'groove' },
  { id: 'song-play', name: 'Play the song, or pause', keys: ['Shift+Space'], group: 'Song', scope: 'groove' },
  { id: 'song-add', name: 'Add the groove to the song', keys: ['Alt+P'], group: 'Song', scope: 'groove' },
  { id: 'part-previous', name: 'Part before', keys: ['ArrowLeft'], group: 'Song', scope: 'song-parts' },
  { id: 'part-next', name: 'Next part', keys: ['ArrowRight'], group: 'Song', scope: 'song-parts' },
  {
    id: 'part-earlier',
    name: 'Move the part earlier',
    keys: ['Alt+ArrowLeft', 'Alt+ArrowUp'],
    group: 'Song',
    scope: 'song-parts',
  },
  {
    id: 'part-later',
    name: 'Move the part later',
    keys: ['Alt+ArrowRight', 'Alt+ArrowDown'],
    group: 'Song',
    scope: 'song-parts',
  },
  { id: 'part-duplicate', name: 'Duplicate the part', keys: ['Mod+D'], group: 'Song', scope: 'song-parts' },
  {
    id: 'part-remove',
    name: 'Remove the part',
    keys: ['Delete', 'Backspace'],
    group: 'Song',
    scope: 'song-parts',
  },
  { id: 'part-play', name: 'Play from the part', keys: ['P'], group: 'Song', scope: 'song-parts' },
  { id: 'save', name: 'Save now', keys: ['Mod+S'], group: 'Editing', scope: 'everywhere' },
  { id: 'export', name: 'Export', keys: ['Mod+E'], group: 'Screens', scope: 'everywhere' },
  { id: 'import-midi', name: 'Import MIDI', keys: ['Mod+O'], group: 'Groove', scope: 'everywhere' },
  { id: 'palette', name: 'Search or run a command', keys: ['Mod+K'], group: 'Screens', scope: 'everywhere' },
  { id: 'help', name: 'Keys', keys: ['?'], group: 'Screens', scope: 'everywhere' },
  { id: 'library', name: 'Open Library', keys: ['Mod+1'], group: 'Screens', scope: 'everywhere' },
  { id: 'slices', name: 'Open Slices', keys: ['Mod+2'], group: 'Screens', scope: 'everywhere' },
  { id: 'kit', name: 'Open Kit', keys: ['Mod+3'], group: 'Screens', scope: 'everywhere' },
  { id: 'groove', name: 'Open Groove', keys: ['Mod+4'], group: 'Screens', scope: 'everywhere' },
  { id: 'settings', name: 'Open Settings', keys: ['Mod+,'], group: 'Screens', scope: 'everywhere' },
  { id: 'next-panel', name: 'Next panel', keys: ['F6'], group: 'Screens', scope: 'everywhere' },
  { id: 'theme', name: 'Light or dark', keys: ['Mod+Shift+L'], group: 'Screens', scope: 'everywhere' },
  {
    id: 'drums-to-pattern',
    name: 'Drums to pattern',
    keys: ['Mod+Shift+G'],
    group: 'Groove',
    scope: 'everywhere',
  },
  {
    id: 'drums-to-pattern-whole',
    name: 'Drums to pattern, the whole track',
    keys: ['Mod+Alt+G'],
    group: 'Groove',
    scope: 'everywhere',
  },
  { id: 'tempo-tap', name: 'Tap the tempo', keys: ['T'], group: 'Tempo of a track', scope: 'library' },
  { id: 'tempo-bar-one', name: 'Bar 1 is here', keys: ['B'], group: 'Tempo of a track', scope: 'library' },
  { id: 'tempo-halve', name: 'Halve the tempo', keys: ['H'], group: 'Tempo of a track', scope: 'library' },
  { id: 'tempo-double', name: 'Double the tempo', keys: ['D'], group: 'Tempo of a track', scope: 'library' },
  { id: 'tempo-click', name: 'Click on the beats', keys: ['C'], group: 'Tempo of a track', scope: 'library' },
  {
    id: 'tempo-follow',
    name: 'Steady, or follow the recording',
    keys: ['F'],
    group: 'Tempo of a track',
    scope: 'library',
  },
  {
    id: 'tempo-earlier',
    name: 'Beats 1 ms earlier',
    keys: ['Alt+ArrowLeft'],
    group: 'Tempo of a track',
    scope: 'library',
  },
  {
    id: 'tempo-later',
    name: 'Beats 1 ms later',
    keys: ['Alt+ArrowRight'],
    group: 'Tempo of a track',
    scope: 'library',
  },
  { id: 'solo-stem', name: 'Solo the stem', keys: ['S'], group: 'Stems', scope: 'library' },
  { id: 'mute-stem', name: 'Mute the stem', keys: ['M'], group: 'Stems', scope: 'library' },
  { id: 'solo-stem-only', name: 'Solo this stem only', keys: ['Alt+S'], group: 'Stems', scope: 'library' },
  { id: 'mute-stem-only', name: 'Mute this stem only', keys: ['Alt+M'], group: 'Stems', scope: 'library' },
  { id: 'stem-next', name: 'Next stem', keys: ['ArrowDown'], group: 'Stems', scope: 'library-stems' },
  { id: 'stem-previous', name: 'Stem before', keys: ['ArrowUp'], group: 'Stems', scope: 'library-stems' },
  { id: 'loop-from', name: 'Loop from here', keys: ['['], group: 'Stems', scope: 'library' },
  { id: 'loop-to', name: 'Loop to here', keys: [']'], group: 'Stems', scope: 'library' },
  { id: 'loop-none', name: 'No loop in the song', keys: ['Shift+L'], group: 'Stems', scope: 'library' },
  { id: 'slice-role-1', name: 'Role of the slice: Core', keys: ['1'], group: 'Slices', scope: 'slices' },
  { id: 'slice-role-2', name: 'Role of the slice: Accent', keys: ['2'], group: 'Slices', scope: 'slices' },
  { id: 'slice-role-3', name: 'Role of the slice: Motion', keys: ['3'], group: 'Slices', scope: 'slices' },
  { id: 'slice-role-4', name: 'Role of the slice: Fill', keys: ['4'], group: 'Slices', scope: 'slices' },
  { id: 'slice-role-5', name: 'Role of the slice: Texture', keys: ['5'], group: 'Slices', scope: 'slices' },
  { id: 'slice-role-0', name: 'Back to the machine’s role', keys: ['0'], group: 'Slices', scope: 'slices' },
  { id: 'slice-next', name: 'Next slice', keys: ['ArrowRight'], group: 'Slices', scope: 'slices-list' },
  {
    id: 'slice-previous',
    name: 'Previous slice',
    keys: ['ArrowLeft'],
    group: 'Slices',
    scope: 'slices-list',
  },
  {
    id: 'slice-also-next',
    name: 'Choose the next slice too',
    keys: ['Shift+ArrowRight'],
    group: 'Slices',
    scope: 'slices-list',
  },
  {
    id: 'slice-also-previous',
    name: 'Choose the slice before too',
    keys: ['Shift+ArrowLeft'],
    group: 'Slices',
    scope: 'slices-list',
  },
  { id: 'slices-all', name: 'Choose all slices', keys: ['Mod+A'], group: 'Slices', scope: 'slices' },
  { id: 'slice-split', name: 'Split at the cursor', keys: ['S'], group: 'Cutting', scope: 'slices' },
  { id: 'slice-merge', name: 'Merge with the one before', keys: ['J'], group: 'Cutting', scope: 'slices' },
  { id: 'slice-flam', name: 'Flam, or two hits', keys: ['F'], group: 'Cutting', scope: 'slices' },
  { id: 'slice-add', name: 'New slice at the cursor', keys: ['A'], group: 'Cutting', scope: 'slices' },
  {
    id: 'slice-delete',
    name: 'Delete the slice',
    keys: ['Delete', 'Backspace'],
    group: 'Cutting',
    scope: 'slices',
  },
  {
    id: 'slice-earlier',
    name: 'Begin 1 ms earlier',
    keys: ['Alt+ArrowLeft'],
    group: 'Cutting',
    scope: 'slices',
  },
  {
    id: 'slice-later',
    name: 'Begin 1 ms later',
    keys: ['Alt+ArrowRight'],
    group: 'Cutting',
    scope: 'slices',
  },
  {
    id: 'slice-earlier-5',
    name: 'Begin 5 ms earlier',
    keys: ['Shift+Alt+ArrowLeft'],
    group: 'Cutting',
    scope: 'slices',
  },
  {
    id: 'slice-later-5',
    name: 'Begin 5 ms later',
    keys: ['Shift+Alt+ArrowRight'],
    group: 'Cutting',
    scope: 'slices',
  },
  { id: 'slice-snap', name: 'Onto the attack’s foot', keys: ['Q'], group: 'Cutting', scope: 'slices' },
  { id: 'slices-left', name: 'Half a window back', keys: ['['], group: 'Slices', scope: 'slices' },
  { id: 'slices-right', name: 'Half a window on', keys: [']'], group: 'Slices', scope: 'slices' },
  { id: 'slices-whole', name: 'Whole track', keys: ['W'], group: 'Slices', scope: 'slices' },
  { id: 'slices-in', name: 'Zoom in', keys: ['+', '='], group: 'Slices', scope: 'slices' },
  { id: 'slices-out', name: 'Zoom out', keys: ['-'], group: 'Slices', scope: 'slices' },
  { id: 'send-to-pad', name: 'Send the hit to the pad', keys: ['P'], group: 'Kit', scope: 'kit' },
  { id: 'lock-pad', name: 'Lock the pad', keys: ['K'], group: 'Kit', scope: 'kit' },
  {
    id: 'toggle-hit',
    name: 'Put a hit, or take it away',
    keys: ['X'],
    group: 'Groove grid',
    scope: 'groove-grid',
  },
  { id: 'cell-left', name: 'Step left', keys: ['ArrowLeft'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'cell-right', name: 'Step right', keys: ['ArrowRight'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'cell-up', name: 'Row up', keys: ['ArrowUp'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'cell-down', name: 'Row down', keys: ['ArrowDown'], group: 'Groove grid', scope: 'groove-grid' },
  {
    id: 'cell-left-5',
    name: 'Five steps left',
    keys: ['Shift+ArrowLeft'],
    group: 'Groove grid',
    scope: 'groove-grid',
  },
  {
    id: 'cell-right-5',
    name: 'Five steps right',
    keys: ['Shift+ArrowRight'],
    group: 'Groove grid',
    scope: 'groove-grid',
  },
  { id: 'bar-first', name: 'Start of the bar', keys: ['Home'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'bar-last', name: 'End of the bar', keys: ['End'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'bar-previous', name: 'Bar before', keys: ['PageUp'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'bar-next', name: 'Bar after', keys: ['PageDown'], group: 'Groove grid', scope: 'groove-grid' },
  { id: 'zoom-in', name: 'Zoom in', keys: ['+', '='], group: 'Groove grid', scope: 'groove' },
  { id: 'zoom-out', name: 'Zoom out', keys: ['-'], group: 'Groove grid', scope: 'groove' },
  { id: 'zoom-fit', name: 'Whole pattern', keys: ['W'], group: 'Groove grid', scope: 'groove' },
  {
    id: 'switch-rows',
    name: 'Rows of roles, or of instruments',
    keys: ['Shift+R'],
    group: 'Groove grid',
    scope: 'groove',
  },
  { id: 'mixer', name: 'Mixer', keys: ['Shift+M'], group: 'Groove', scope: 'groove' },
  {
    id: 'switch-lane',
    name: 'Velocity or chance under the grid',
    keys: ['Shift+V'],
    group: 'Groove grid',
    scope: 'groove',
  },
  {
    id: 'move-left',
    name: 'Move hits a step earlier',
    keys: ['Mod+ArrowLeft'],
    group: 'Groove grid',
    scope: 'groove',
  },
  {
    id: 'move-right',
    name: 'Move hits a step later',
    keys: ['Mod+ArrowRight'],
    group: 'Groove grid',
    scope: 'groove',
  },
  { id: 'move-up', name: 'Move hits a row up', keys: ['Mod+ArrowUp'], group: 'Groove grid', scope: 'groove' },
  {
    id: 'move-down',
    name: 'Move hits a row down',
    keys: ['Mod+ArrowDown'],
    group: 'Groove grid',
    scope: 'groove',
  },
  { id: 'nudge-earlier', name: '1 ms earlier', keys: ['Alt+ArrowLeft'], group: 'Feel', scope: 'groove' },
  { id: 'nudge-later', name: '1 ms later', keys: ['Alt+ArrowRight'], group: 'Feel', scope: 'groove' },
  {
    id: 'nudge-earlier-5',
    name: '5 ms earlier',
    keys: ['Shift+Alt+ArrowLeft'],
    group: 'Feel',
    scope: 'groove',
  },
  { id: 'nudge-later-5', name: '5 ms later', keys: ['Shift+Alt+ArrowRight'], group: 'Feel', scope: 'groove' },
  { id: 'louder', name: 'Louder by 1', keys: ['Alt+ArrowUp'], group: 'Feel', scope: 'groove' },
  { id: 'softer', name: 'Softer by 1', keys: ['Alt+ArrowDown'], group: 'Feel', scope: 'groove' },
  { id: 'louder-5', name: 'Louder by 5', keys: ['Shift+Alt+ArrowUp'], group: 'Feel', scope: 'groove' },
  { id: 'softer-5', name: 'Softer by 5', keys: ['Shift+Alt+ArrowDown'], group: 'Feel', scope: 'groove' },
  { id: 'velocities', name: 'Velocities: set, scale or ramp', keys: ['V'], group: 'Feel', scope: 'groove' },
  { id: 'flam', name: 'Flam, or none', keys: ['F'], group: 'Feel', scope: 'groove' },
  { id: 'drag', name: 'Drag, or none', keys: ['D'], group: 'Feel', scope: 'groove' },
  { id: 'ruff', name: 'Ruff, or none', keys: ['Shift+D'], group: 'Feel', scope: 'groove' },
  { id: 'likelier', name: 'Chance 10 % more', keys: ['.'], group: 'Feel', scope: 'groove' },
  { id: 'unlikelier', name: 'Chance 10 % less', keys: [','], group: 'Feel', scope: 'groove' },
  { id: 'ratchet-more', name: 'One more stroke in the step', keys: ['>'], group: 'Feel', scope: 'groove' },
  { id: 'ratchet-fewer', name: 'One stroke fewer in the step', keys: ['<'], group: 'Feel', scope: 'groove' },
  { id: 'ghost', name: 'Ghost, or back to a full hit', keys: ['G'], group: 'Feel', scope: 'groove' },
  { id: 'quantise', name: 'Quantise: onto the lines', keys: ['Q'], group: 'Feel', scope: 'groove' },
  {
    id: 'snap',
    name: 'Snap, and keep the feel',
    keys: ['Shift+Q'],
    group: 'Feel',
    scope: 'groove',
  },
  { id: 'select-row', name: 'Select the row', keys: ['Mod+A'], group: 'Selecting', scope: 'groove' },
  { id: 'select-all', name: 'Select everything', keys: ['Shift+Mod+A'], group: 'Selecting', scope: 'groove' },
  { id: 'select-none', name: 'Select nothing', keys: ['Escape'], group: 'Selecting', scope: 'groove-grid' },
  {
    id: 'select-by',
    name: 'Select by bars, rows, every Nth, loudness',
    keys: ['Mod+F'],
    group: 'Selecting',
    scope: 'groove',
  },
  {
    id: 'select-range',
    name: 'Begin a range here, or select up to here',
    keys: ['A'],
    group: 'Selecting',
    scope: 'groove-grid',
  },
  {
    id: 'select-step',
    name: 'All on the same step of the row',
    keys: ['E'],
    group: 'Selecting',
    scope: 'groove',
  },
  {
    id: 'select-beat',
    name: 'All on the same beat of the row',
    keys: ['Shift+E'],
    group: 'Selecting',
    scope: 'groove',
  },
  {
    id: 'select-invert',
    name: 'What is not selected instead',
    keys: ['I'],
    group: 'Selecting',
    scope: 'groove',
  },
  {
    id: 'select-grow',
    name: 'Select the neighbours too',
    keys: ['Shift+Mod+ArrowRight'],
    group: 'Selecting',
    scope: 'groove',
  },
  {
    id: 'select-shrink',
    name: 'Without the outermost',
    keys: ['Shift+Mod+ArrowLeft'],
    group: 'Selecting',
    scope: 'groove',
  },
  { id: 'copy', name: 'Copy hits', keys: ['Mod+C'], group: 'Clipboard', scope: 'groove' },
  { id: 'cut', name: 'Cut hits', keys: ['Mod+X'], group: 'Clipboard', scope: 'groove' },
  { id: 'paste', name: 'Paste hits at the cursor', keys: ['Mod+V'], group: 'Clipboard', scope: 'groove' },
  {
    id: 'paste-places',
    name: 'Paste the hits without the groove',
    keys: ['Shift+Mod+V'],
    group: 'Clipboard',
    scope: 'groove',
  },
  {
    id: 'paste-groove',
    name: 'Paste the groove without the hits',
    keys: ['Alt+Mod+V'],
    group: 'Clipboard',
    scope: 'groove',
  },
  { id: 'bar-settings', name: 'Meter and tempo of the bars', keys: ['B'], group: 'Bars', scope: 'groove' },
  { id: 'duplicate-bar', name: 'Duplicate the bars', keys: ['Mod+D'], group: 'Bars', scope: 'groove' },
  { id: 'insert-bar', name: 'Insert a bar before', keys: ['Mod+I'], group: 'Bars', scope: 'groove' },
  { id: 'insert-bar-after', name: 'Insert a bar after', keys: ['Alt+Mod+I'], group: 'Bars', scope: 'groove' },
  {
    id: 'delete-bar',
    name: 'Delete the bars',
    keys: ['Shift+Delete', 'Shift+Backspace'],
    group: 'Bars',
    scope: 'groove',
  },
  {
    id: 'row-settings',
    name: 'Grid, length and instrument of the row',
    keys: ['Alt+R'],
    group: 'Rows',
    scope: 'groove',
  },
  { id: 'lock-row', name: 'Lock the row', keys: ['Shift+L'], group: 'Rows', scope: 'groove' },
  {
    id: 'delete-hits',
    name: 'Take the selected hits away',
    keys: ['Delete', 'Backspace'],
    group: 'Groove',
    scope: 'groove',
  },
  { id: 'mute-row', name: 'Mute the row', keys: ['M'], group: 'Rows', scope: 'groove' },
  { id: 'solo-row', name: 'Solo the row', keys: ['S'], group: 'Rows', scope: 'groove' },
  {
    id: 'arrange',
    name: 'Arrange the layers, intro to full',
    keys: ['Shift+A'],
    group: 'Groove',
    scope: 'groove',
  },
  { id: 'generate', name: 'Generate', keys: ['Mod+G'], group: 'Groove', scope: 'groove' },
  { id: 'dice', name: 'Another seed, and generate', keys: ['}'], group: 'Takes', scope: 'groove' },
  {
    id: 'undice',
    name: 'The seed before, and generate',
    keys: ['{'],
    group: 'Takes',
    scope: 'groove',
  },
  { id: 'take-previous', name: 'Take before', keys: ['['], group: 'Takes', scope: 'groove' },
  { id: 'take-next', name: 'Next take', keys: [']'], group: 'Takes', scope: 'groove' },
  { id: 'switch-sides', name: 'Before or take, as loud', keys: ['`'], group: 'Takes', scope: 'groove' },
  { id: 'keep-take', name: 'Keep the take', keys: ['Mod+Enter'], group: 'Takes', scope: 'groove' },
  {
    id: 'discard-takes',
    name: 'Put the takes away',
    keys: ['Mod+Backspace'],
    group: 'Takes',
    scope: 'groove',
  },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]['id'];
type Handler = () => void;

const handlers = new Map<CommandId, Handler[]>();

/**
 * Lends the commands to the component that can carry them out, while it is on the screen; the last comer wins, but a
 * `rest` gives way to everyone.
 */
export function useCommands(
  lent: Partial<Record<CommandId, Handler>>,
  rank: 'first' | 'rest' = 'first',
): void {
  const latest = useRef(lent);
  useEffect(() => {
    latest.current = lent;
  });
  const ids = Object.keys(lent).sort().join(' ');
  useEffect(() => {
    const undo = ids.split(' ').map(id => {
      const key = id as CommandId;
      const handler = (): void => latest.current[key]?.();
      const others = handlers.get(key) ?? [];
      handlers.set(key, rank === 'first' ? [...others, handler] : [handler, ...others]);
      return () => {
        handlers.set(
          key,
          (handlers.get(key) ?? []).filter(other => other !== handler),
        );
      };
    });
    return () => {
      for (const take of undo) take();
    };
  }, [ids, rank]);
}

export const canRun = (id: CommandId): boolean => (handlers.get(id)?.length ?? 0) > 0;

export function runCommand(id: CommandId): boolean {
  const handler = handlers.get(id)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** The keys of a command as they are printed. */
export const keysOf = (id: CommandId): string => COMMANDS.find(command => command.id === id)?.keys[0] ?? '';

interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Whether `press` is the chord `keys`, "Shift+Alt+ArrowLeft". */
export function isChord(press: KeyPress, keys: string): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const main = parts.at(-1) ?? '';
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name);
  if (wants('Mod') !== (press.ctrlKey || press.metaKey) || wants('Alt') !== press.altKey) return false;
  const isLetter = /^[A-Z0-9]$/.test(main);
  // "?", "+", "[" lie behind Shift or AltGr on some keyboards: what is typed counts, not how.
  if ((isLetter || main.length > 1) && wants('Shift') !== press.shiftKey) return false;
  if (main === 'Space') return press.code === 'Space' || press.key === ' ';
  // Alt and a letter type another sign on a Mac, so letters go by their place there too.
  return press.key.toLowerCase() === main.toLowerCase() || (isLetter && press.code === `Key${main}`);
}
