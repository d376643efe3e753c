import { arrange, INTRO_TO_FULL } from '#shared/compose';
import { type Edit, putNote, replacement, snapped } from '#shared/edit';
import {
  foldedTick,
  type HitId,
  type Note,
  type NoteId,
  type Pattern,
  patternTicks,
  swingOf,
  timeOf,
} from '#shared/model';
import { clamp, midiVelocity, ticks } from '#shared/units';
import { isLaneMuted, type Lane, laneKey, notesOfLane } from '#renderer/state';
import { isGhost } from './hit-words';

/** What a gesture does and what it is called in the undo list. */
export interface Gesture {
  readonly label: string;
  readonly edit: Edit;
}

/** One value for all hits, or each its own. */
export type Values = number | ((note: Note) => number);

const valueFor = (values: Values): ((note: Note) => number) =>
  typeof values === 'number' ? () => values : values;

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

/** A gesture that gives each of `notes` another form; null when there are none. */
const changed = (label: string, notes: readonly Note[], change: (note: Note) => Note): Gesture | null =>
  notes.length === 0 ? null : { label, edit: put(notes.map(change)) };

/** The hit that a new note of a row plays: the one its pad has chosen. */
const hitOfLane = (lane: Lane): HitId | null => lane.pad?.hits[lane.pad.chosen] ?? lane.pad?.hits[0] ?? null;

/** Puts a hit where a step of the row is written; past the end of a shorter row, where that step comes round again. */
export function putHit(
  pattern: Pattern,
  lane: Lane,
  tick: number,
  velocity: number = FULL_VELOCITY,
): Gesture | null {
  const { role, instrument } = lane;
  const at = foldedTick(pattern, lane, tick);
  if (at < 0 || at >= patternTicks(pattern)) return null;
  const muted = isLaneMuted(notesOfLane(pattern, lane.key));
  const edit = putNote(pattern, { role, instrument, at, velocity, muted, hit: hitOfLane(lane) });
  return { label: `Put ${lane.name.toLowerCase()}`, edit };
}

export const removeHits = (notes: readonly Note[], lanes: readonly Lane[]): Gesture | null =>
  notes.length === 0
    ? null
    : {
        label: `Take away ${nameOf(notes, lanes)}`,
        edit: { kind: 'remove', ids: notes.map(note => note.id) },
      };

/** How far hits are off their lines, in ms; positive is late. */
function offsetsOf(pattern: Pattern): {
  readonly of: (note: Note) => number;
  readonly set: (note: Note, milliseconds: number) => Note;
} {
  const time = timeOf(pattern);
  const swung = swingOf(pattern);
  return {
    of: note => time.offsetMilliseconds(swung(note.at), note.feel),
    set: (note, milliseconds) => ({
      ...note,
      feel: time.feelOf(swung(note.at), clamp(milliseconds, -MOST_OFFSET_MS, MOST_OFFSET_MS)),
    }),
  };
}

/** Plays hits earlier (negative) or later; where they are written stays. */
export function nudge(
  pattern: Pattern,
  notes: readonly Note[],
  milliseconds: number,
  lanes: readonly Lane[],
): Gesture | null {
  const offset = offsetsOf(pattern);
  return changed(`Nudge ${nameOf(notes, lanes)}`, notes, note =>
    offset.set(note, offset.of(note) + milliseconds),
  );
}

/** Offsets from the line in ms. */
export function setOffsets(
  pattern: Pattern,
  notes: readonly Note[],
  milliseconds: Values,
  lanes: readonly Lane[],
): Gesture | null {
  const offset = offsetsOf(pattern);
  const wanted = valueFor(milliseconds);
  return changed(`Offset of ${nameOf(notes, lanes)}`, notes, note => offset.set(note, wanted(note)));
}

/** Velocities in MIDI's 1..127. */
export function setVelocities(
  notes: readonly Note[],
  velocities: Values,
  lanes: readonly Lane[],
): Gesture | null {
  const wanted = valueFor(velocities);
  return changed(`Velocity of ${nameOf(notes, lanes)}`, notes, note => ({
    ...note,
    velocity: clamp(wanted(note), 1, 127) / 127,
  }));
}

export const addVelocity = (notes: readonly Note[], amount: number, lanes: readonly Lane[]): Gesture | null =>
  setVelocities(notes, note => midiVelocity(note.velocity) + amount, lanes);

