import type { Random } from '../../base';
import {
  type GrooveStyle,
  grooveStyleIndex,
  INSTRUMENT_FACTS,
  type Instrument,
  type Note,
  type Pattern,
  type Role,
  STEP_TICKS,
  tickOfStep,
} from '../../model';
import { clamp } from '../../units';
import {
  BAR_CELLS,
  type CellLimits,
  CLASS_INSTRUMENTS,
  classOf,
  type Frame,
  frameOf,
  knownNotes,
  NoteWriter,
  tempoAt,
  type VoiceLimits,
  type Word,
  WORDS,
} from '../groove';
import type { Controls } from './features';
import { type StepModel, writeGap } from './gap';
import { type Sampling, sampleWord } from './sample';

export interface WriteOptions {
  readonly style: GrooveStyle;
  /** Strokes wished for in a bar of 16 sixteenths; null leaves it to the music. */
  readonly density: number | null;
  readonly sampling: Sampling;
  readonly limits: VoiceLimits;
  /** The take's own stream. */
  readonly random: Random;
  /** Instruments whose strokes may be changed; null for all. */
  readonly rows: readonly Instrument[] | null;
  /** Roles whose notes stay as they are, and that get no new ones. */
  readonly locked: readonly Role[];
  /** Places that stay as they are, struck or not; without an instrument a whole step. */
  readonly lockedCells: readonly LockedCell[];
}

export interface LockedCell {
  readonly bar: number;
  readonly step: number;
  readonly instrument: Instrument | null;
}

/** Cells of a frame that are written anew, and how. */
export interface Passage {
  readonly from: number;
  readonly to: number;
  /** Cells written at a time, seeing what lies ahead; all of them unless given. */
  readonly portion?: number;
  /** Bars of the model that are to be fills; null says nothing of fills. */
  readonly fillBars: readonly boolean[] | null;
  /** How dear it is to change a stroke that is there, in nats; null writes anew. */
  readonly leaning: number | null;
}

export interface Written {
  readonly pattern: Pattern;
  readonly isFresh: (note: Note) => boolean;
}

/** The frame in which a pattern is gone on with: in threes where its own off-beats are triplets. */
export const frameToWrite = (pattern: Pattern): Frame =>
  frameOf(pattern.bars, { triplets: hasTriplets(pattern.notes) });

/** Whether more notes stand on the thirds of quarters than on the sixteenths between them. */
function hasTriplets(notes: readonly Note[]): boolean {
  let thirds = 0;
  let sixteenths = 0;
  for (const { at } of notes) {
    const inside = at % (4 * STEP_TICKS);
    if (inside === 0) continue;
    if (inside % ((4 * STEP_TICKS) / 3) === 0) thirds++;
    else if (inside % STEP_TICKS === 0) sixteenths++;
  }
  return thirds > sixteenths;
}

/** Writes a passage of a pattern anew. Notes that are kept, of rows that are not meant, muted or outside the passage stay. */
export async function rewrite(
  model: StepModel,
  pattern: Pattern,
  frame: Frame,
  passage: Passage,
  options: WriteOptions,
): Promise<Written> {
  const { from, to, portion = to - from, leaning } = passage;
  const replaced = replacedNotes(pattern, frame, passage, options);
  const kept = pattern.notes.filter(note => !replaced.has(note));
  const writer = new NoteWriter(pattern, frame, kept, 'transformer');
  const words = wordsOf(frame, pattern.notes);
  const limitsAt = cellLimits(writer, pattern, frame, options);
  const controls = controlsOf(pattern, frame, passage, options);
  for (let start = from; start < to; start += portion) {
    const end = Math.min(to, start + portion);
    const isKnownAfter = words.subarray(end).some(word => word !== 0);
    await writeGap(model, {
      words,
      from: start,
      to: end,
      isKnownAfter,
      controls,
      choose: (step, logChances) =>
        sampleWord(
          logChances,
          limitsAt(step),
          options.sampling,
          options.random.fork('step', step),
          leaning === null ? null : { word: words[step] ?? 0, cost: leaning },
        ),
    });
  }
  if (leaning !== null)
    writer.keep(
      [...replaced].filter(note => ((words[frame.cellAt(note.at)] ?? 0) & bitOf(note.instrument)) !== 0),
    );
  const placeOf = (note: Note): string => `${frame.cellAt(note.at)} ${classOf(note.instrument)}`;
  const replacedAt = new Map([...replaced].map(note => [placeOf(note), note]));
  for (let step = from; step < to; step++) {
    const cell = frame.cells[step];
    if (!cell) continue;
    writer.write(step, words[step] ?? 0, index => {
      // A stroke that was drawn again where one was before is written where that one was, off the sixteenths, too.
      const before = replacedAt.get(`${step} ${index}`);
      return { at: before?.at ?? cell.tick, feel: before?.feel ?? 0, velocity: before?.velocity ?? 0.7 };
    });
  }
  return { pattern: writer.pattern(), isFresh: note => writer.isFresh(note) };
}

