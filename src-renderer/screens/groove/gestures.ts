import { arrange, INTRO_TO_FULL } from '#shared/compose';
import {
  chanced,
  type Edit,
  moved,
  MOST_OFFSET_MS,
  nudged,
  offset,
  onRows,
  ornamented,
  putNote,
  quantised,
  ratcheted,
  replacement,
  type RowOf,
  snapped,
  stepped,
  struck,
  struckAlongLine,
  struckHarder,
  struckInProportion,
  type Values,
} from '#shared/edit';
import { writtenHit } from '#shared/mix';
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
import { clamp } from '#shared/units';
import { isLaneMuted, isOnLane, type Lane, notesOfLane } from '#renderer/state';
import { plain, signed } from '#renderer/ui';
import { isGhost, ORNAMENT_NAMES } from './hit-words';

/** What a gesture does and what it is called in the undo list: "Move snare by 7 ms". */
export interface Gesture {
  readonly label: string;
  readonly edit: Edit;
}

export { MOST_OFFSET_MS };
export type { Values };

export const FULL_VELOCITY = 100 / 127;
const GHOST_VELOCITY = 34 / 127;

/** "snare" where all hits are of one row, else "4 hits". */
export function hitsName(notes: readonly Note[], lanes: readonly Lane[]): string {
  const lane = lanes.find(one => notes.every(note => isOnLane(note, one.key)));
  return lane ? lane.spokenName.toLowerCase() : `${notes.length} hits`;
}

/** A gesture on hits; null when there are none. */
const onHits = (notes: readonly Note[], label: string, edit: () => Edit): Gesture | null =>
  notes.length === 0 ? null : { label, edit: edit() };

/** The hit that a new note of a row plays: the one its pad has chosen, where no layers choose. */
export const hitOfLane = (lane: Lane): HitId | null => (lane.pad ? writtenHit(lane.pad) : null);

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
  const isMuted = isLaneMuted(notesOfLane(pattern, lane.key));
  const hit = { role, instrument, at, velocity, muted: isMuted, hit: hitOfLane(lane) };
  return { label: `Put ${lane.spokenName.toLowerCase()}`, edit: putNote(pattern, hit) };
}

export const removeHits = (notes: readonly Note[], lanes: readonly Lane[]): Gesture | null =>
  onHits(notes, `Take away ${hitsName(notes, lanes)}`, () => ({
    kind: 'remove',
    ids: notes.map(note => note.id),
  }));

/** Plays hits earlier (negative) or later; where they are written stays. `sum` is how far repeats have come in all. */
export const nudge = (
  pattern: Pattern,
  notes: readonly Note[],
  milliseconds: number,
  lanes: readonly Lane[],
  sum = milliseconds,
): Gesture | null =>
  onHits(notes, `Move ${hitsName(notes, lanes)} by ${plain(sum, sum % 1 === 0 ? 0 : 1)} ms`, () =>
    nudged(pattern, notes, milliseconds),
  );

/** Offsets from the line in ms. */
export const setOffsets = (
  pattern: Pattern,
  notes: readonly Note[],
  milliseconds: Values,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Offset of ${hitsName(notes, lanes)}${to(milliseconds, one => `${signed(one)} ms`)}`, () =>
    offset(pattern, notes, milliseconds),
  );

const to = (values: Values, text: (value: number) => string): string =>
  typeof values === 'number' ? ` to ${text(values)}` : '';

/** Velocities in MIDI's 1..127. */
export const setVelocities = (
  notes: readonly Note[],
  velocities: Values,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Velocity of ${hitsName(notes, lanes)}${to(velocities, one => plain(one, 0))}`, () =>
    struck(notes, velocities),
  );

export const addVelocity = (notes: readonly Note[], amount: number, lanes: readonly Lane[]): Gesture | null =>
  onHits(notes, `Velocity of ${hitsName(notes, lanes)} by ${signed(amount, 0)}`, () =>
    struckHarder(notes, amount),
  );

/** Velocities in proportion; 100 percent leaves them. */
export const scaleVelocity = (
  notes: readonly Note[],
  percent: number,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Velocity of ${hitsName(notes, lanes)} to ${plain(percent, 0)} %`, () =>
    struckInProportion(notes, percent / 100),
  );

/** Velocities along a straight line in time, in MIDI's 1..127. */
export const rampVelocity = (
  notes: readonly Note[],
  first: number,
  last: number,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Velocity of ${hitsName(notes, lanes)} from ${plain(first, 0)} to ${plain(last, 0)}`, () =>
    struckAlongLine(notes, first, last),
  );

