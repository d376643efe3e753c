import { ok, type Result } from '../base';
import type { Kit, Pattern, Song, SongPart } from '../model';
import { chain, type ChainProblem, type Turn } from './chain';

/** A song as it was before a gesture, or after one that was taken back. */
export interface SongMark {
  /** The gesture, as it reads in the menu. */
  readonly label: string;
  readonly song: Song;
}

/** A song and the ways back and forth; immutable. */
export interface SongHistory {
  readonly song: Song;
  /** The last gesture last. */
  readonly undo: readonly SongMark[];
  /** The next gesture last. */
  readonly redo: readonly SongMark[];
}

export const songHistoryOf = (song: Song): SongHistory => ({ song, undo: [], redo: [] });

const isSame = (one: Song, other: Song): boolean => JSON.stringify(one) === JSON.stringify(other);

/** One undo step from the song as it stands to `song`; a repeat of the last gesture goes into its step where `joins`. */
export function commitSong(history: SongHistory, label: string, song: Song, joins = false): SongHistory {
  if (isSame(history.song, song)) return history;
  const last = history.undo.at(-1);
  const isGoingOn = joins && last?.label === label && history.redo.length === 0;
  if (!isGoingOn) return { song, undo: [...history.undo, { label, song: history.song }], redo: [] };
  const undo = isSame(last.song, song) ? history.undo.slice(0, -1) : history.undo;
  return { song, undo, redo: [] };
}

export function undoSong({ song, undo, redo }: SongHistory): SongHistory {
  const last = undo.at(-1);
  if (!last) return { song, undo, redo };
  return { song: last.song, undo: undo.slice(0, -1), redo: [...redo, { label: last.label, song }] };
}

export function redoSong({ song, undo, redo }: SongHistory): SongHistory {
  const next = redo.at(-1);
  if (!next) return { song, undo, redo };
  return { song: next.song, undo: [...undo, { label: next.label, song }], redo: redo.slice(0, -1) };
}

/** `parts` with one more after the part `after`; at the end where there is no such part. */
export function withPart(parts: readonly SongPart[], part: SongPart, after: string | null): SongPart[] {
  const at = parts.findIndex(({ id }) => id === after);
  return at < 0 ? [...parts, part] : parts.toSpliced(at + 1, 0, part);
}

/** `parts` with the part `id` on place `to` of them, or as near to it as there are places. */
export function withPartAt(parts: readonly SongPart[], id: string, to: number): SongPart[] {
  const part = parts.find(one => one.id === id);
  if (!part) return [...parts];
  const others = parts.filter(one => one !== part);
  return others.toSpliced(Math.max(0, Math.min(others.length, to)), 0, part);
}

/** A song as one pattern; `turns` count the parts that have a pattern, which are `parts`. */
export interface ChainedSong {
  readonly pattern: Pattern;
  readonly turns: readonly Turn[];
  readonly parts: readonly SongPart[];
}

/** The song as it plays on `kit`; parts whose pattern is gone are passed over. */
export function chainSong(
  song: Pick<Song, 'parts'>,
  patternOf: (id: string) => Pattern | null,
  kit: Kit | null,
): Result<ChainedSong, ChainProblem> {
  const there = song.parts.flatMap(part => {
    const pattern = patternOf(part.patternId);
    return pattern ? [{ part, pattern }] : [];
  });
  const chained = chain(there.map(({ part: { times, layer }, pattern }) => ({ pattern, times, layer })));
  if (!chained.ok) return chained;
  const { pattern, turns } = chained.value;
  const fitted = kit ? onKit(pattern, kit) : pattern;
  return ok({ pattern: fitted, turns, parts: there.map(({ part }) => part) });
}

/** `pattern` with the choice of the kit's pads wherever a note's own hit is not of the kit. */
function onKit(pattern: Pattern, kit: Kit): Pattern {
  const own = new Set(kit.pads.flatMap(pad => pad.hits));
  const isOwn = (hit: Pattern['notes'][number]['hit']): boolean => hit === null || own.has(hit);
  if (pattern.notes.every(({ hit }) => isOwn(hit))) return pattern;
  return { ...pattern, notes: pattern.notes.map(note => (isOwn(note.hit) ? note : { ...note, hit: null })) };
}
