import { create } from 'zustand';
import type { Note } from '#shared/model';
import { laneKey } from './lanes';

/** Rows whose hits stay as they are, whatever is generated or edited: by the key of an instrument's row or of a role's. */
export const useLocks = create<{ readonly rows: ReadonlySet<string> }>(() => ({ rows: new Set() }));

export const isLocked = (note: Pick<Note, 'role' | 'instrument'>): boolean => {
  const { rows } = useLocks.getState();
  return rows.has(laneKey(note)) || rows.has(note.role);
};

export const toggleLock = (row: string): void =>
  useLocks.setState(({ rows }) => {
    const next = new Set(rows);
    if (!next.delete(row)) next.add(row);
    return { rows: next };
  });

export const unlockAll = (): void => useLocks.setState({ rows: new Set() });
