import { useEffect, useRef } from 'react';
import { GROOVES } from './command-list/grooves';
import { HITS } from './command-list/hits';
import { PLAYING_AND_SCREENS } from './command-list/playing';
import { TRACKS_AND_KITS } from './command-list/tracks';

export type { Scope } from './command-list/command';

/**
 * The one registry of shortcuts: keys act through it, tooltips and the help sheet print it. `Mod` is Ctrl, or Command
 * on a Mac. Of commands that share a key the first that can run does.
 */
export const COMMANDS = [...PLAYING_AND_SCREENS, ...TRACKS_AND_KITS, ...HITS, ...GROOVES] as const;

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
