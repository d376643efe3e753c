import { describe, expect, it } from 'vitest';
import { COMMANDS, isChord } from '../../../src-renderer/state/commands';

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey', boolean>> = {},
) => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key === ' ' ? 'Space' : key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('takes Ctrl and Command for Mod', () => {
    expect(isChord(press('z', { ctrlKey: true }), 'Mod+Z')).toBe(true);
    expect(isChord(press('z', { metaKey: true }), 'Mod+Z')).toBe(true);
    expect(isChord(press('z'), 'Mod+Z')).toBe(false);
  });

  it('tells a chord from the same key with more held', () => {
    expect(isChord(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z')).toBe(false);
    expect(isChord(press('Z', { ctrlKey: true, shiftKey: true }), 'Shift+Mod+Z')).toBe(true);
    expect(isChord(press('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft')).toBe(true);
    expect(isChord(press('ArrowLeft', { altKey: true, shiftKey: true }), 'Alt+ArrowLeft')).toBe(false);
    expect(isChord(press('ArrowLeft'), 'Alt+ArrowLeft')).toBe(false);
  });

  it('goes by what is typed where a sign lies behind Shift', () => {
    expect(isChord(press('?', { shiftKey: true }), '?')).toBe(true);
    expect(isChord(press('+', { shiftKey: true }), '+')).toBe(true);
    expect(isChord(press(']'), ']')).toBe(true);
  });

  it('knows a letter by its place where Alt types another sign', () => {
    expect(isChord({ ...press('Ω', { metaKey: true }), code: 'KeyZ' }, 'Mod+Z')).toBe(true);
  });

  it('gives no two commands one key in places that can be open together', () => {
    const screenOf = (scope: string): string => scope.split('-')[0] ?? scope;
    const clashes = COMMANDS.flatMap((one, index) =>
      COMMANDS.slice(index + 1)
        .filter(
          other =>
            (screenOf(one.scope) === screenOf(other.scope) ||
              one.scope === 'everywhere' ||
              other.scope === 'everywhere') &&
            one.keys.some(keys => (other.keys as readonly string[]).includes(keys)),
        )
        .map(other => `${one.id} and ${other.id}`),
    );
    expect(clashes).toEqual([]);
  });
});
