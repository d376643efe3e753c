import type { Note } from '#shared/model';
import { canRun, COMMANDS, type CommandId, keysOf, type Lane, runCommand } from '#renderer/state';
import type { MenuChoice, MenuPart } from '#renderer/ui';
import { carryOut } from './grid-state';
import { type Gesture, setChances, setOrnament, setRatchet } from './gestures';
import { ORNAMENT_NAMES } from './hit-words';

/** A command as a line of a menu, under its own name or another one. */
export const commandChoice = (id: CommandId, name?: string): MenuChoice => ({
  id,
  name: name ?? COMMANDS.find(command => command.id === id)?.name ?? id,
  keys: keysOf(id),
  isDisabled: !canRun(id),
  run: () => void runCommand(id),
});

export const SELECT_MENU: readonly (readonly [string, readonly CommandId[]])[] = [
  ['By what they are', ['select-by', 'select-row', 'select-all', 'select-step', 'select-beat']],
  ['From what is selected', ['select-invert', 'select-grow', 'select-shrink', 'select-none']],
];

export const EDIT_MENU: readonly (readonly [string, readonly CommandId[]])[] = [
  ['Clipboard', ['cut', 'copy', 'paste', 'paste-groove', 'paste-places']],
  ['Feel', ['quantise', 'snap', 'velocities']],
  ['Place', ['move-left', 'move-right', 'move-up', 'move-down', 'delete-hits']],
  ['Groove', ['arrange']],
];

export const BARS_MENU: readonly (readonly [string, readonly CommandId[]])[] = [
  ['Meter and tempo', ['bar-settings']],
  ['Bars', ['duplicate-bar', 'insert-bar', 'insert-bar-after', 'delete-bar']],
];

export const menuOf = (parts: readonly (readonly [string, readonly CommandId[]])[]): readonly MenuPart[] =>
  parts.map(([name, ids]) => ({ name, choices: ids.map(id => commandChoice(id)) }));

const CHANCES = [100, 75, 50, 25] as const;
const RATCHETS = [1, 2, 3, 4, 6, 8] as const;
const ORNAMENTS = ['none', 'flam', 'drag', 'ruff'] as const;
const ORNAMENT_COMMANDS = { flam: 'flam', drag: 'drag', ruff: 'ruff' } as const;

/** The menu of hits that are selected, or of the cell under the cursor where none is. */
export function hitMenu(notes: readonly Note[], lanes: readonly Lane[]): readonly MenuPart[] {
  if (notes.length === 0)
    return [
      {
        name: 'Here',
        choices: [
          commandChoice('toggle-hit', 'Put a hit'),
          commandChoice('paste'),
          commandChoice('paste-places'),
          commandChoice('paste-groove'),
        ],
      },
      { name: 'Selecting', choices: [commandChoice('select-row'), commandChoice('select-by')] },
      { name: 'Row and bars', choices: [commandChoice('row-settings'), commandChoice('bar-settings')] },
    ];
  const does = (id: string, name: string, isOn: boolean, gesture: () => Gesture | null): MenuChoice => ({
    id,
    name,
    isOn,
    run: () => carryOut(gesture()),
  });
  const all = (is: (note: Note) => boolean): boolean => notes.every(is);
  return [
    {
      name: 'Clipboard',
      choices: (['cut', 'copy', 'paste-groove', 'delete-hits'] as const).map(id => commandChoice(id)),
    },
    {
      name: 'Ornament',
      choices: ORNAMENTS.map(which => ({
        ...does(
          which,
          ORNAMENT_NAMES[which],
          all(note => note.ornament === which),
          () => setOrnament(notes, which, lanes),
        ),
        ...(which === 'none' ? {} : { keys: keysOf(ORNAMENT_COMMANDS[which]) }),
      })),
    },
    {
      name: 'Chance',
      choices: CHANCES.map(percent =>
        does(
          `chance-${percent}`,
          `${percent} % of the passes`,
          all(note => Math.round(note.probability * 100) === percent),
          () => setChances(notes, percent, lanes),
        ),
      ),
    },
    {
      name: 'Ratchet',
      choices: RATCHETS.map(strokes =>
        does(
          `ratchet-${strokes}`,
          strokes === 1 ? 'One stroke' : `${strokes} strokes in the step`,
          all(note => note.ratchet === strokes),
          () => setRatchet(notes, strokes, lanes),
        ),
      ),
    },
    {
      name: 'Feel',
      choices: (['ghost', 'velocities', 'quantise', 'snap'] as const).map(id => commandChoice(id)),
    },
    {
      name: 'Selecting',
      choices: (['select-step', 'select-beat'] as const).map(id => commandChoice(id)),
    },
  ];
}
