import {
  type HitId,
  laneLines,
  lineBefore,
  type Note,
  type NoteId,
  noteId,
  type Pattern,
  patternTicks,
  PLAIN,
} from '../model';
import { ticks } from '../units';
import type { Edit } from './edit';

/** Names for new notes that no note of the pattern has, nor any given out before. */
export function freshNames(pattern: Pick<Pattern, 'notes'>): (wanted: string) => NoteId {
  const names = new Set<string>(pattern.notes.map(note => note.id));
  return wanted => {
    let name = `x${wanted}`;
    while (names.has(name)) name += "'";
    names.add(name);
    return noteId(name);
  };
}

interface NewHit extends Pick<Note, 'role' | 'instrument' | 'velocity' | 'muted'> {
  /** Written position, wherever a step of the row begins. */
  readonly at: number;
  /** What sounds; null takes what the row's last hit before plays. */
  readonly hit: HitId | null;
}

/** Puts a plain hit on a row, as long as the step that it stands on. A place past the pattern's end takes none. */
export function putNote(pattern: Pattern, { role, instrument, at, velocity, muted, hit }: NewHit): Edit {
  if (at < 0 || at >= patternTicks(pattern)) return { kind: 'all', edits: [] };
  const lines = laneLines(pattern, { role, instrument });
  const next = lines[lineBefore(lines, at) + 1] ?? patternTicks(pattern);
  const note: Note = {
    ...PLAIN,
    id: freshNames(pattern)(`${at}.${role}.${instrument}`),
    role,
    instrument,
    at: ticks(at),
    feel: 0,
    velocity,
    length: ticks(Math.max(1, next - at)),
    muted,
    hit: hit ?? hitBefore(pattern, at, role, instrument),
    source: 'editor',
  };
  return { kind: 'put', notes: [note] };
}

/** The hit of the last note before `at` that is played like it, else of any: so that a hit set by hand sounds at once. */
export function hitBefore(
  pattern: Pattern,
  at: number,
  role: Note['role'],
  instrument: Note['instrument'],
): HitId | null {
  const alike = pattern.notes.filter(note => note.role === role && note.hit !== null);
  const same = alike.filter(note => note.instrument === instrument);
  const pool = same.length > 0 ? same : alike;
  return (pool.findLast(note => note.at <= at) ?? pool[0])?.hit ?? null;
}
