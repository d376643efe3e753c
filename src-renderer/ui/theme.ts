import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

export function applyTheme(theme: 'dark' | 'light'): void {
  document.documentElement.dataset['theme'] = theme;
  colours.clear();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Names the theme, so that what draws by itself draws again when it changes. */
export const useTheme = (): string =>
  useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme'] ?? 'dark');

const colours = new Map<string, string>();

/** A colour token's value, for canvases; CSS uses the token itself. */
export function colour(token: string): string {
  const known = colours.get(token);
  if (known !== undefined) return known;
  const value = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  colours.set(token, value);
  return value;
}

/** A font token with the size and weight given, for canvases. */
export const canvasFont = (weight: number, size: number): string =>
  `${weight} ${size}px ${colour('--font-ui')}`;
