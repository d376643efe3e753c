import { offsetsOf } from '#shared/edit';
import type { Note, Pattern } from '#shared/model';
import { midiVelocity } from '#shared/units';
import { isOnLane, type Lane, spokenPlace } from '#renderer/state';
import { lateness } from '#renderer/ui';

/** Below this MIDI velocity a hit is a ghost, and drawn hollow. */
export const GHOST_BELOW = 45;

export const ORNAMENT_NAMES: Readonly<Record<Note['ornament'], string>> = {
  none: 'No ornament',
  flam: 'Flam',
  drag: 'Drag',
  ruff: 'Ruff',
};

const offsets = new WeakMap<Pattern, (note: Note) => number>();

/** How far a hit is off its line in ms, positive is late. Asked of every hit of one pattern, whose time is found once. */
export function offsetOf(pattern: Pattern, note: Note): number {
  let of = offsets.get(pattern);
  if (!of) {
    ({ of } = offsetsOf(pattern));
    offsets.set(pattern, of);
  }
  return of(note);
}

export const isGhost = (note: Note): boolean => midiVelocity(note.velocity) < GHOST_BELOW;

/** "velocity 118, 12 ms late, flam, 60 % chance". */
export function spokenHit(pattern: Pattern, note: Note): string {
  const parts = [`velocity ${midiVelocity(note.velocity)}`, lateness(offsetOf(pattern, note))];
  if (note.ornament !== 'none') parts.push(ORNAMENT_NAMES[note.ornament].toLowerCase());
  if (note.ratchet > 1) parts.push(`${note.ratchet} strokes`);
  if (note.probability < 1) parts.push(`${Math.round(note.probability * 100)} % chance`);
  if (note.muted) parts.push('muted');
  return parts.join(', ');
}

/** What a selection is called: "Snare, bar 2 beat 4", "Snare", "3 rows". */
export function selectionName(pattern: Pattern, lanes: readonly Lane[], notes: readonly Note[]): string {
  const [first] = notes;
  if (!first) return '';
  const rowOf = (note: Note): Lane | undefined => lanes.find(lane => isOnLane(note, lane.key));
  const rows = new Set(notes.map(rowOf));
  const name = rowOf(first)?.spokenName ?? '';
  if (notes.length === 1) return `${name}, ${spokenPlace(pattern, first.at)}`;
  return rows.size === 1 ? name : `${rows.size} rows`;
}
