import {
  laneLines,
  type LaneSetting,
  laneSetting,
  lineBefore,
  type Note,
  type Pattern,
  type PatternTime,
  patternTicks,
  performedNotes,
  swingOf,
  timeOf,
} from '#shared/model';
import { ticks } from '#shared/units';
import { type Lane, laneKey, notesOfLane } from '#renderer/state';

/** One sound of an ornament or a ratchet. */
interface GridStroke {
  /** Where it sounds, in ticks. */
  readonly onset: number;
  /** 0..1. */
  readonly velocity: number;
}

/** A note where it is seen: where it is written, or where its row comes round to it again. */
export interface GridHit {
  /** What an edit of this place changes. */
  readonly note: Note;
  /** Where it stands in the bars, where that line sounds, and where the hit sounds; all in ticks. */
  readonly at: number;
  readonly line: number;
  readonly onset: number;
  /** Onset from the line in ms; positive is late. */
  readonly offset: number;
  /** How often its row had begun again: 0 for the note itself, 1.. for its repeats; -1 past its row's end, where it is silent. */
  readonly repeat: number;
  /** Which of its row's instruments it is. */
  readonly voice: number;
  /** Its strokes when it is an ornament or a ratchet; none when it is plain. */
  readonly strokes: readonly GridStroke[];
}

export interface GridRow {
  readonly lane: Lane;
  /** Where its steps are written, ascending, in ticks, and where they sound. */
  readonly steps: readonly number[];
  readonly lines: readonly number[];
  /** Ticks after which it begins again; null for the pattern's end. */
  readonly loop: number | null;
  /** As the pattern has them. */
  readonly notes: readonly Note[];
  /** Ascending by onset. */
  readonly hits: readonly GridHit[];
}

export interface GridRows {
  readonly frame: Frame;
  readonly rows: readonly GridRow[];
}

const FRAME_PARTS = ['bars', 'swing', 'tempo', 'tempoChanges', 'lanes'] as const;

/** What decides where notes stand, beside the notes. Everything that was placed under it is kept with it. */
interface Frame {
  /** Without its notes. */
  readonly pattern: Pattern;
  readonly end: number;
  readonly swung: (at: number) => number;
  readonly time: PatternTime;
  readonly settings: Map<string, Readonly<LaneSetting>>;
  readonly steps: Map<string, Pick<GridRow, 'steps' | 'lines'>>;
  readonly placed: WeakMap<Note, readonly GridHit[]>;
}

const frameOf = (pattern: Pattern): Frame => ({
  pattern: { ...pattern, notes: [] },
  end: patternTicks(pattern),
  swung: swingOf(pattern),
  time: timeOf(pattern),
  settings: new Map(),
  steps: new Map(),
  placed: new WeakMap(),
});

/** Puts every note of a pattern where it is seen. Rows in which nothing changed since `former` are the same objects again. */
export function gridRows(pattern: Pattern, lanes: readonly Lane[], former: GridRows | null): GridRows {
  const isSameFrame =
    former !== null && FRAME_PARTS.every(part => former.frame.pattern[part] === pattern[part]);
  const frame = isSameFrame ? former.frame : frameOf(pattern);
  const rows = lanes.map((lane, index) => {
    const old = isSameFrame ? former.rows[index] : undefined;
    const notes = notesOfLane(pattern, lane.key);
    if (old?.lane === lane && isSameList(old.notes, notes)) return old;
    const hits = rowHits(frame, lane, notes);
    return { lane, ...stepsOf(frame, lane), loop: settingOf(frame, lane).length, notes, hits };
  });
  const isSame = isSameFrame && isSameList(rows, former.rows);
  return isSame ? former : { frame, rows };
}

const isSameList = <One>(a: readonly One[], b: readonly One[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

function settingOf(frame: Frame, row: Pick<Note, 'role' | 'instrument'>): Readonly<LaneSetting> {
  const key = laneKey(row);
  const known = frame.settings.get(key);
  if (known) return known;
  const setting = laneSetting(frame.pattern, row);
  frame.settings.set(key, setting);
  return setting;
}

function stepsOf(frame: Frame, lane: Lane): Pick<GridRow, 'steps' | 'lines'> {
  const key = settingOf(frame, lane).grid.join(' ');
  const known = frame.steps.get(key);
  if (known) return known;
  const steps = laneLines(frame.pattern, lane);
  const made = { steps, lines: steps.map(step => frame.swung(step)) };
  frame.steps.set(key, made);
  return made;
}

function rowHits(frame: Frame, lane: Lane, notes: readonly Note[]): readonly GridHit[] {
  const hits: GridHit[] = [];
  for (const note of notes) {
    const voice = Math.max(0, lane.instruments.indexOf(note.instrument));
    const known = frame.placed.get(note);
    const placed = known?.[0]?.voice === voice ? known : placesOf(frame, note, voice);
    if (placed !== known) frame.placed.set(note, placed);
    for (const hit of placed) hits.push(hit);
  }
  return hits.sort((a, b) => a.onset - b.onset || (a.note.id < b.note.id ? -1 : 1));
}

function placesOf(frame: Frame, note: Note, voice: number): readonly GridHit[] {
  const { length } = settingOf(frame, note);
  const place = (at: number, repeat: number): GridHit => {
    const line = frame.swung(at);
    const offset = frame.time.offsetMilliseconds(line, note.feel);
    const strokes = strokesOf(frame, { ...note, at: ticks(at) });
    return { note, at, line, onset: line + note.feel, offset, repeat, voice, strokes };
  };
  if (length === null) return [place(note.at, 0)];
  if (note.at >= length) return [place(note.at, -1)];
  const places: GridHit[] = [];
  for (let time = 0; note.at + time * length < frame.end; time++)
    places.push(place(note.at + time * length, time));
  return places;
}

/** As they will be played. */
function strokesOf(frame: Frame, note: Note): readonly GridStroke[] {
  if (note.ornament === 'none' && note.ratchet === 1) return [];
  const lanes = frame.pattern.lanes.map(lane => ({ ...lane, length: null }));
  return performedNotes({ ...frame.pattern, lanes, notes: [{ ...note, probability: 1 }] })
    .map(({ at, feel, velocity }) => ({ onset: frame.swung(at) + feel, velocity }))
    .sort((a, b) => a.onset - b.onset);
}

/** Place in `hits` of the first whose onset is at or past `onset`. */
export function firstFrom(hits: readonly GridHit[], onset: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hits[middle]?.onset ?? 0) < onset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of the step of a row whose sounding line is the last at or before `onset`. */
export const stepUnder = (row: Pick<GridRow, 'lines'>, onset: number): number => lineBefore(row.lines, onset);
