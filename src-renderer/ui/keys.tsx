import { classNames } from './class-names';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

const KEY_NAMES: Readonly<Record<string, string>> = {
  Mod: IS_MAC ? '⌘' : 'Ctrl',
  Alt: IS_MAC ? '⌥' : 'Alt',
  Shift: IS_MAC ? '⇧' : 'Shift',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** "Mod+Shift+Z" as the caps print it: "Ctrl Shift Z". */
export const keyText = (keys: string): string =>
  (keys === '+' ? ['+'] : keys.split('+')).map(key => KEY_NAMES[key] ?? key).join(' ');

interface KeysProps {
  readonly keys: string;
  /** On a primary button, in its own ink. */
  readonly isInverse?: boolean;
}

export function Keys({ keys, isInverse = false }: KeysProps) {
  return (
    <kbd
      className={classNames(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[3px] border px-1.25 whitespace-nowrap [font:500_11px/16px_var(--font-ui)]',
        isInverse ? 'border-current' : 'border-line-2 bg-bg-1 text-ink-2',
      )}
    >
      {keyText(keys)}
    </kbd>
  );
}
