import { Random } from '../base';
import { type Ticks, ticks } from '../units';
import { barAt, barStarts } from './grid';
import { laneSetting, laneSteps } from './lane';
import { type Note, type NoteId, noteId, type Pattern, patternTicks, sortedNotes } from './pattern';
import { type PatternTime, timeOf } from './pattern-time';
import { swingOf } from './swing';

/**
 * Grace strokes before the main one in ms, the first first, and their share of its velocity: a flam's grace stands 20 to 40 ms
 * before it, those of drags and ruffs follow each other about as fast as a hand's double strokes do.
 */
const GRACES: Readonly<
  Record<Note['ornament'], readonly { readonly early: number; readonly share: number }[]>
> = {
  none: [],
  flam: [{ early: 28, share: 0.55 }],
  drag: [
    { early: 80, share: 0.4 },
    { early: 40, share: 0.5 },
  ],
  ruff: [
    { early: 111, share: 0.35 },
    { early: 74, share: 0.42 },
    { early: 37, share: 0.5 },
  ],
};

/**
 * The strokes of one pass through a pattern: rows shorter than it begin again, chances are drawn, ornaments and ratchets become
 * plain notes. Pass 0 is what exports hold; equal passes are equal. Every stroke's name begins with its note's. `time` is when
 * its ticks sound, where that does not follow from its tempos.
 */
export function performedNotes(pattern: Pattern, pass = 0, time: PatternTime = timeOf(pattern)): Note[] {
  const repeated = repeatedNotes(pattern);
  const drawn = repeated.every(({ probability }) => probability >= 1)
    ? repeated
    : repeated.filter(note => sounds(note, pass));
  if (drawn.every(isPlain)) return drawn === pattern.notes ? [...drawn] : sortedNotes(drawn);
  const stand = swingOf(pattern);
  return sortedNotes(
    drawn.flatMap(note =>
      ratchetStrokes(pattern, note).flatMap(stroke => ornamentStrokes(stroke, stand, time)),
    ),
  );
}

/** The note that a stroke of `performedNotes` belongs to. */
export const noteOfStroke = (stroke: NoteId): NoteId => noteId(stroke.replace(/[@~^]\d+(?:[@~^]\d+)*$/, ''));

const isPlain = ({ ratchet, ornament }: Note): boolean => ratchet === 1 && ornament === 'none';

/** The pattern that plays as `pattern` does in one pass, with nothing left to draw or to unfold. */
export const performed = (pattern: Pattern, pass = 0): Pattern => ({
  ...pattern,
  lanes: pattern.lanes.map(lane => ({ ...lane, length: null })),
  notes: performedNotes(pattern, pass),
});

/** A pattern's notes with rows shorter than it begun again until its end, and without those past a row's end. */
export function repeatedNotes(pattern: Pattern): readonly Note[] {
  if (pattern.lanes.every(({ length }) => length === null)) return pattern.notes;
  const end = patternTicks(pattern);
  return pattern.notes.flatMap(note => {
    const { length } = laneSetting(pattern, note);
    if (length === null) return [note];
    if (note.at >= length) return [];
    const count = Math.ceil((end - note.at) / length);
    return Array.from({ length: count }, (_, time): Note => repeatOf(note, time, length));
  });
}

const repeatOf = (note: Note, time: number, length: Ticks): Note =>
  time === 0 ? note : { ...note, id: noteId(`${note.id}@${time}`), at: ticks(note.at + time * length) };

const sounds = ({ id, probability }: Note, pass: number): boolean =>
  probability >= 1 || (probability > 0 && Random.ofSeed(pass).fork('chance', id).chance(probability));

/** The strokes of a ratchet: even shares of the step of its row that it is written on. */
function ratchetStrokes(pattern: Pattern, note: Note): Note[] {
  if (note.ratchet === 1) return [note];
  const starts = barStarts(pattern.bars);
  const { bar, within } = barAt(starts, note.at);
  const barLength = (starts[bar + 1] ?? 0) - (starts[bar] ?? 0);
  const steps = laneSteps(laneSetting(pattern, note), barLength);
  const next = steps.find(step => step > within) ?? barLength;
  const swung = swingOf(pattern);
  const span = swung(note.at + next - within) - swung(note.at);
  return Array.from({ length: note.ratchet }, (_, stroke): Note => {
    const share = (span * stroke) / note.ratchet;
    return {
      ...note,
      id: stroke === 0 ? note.id : noteId(`${note.id}~${stroke}`),
      feel: note.feel + share,
      length: ticks(Math.max(1, Math.round(span / note.ratchet))),
      ornament: stroke === 0 ? note.ornament : 'none',
      ratchet: 1,
    };
  });
}

function ornamentStrokes(note: Note, swung: (at: number) => Ticks, time: PatternTime): Note[] {
  const graces = GRACES[note.ornament];
  if (graces.length === 0) return [note];
  const stand = swung(note.at) + note.feel;
  return [
    ...graces.map(
      ({ early, share }, index): Note => ({
        ...note,
        id: noteId(`${note.id}^${index}`),
        feel: note.feel + time.feelOf(stand, -early),
        velocity: note.velocity * share,
        ornament: 'none',
      }),
    ),
    { ...note, ornament: 'none' },
  ];
}