/** The words of whole frames. */
export function wordsOf(frame: Frame, notes: readonly Note[]): Uint16Array {
  const words = new Uint16Array(frame.cells.length);
  for (const note of knownNotes(notes)) words[frame.cellAt(note.at)]! |= 1 << (classOf(note.instrument) ?? 0);
  return words;
}

function replacedNotes(
  pattern: Pattern,
  frame: Frame,
  { from, to }: Passage,
  { rows, locked: lockedRoles, lockedCells }: WriteOptions,
): Set<Note> {
  const locked = lockedWords(pattern, frame, lockedCells);
  return new Set(
    knownNotes(pattern.notes).filter(note => {
      const cell = frame.cellAt(note.at);
      const isLocked = ((locked.get(cell) ?? 0) & (1 << (classOf(note.instrument) ?? 0))) !== 0;
      const isMeant = !rows || rows.some(row => classOf(row) === classOf(note.instrument));
      return cell >= from && cell < to && isMeant && !isLocked && !lockedRoles.includes(note.role);
    }),
  );
}

/** Of each cell with locked places: the classes that are locked there. */
function lockedWords(
  { bars }: Pattern,
  frame: Frame,
  cells: readonly LockedCell[],
): ReadonlyMap<number, Word> {
  const locked = new Map<number, Word>();
  for (const { bar, step, instrument } of cells) {
    const tick = tickOfStep(bars, bar, step);
    const known = instrument === null ? null : classOf(instrument);
    if (tick === null || (instrument !== null && known === null)) continue;
    const cell = frame.cellAt(tick);
    locked.set(cell, (locked.get(cell) ?? 0) | (known === null ? WORDS - 1 : 1 << known));
  }
  return locked;
}

function cellLimits(
  writer: NoteWriter,
  pattern: Pattern,
  frame: Frame,
  { rows, limits, locked: lockedRoles, lockedCells }: WriteOptions,
): (step: number) => CellLimits {
  const locked = lockedWords(pattern, frame, lockedCells);
  const meant = rows ? rows.reduce((word, row) => word | bitOf(row), 0) : WORDS - 1;
  const closed = closedClasses(pattern.notes, lockedRoles);
  const free = meant & ~closed;
  return step => {
    const taken = writer.taken(step);
    const isOpen = frame.cells[step]?.isOpen === true;
    return { ...limits, ...taken, free: isOpen ? free & ~(locked.get(step) ?? 0) : 0 };
  };
}

/** Classes that are a locked role's: all of their notes are, or they have none and would be. */
function closedClasses(notes: readonly Note[], locked: readonly Role[]): Word {
  let closed = 0;
  for (const [known, usual] of CLASS_INSTRUMENTS.entries()) {
    const roles = notes.filter(note => classOf(note.instrument) === known).map(note => note.role);
    const isLocked = (role: Role): boolean => locked.includes(role);
    if (roles.length > 0 ? roles.every(isLocked) : isLocked(INSTRUMENT_FACTS[usual].role))
      closed |= 1 << known;
  }
  return closed;
}

const bitOf = (instrument: Instrument): Word => {
  const known = classOf(instrument);
  return known === null ? 0 : 1 << known;
};

/** Tempi that the models were trained with. */
const SLOWEST = 50;
const FASTEST = 290;

function controlsOf(
  pattern: Pattern,
  frame: Frame,
  { from, fillBars }: Passage,
  { style, density }: WriteOptions,
): Controls {
  return {
    style: grooveStyleIndex(style),
    tempo: clamp(tempoAt(frame.cells[from], pattern.tempo), SLOWEST, FASTEST),
    density: density === null ? null : density / BAR_CELLS,
    fillBars,
  };
}
