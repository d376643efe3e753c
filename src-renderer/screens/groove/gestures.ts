import { arrange, INTRO_TO_FULL } from '#shared/compose';
import { editOf, type Edit, replacement, snapped } from '#shared/edit';
import {
  barAt,
  barStarts,
  type HitId,
  type Note,
  type NoteId,
  type Pattern,
  STEP_TICKS,
} from '#shared/model';
import { clamp, millisecondsOfTicks, ticksOfMilliseconds } from '#shared/units';
import { isLaneMuted, type Lane, laneKey, notesOfLane } from '#renderer/state';
import { isGhost } from './hit-words';

/** What a gesture does and what it is called in the undo list. */
export interface Gesture {
  readonly label: string;
  readonly edit: Edit;
}

/** Furthest a hit may be from its line: half a second. */
export const MOST_OFFSET_MS = 500;
const FULL_VELOCITY = 100 / 127;
const GHOST_VELOCITY = 34 / 127;

const nameOf = (notes: readonly Note[], lanes: readonly Lane[]): string => {
  const keys = new Set(notes.map(laneKey));
  const [only] = keys;
  const name = lanes.find(lane => lane.key === only)?.name.toLowerCase();
  return keys.size === 1 && name !== undefined ? name : `${notes.length} hits`;
};

const put = (notes: readonly Note[]): Edit => ({ kind: 'put', notes });

/** The hit that a new note of a row plays: the one its pad has chosen. */
const hitOfLane = (lane: Lane): HitId | null => lane.pad?.hits[lane.pad.chosen] ?? lane.pad?.hits[0] ?? null;

/** Puts a hit on an empty step; the gesture's note comes back with it. */
export function putHit(pattern: Pattern, lane: Lane, step: number): Gesture | null {
  const at = step * STEP_TICKS;
  const { bar, within } = barAt(barStarts(pattern.bars), at);
  const edit = editOf(pattern, {
    op: 'set',
    bar,
    step: within / STEP_TICKS,
    role: lane.role,
    instrument: lane.instrument,
    velocity: FULL_VELOCITY,
    micro_offset_ms: 0,
    sample_id: hitOfLane(lane),
  });
  if (!edit.ok) return null;
  const isMuted = isLaneMuted(notesOfLane(pattern, lane.key));
  const { value } = edit;
  const muted =
    value.kind === 'put' && isMuted ? put(value.notes.map(note => ({ ...note, muted: true }))) : value;
  return { label: `Put ${lane.name.toLowerCase()}`, edit: muted };
}

export const removeHits = (notes: readonly Note[], lanes: readonly Lane[]): Gesture => ({
  label: `Take away ${nameOf(notes, lanes)}`,
  edit: { kind: 'remove', ids: notes.map(note => note.id) },
});

const withOffset = (pattern: Pattern, note: Note, milliseconds: number): Note => ({
  ...note,
  feel: ticksOfMilliseconds(clamp(milliseconds, -MOST_OFFSET_MS, MOST_OFFSET_MS), pattern.tempo),
});

/** Plays hits earlier (negative) or later; where they are written stays. */
export const nudge = (
  pattern: Pattern,
  notes: readonly Note[],
  milliseconds: number,
  lanes: readonly Lane[],
): Gesture => ({
  label: `Nudge ${nameOf(notes, lanes)}`,
  edit: put(
    notes.map(note =>
      withOffset(pattern, note, millisecondsOfTicks(note.feel, pattern.tempo) + milliseconds),
    ),
  ),
});

export const setOffset = (
  pattern: Pattern,
  notes: readonly Note[],
  milliseconds: number,
  lanes: readonly Lane[],
): Gesture => ({
  label: `Offset of ${nameOf(notes, lanes)}`,
  edit: put(notes.map(note => withOffset(pattern, note, milliseconds))),
});

/** Velocities in MIDI's 1..127. */
export const setVelocity = (notes: readonly Note[], velocity: number, lanes: readonly Lane[]): Gesture => ({
  label: `Velocity of ${nameOf(notes, lanes)}`,
  edit: put(notes.map(note => ({ ...note, velocity: clamp(velocity, 1, 127) / 127 }))),
});

export const addVelocity = (notes: readonly Note[], amount: number, lanes: readonly Lane[]): Gesture => ({
  label: `Velocity of ${nameOf(notes, lanes)}`,
  edit: put(
    notes.map(note => ({ ...note, velocity: clamp(Math.round(note.velocity * 127) + amount, 1, 127) / 127 })),
  ),
});

/** Makes full hits ghosts; a selection that is all ghosts becomes full. */
export function toggleGhost(notes: readonly Note[], lanes: readonly Lane[]): Gesture {
  const velocity = notes.every(isGhost) ? FULL_VELOCITY : GHOST_VELOCITY;
  return { label: `Ghost ${nameOf(notes, lanes)}`, edit: put(notes.map(note => ({ ...note, velocity }))) };
}

/** Puts hits on the nearest (swung) line; their feel is given up. */
export const quantise = (pattern: Pattern, notes: readonly Note[], lanes: readonly Lane[]): Gesture => ({
  label: `Quantise ${nameOf(notes, lanes)}`,
  edit: put(notes.map(snapped(pattern)).map(note => ({ ...note, feel: 0 }))),
});

/** Writes hits on the nearest line and keeps where they sound as their feel. */
export function snapKeepingFeel(
  pattern: Pattern,
  notes: readonly Note[],
  lanes: readonly Lane[],
): Gesture | null {
  const edit = editOf(pattern, { op: 'snap', where: { id: notes.map(note => note.id) } });
  return edit.ok ? { label: `Snap ${nameOf(notes, lanes)}`, edit: edit.value } : null;
}

export function toggleMute(pattern: Pattern, lane: Lane): Gesture | null {
  const notes = notesOfLane(pattern, lane.key);
  if (notes.length === 0) return null;
  const muted = !isLaneMuted(notes);
  return {
    label: `${muted ? 'Mute' : 'Unmute'} ${lane.name.toLowerCase()}`,
    edit: put(notes.map(note => ({ ...note, muted }))),
  };
}

/** Hits dragged by `milliseconds` of true time, each written on the line it then is nearest to. */
export function dragged(
  pattern: Pattern,
  ids: ReadonlySet<NoteId>,
  milliseconds: number,
  grain: number,
  lanes: readonly Lane[],
): Gesture {
  const notes = pattern.notes.filter(note => ids.has(note.id));
  const snap = snapped(pattern);
  const moved = notes.map(note => {
    const offset = millisecondsOfTicks(note.feel, pattern.tempo) + milliseconds;
    const rounded = Math.round(offset / grain) * grain;
    return snap({ ...note, feel: ticksOfMilliseconds(rounded, pattern.tempo) });
  });
  return { label: `Move ${nameOf(notes, lanes)}`, edit: put(moved) };
}

/** Bars that the most a pattern can have leave for a groove that is laid out in its layers. */
const MOST_ARRANGED_BARS = 128 / INTRO_TO_FULL.reduce((sum, { times }) => sum + times, 0);

export const canArrange = ({ bars, notes }: Pattern): boolean =>
  notes.length > 0 && bars.length <= MOST_ARRANGED_BARS;

/** The groove as an arrangement of its layers, from an intro to everything. */
export const arrangeLayers = (pattern: Pattern): Gesture | null =>
  canArrange(pattern)
    ? { label: 'Arrange the layers', edit: replacement(pattern, arrange(pattern, INTRO_TO_FULL)) }
    : null;