/** Chances in percent. */
export function setChances(notes: readonly Note[], percents: Values, lanes: readonly Lane[]): Gesture | null {
  const wanted = valueFor(percents);
  return changed(`Chance of ${nameOf(notes, lanes)}`, notes, note => ({
    ...note,
    probability: clamp(Math.round(wanted(note)), 0, 100) / 100,
  }));
}

/** Makes full hits ghosts; a selection that is all ghosts becomes full. */
export function toggleGhost(notes: readonly Note[], lanes: readonly Lane[]): Gesture | null {
  const velocity = notes.every(isGhost) ? FULL_VELOCITY : GHOST_VELOCITY;
  return changed(`Ghost ${nameOf(notes, lanes)}`, notes, note => ({ ...note, velocity }));
}

/** Puts hits on the nearest (swung) line; their feel is given up. */
export function quantise(pattern: Pattern, notes: readonly Note[], lanes: readonly Lane[]): Gesture | null {
  const snap = snapped(pattern);
  return changed(`Quantise ${nameOf(notes, lanes)}`, notes, note => ({ ...snap(note), feel: 0 }));
}

/** Writes hits on the nearest line and keeps where they sound as their feel. */
export const snapKeepingFeel = (
  pattern: Pattern,
  notes: readonly Note[],
  lanes: readonly Lane[],
): Gesture | null => changed(`Snap ${nameOf(notes, lanes)}`, notes, snapped(pattern));

export function toggleMute(pattern: Pattern, lane: Lane): Gesture | null {
  const notes = notesOfLane(pattern, lane.key);
  if (notes.length === 0) return null;
  const muted = !isLaneMuted(notes);
  return {
    label: `${muted ? 'Mute' : 'Unmute'} ${lane.name.toLowerCase()}`,
    edit: put(notes.map(note => ({ ...note, muted }))),
  };
}

/** Rows of the grid that hits go down (or up, negative) to; the outermost rows stop them all. */
function toRows(
  notes: readonly Note[],
  deltaRows: number,
  lanes: readonly Lane[],
): (note: Note) => Pick<Note, 'role' | 'instrument' | 'hit'> {
  const rowOf = (note: Note): number => lanes.findIndex(lane => lane.key === laneKey(note));
  const rows = notes.map(rowOf).filter(row => row >= 0);
  const by = clamp(deltaRows, -Math.min(...rows), lanes.length - 1 - Math.max(...rows));
  return note => {
    const from = rowOf(note);
    const lane = from < 0 ? undefined : lanes[from + by];
    if (!lane || by === 0) return note;
    return { role: lane.role, instrument: lane.instrument, hit: hitOfLane(lane) };
  };
}

/**
 * Writes hits `deltaTicks` later and `deltaRows` rows further down; their feel stays. The pattern's ends and the outermost rows stop
 * them all together, so that their shape is kept.
 */
export function moveHits(
  pattern: Pattern,
  notes: readonly Note[],
  deltaTicks: number,
  deltaRows: number,
  lanes: readonly Lane[],
): Gesture | null {
  const places = notes.map(note => note.at);
  const by = clamp(
    Math.round(deltaTicks),
    -Math.min(...places),
    patternTicks(pattern) - 1 - Math.max(...places),
  );
  const row = toRows(notes, deltaRows, lanes);
  return changed(`Move ${nameOf(notes, lanes)}`, notes, note => ({
    ...note,
    ...row(note),
    at: ticks(note.at + by),
  }));
}

/**
 * Hits dragged by `milliseconds` of true time and across rows; each is written on the line of its row that it then is nearest to, and
 * its offset is a multiple of `grain` ms.
 */
export function dragged(
  pattern: Pattern,
  ids: ReadonlySet<NoteId>,
  milliseconds: number,
  grain: number,
  lanes: readonly Lane[],
  deltaRows = 0,
): Gesture | null {
  const notes = pattern.notes.filter(note => ids.has(note.id));
  const snap = snapped(pattern);
  const time = timeOf(pattern);
  const swung = swingOf(pattern);
  const row = toRows(notes, deltaRows, lanes);
  return changed(`Move ${nameOf(notes, lanes)}`, notes, note => {
    const stand = swung(note.at);
    const offset = time.offsetMilliseconds(stand, note.feel) + milliseconds;
    const feel = time.feelOf(stand, Math.round(offset / grain) * grain);
    return snap({ ...note, ...row(note), feel });
  });
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