/** Chances in percent. */
export const setChances = (
  notes: readonly Note[],
  percents: Values,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Chance of ${hitsName(notes, lanes)}${to(percents, one => `${plain(one, 0)} %`)}`, () =>
    chanced(notes, note => Math.round(typeof percents === 'number' ? percents : percents(note)) / 100),
  );

export const setOrnament = (
  notes: readonly Note[],
  ornament: Note['ornament'],
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `${ORNAMENT_NAMES[ornament]} on ${hitsName(notes, lanes)}`, () =>
    ornamented(notes, ornament),
  );

/** The ornament; none where all of the hits have it already. */
export const toggleOrnament = (
  notes: readonly Note[],
  ornament: Note['ornament'],
  lanes: readonly Lane[],
): Gesture | null =>
  setOrnament(notes, notes.every(note => note.ornament === ornament) ? 'none' : ornament, lanes);

/** Strokes that share a hit's step. */
export const setRatchet = (notes: readonly Note[], strokes: Values, lanes: readonly Lane[]): Gesture | null =>
  onHits(notes, `Ratchet of ${hitsName(notes, lanes)}${to(strokes, one => `×${plain(one, 0)}`)}`, () =>
    ratcheted(notes, strokes),
  );

/** Makes full hits ghosts; a selection that is all ghosts becomes full. */
export function toggleGhost(notes: readonly Note[], lanes: readonly Lane[]): Gesture | null {
  const areGhosts = notes.every(isGhost);
  const velocity = (areGhosts ? FULL_VELOCITY : GHOST_VELOCITY) * 127;
  return onHits(notes, `${areGhosts ? 'Full' : 'Ghost'} ${hitsName(notes, lanes)}`, () =>
    struck(notes, velocity),
  );
}

/** Moves hits towards the nearest (swung) line of their row: 100 percent gives their feel up, 50 half of it. */
export const quantise = (
  pattern: Pattern,
  notes: readonly Note[],
  lanes: readonly Lane[],
  percent = 100,
): Gesture | null =>
  onHits(
    notes,
    `Quantise ${hitsName(notes, lanes)}${percent < 100 ? ` by ${plain(percent, 0)} %` : ''}`,
    () => quantised(pattern, notes, percent / 100),
  );

/** Writes hits on the nearest line and keeps where they sound as their feel. */
export const snapKeepingFeel = (
  pattern: Pattern,
  notes: readonly Note[],
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Snap ${hitsName(notes, lanes)}`, () => ({
    kind: 'put',
    notes: notes.map(snapped(pattern)),
  }));

/** Rows of the grid that hits go down (or up, negative) to; the outermost rows stop them all. */
function downRows(notes: readonly Note[], deltaRows: number, lanes: readonly Lane[]): RowOf {
  const rowOf = (note: Note): number => lanes.findIndex(lane => isOnLane(note, lane.key));
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
export const moveHits = (
  pattern: Pattern,
  notes: readonly Note[],
  deltaTicks: number,
  deltaRows: number,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Move ${hitsName(notes, lanes)}`, () =>
    moved(pattern, notes, deltaTicks, downRows(notes, deltaRows, lanes)),
  );

/** Writes hits some steps of their own rows later. */
export const moveBySteps = (
  pattern: Pattern,
  notes: readonly Note[],
  steps: number,
  lanes: readonly Lane[],
): Gesture | null =>
  onHits(notes, `Move ${hitsName(notes, lanes)} by steps`, () => stepped(pattern, notes, steps));

/** Hits on another row. */
export const setRow = (notes: readonly Note[], lane: Lane, lanes: readonly Lane[]): Gesture | null =>
  onHits(notes, `Play ${hitsName(notes, lanes)} as ${lane.spokenName.toLowerCase()}`, () =>
    onRows(notes, () => ({ role: lane.role, instrument: lane.instrument, hit: hitOfLane(lane) })),
  );

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
  const row = downRows(notes, deltaRows, lanes);
  const by = Math.round(milliseconds / grain) * grain;
  const label = `Move ${hitsName(notes, lanes)} by ${plain(by, grain < 1 ? 1 : 0)} ms`;
  return onHits(notes, deltaRows === 0 ? label : `Move ${hitsName(notes, lanes)}`, () => ({
    kind: 'put',
    notes: notes.map(note => {
      const stand = swung(note.at);
      const wanted = time.offsetMilliseconds(stand, note.feel) + milliseconds;
      const feel = time.feelOf(stand, Math.round(wanted / grain) * grain);
      const { role, instrument, hit } = row(note);
      return snap({ ...note, role, instrument, hit, feel });
    }),
  }));
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
