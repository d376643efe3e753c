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
  keys
    .split('+')
    .map(key => KEY_NAMES[key] ?? key)
    .join(' ');

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[3px] border border-line-2 bg-bg-1 px-1.25 [font:500_11px/16px_var(--font-ui)] text-ink-2">
      {keyText(keys)}
    </kbd>
  );
}
