import type { Random } from '../../base';
import {
  type GrooveStyle,
  grooveStyleIndex,
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
  bitCount,
  type CellLimits,
  classOf,
  closedClasses,
  type CellGrid,
  cellGridOf,
  isPedalHat,
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

/** Cells of a grid that are written anew, and how. */
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

/** The grid in which a pattern is gone on with: in threes where its own off-beats are triplets. */
export const cellGridToWrite = (pattern: Pattern): CellGrid =>
  cellGridOf(pattern.bars, { triplets: hasTriplets(pattern.notes) });

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
  grid: CellGrid,
  passage: Passage,
  options: WriteOptions,
): Promise<Written> {
  const { from, to, portion = to - from, leaning } = passage;
  const replaced = replacedNotes(pattern, grid, passage, options);
  const kept = pattern.notes.filter(note => !replaced.has(note));
  const writer = new NoteWriter(pattern, grid, {
    kept,
    examples: pattern.notes.filter(note => !options.locked.includes(note.role)),
    source: 'transformer',
  });
  const words = wordsOf(grid, pattern.notes);
  const limitsAt = cellLimits(writer, pattern, grid, options);
  const controls = controlsOf(pattern, grid, passage, options);
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
        sampleWord(logChances, limitsAt(step), options.sampling, options.random.fork('step', step), {
          towards: leaning === null ? null : { word: words[step] ?? 0, cost: leaning },
          perStroke: steer(words, from, step, options.density),
        }),
    });
  }
  if (leaning !== null) writer.keep([...replaced].filter(note => survives(note, grid, words, writer)));
  const placeOf = (note: Note): string => `${grid.cellAt(note.at)} ${classOf(note.instrument)}`;
  const replacedAt = new Map([...replaced].map(note => [placeOf(note), note]));
  for (let step = from; step < to; step++) {
    const cell = grid.cells[step];
    if (!cell) continue;
    writer.write(step, words[step] ?? 0, index => {
      // A stroke that was drawn again where one was before is written where that one was, off the sixteenths, too.
      const before = replacedAt.get(`${step} ${index}`);
      return { at: before?.at ?? cell.tick, feel: before?.feel ?? 0, velocity: before?.velocity ?? 0.7 };
    });
  }
  return { pattern: writer.pattern(), isFresh: note => writer.isFresh(note) };
}

/** Whether a stroke that might have been changed was drawn again and can be played as it was: a hat may have to be trodden now. */
function survives(note: Note, grid: CellGrid, words: Uint16Array, writer: NoteWriter): boolean {
  const cell = grid.cellAt(note.at);
  const word = words[cell] ?? 0;
  const isTrodden = note.instrument === 'chh' && isPedalHat(word, writer.taken(cell).otherHands);
  return (word & bitOf(note.instrument)) !== 0 && !isTrodden;
}

/** Nats a missing stroke, and the most that steering may weigh. */
const STEER = 0.25;
const STEER_MOST = 2;

/** What a stroke is worth at `step` so that a passage comes to the density asked for: the model itself heeds it but a little. */
function steer(words: Uint16Array, from: number, step: number, density: number | null): number {
  if (density === null) return 0;
  let strokes = 0;
  for (let at = from; at < step; at++) strokes += bitCount(words[at]!);
  const missing = (density / BAR_CELLS) * (step - from + 1) - strokes;
  return clamp(STEER * missing, -STEER_MOST, STEER_MOST);
}

/** The words of whole grids. */
export function wordsOf(grid: CellGrid, notes: readonly Note[]): Uint16Array {
  const words = new Uint16Array(grid.cells.length);
  for (const note of knownNotes(notes)) words[grid.cellAt(note.at)]! |= 1 << (classOf(note.instrument) ?? 0);
  return words;
}

function replacedNotes(
  pattern: Pattern,
  grid: CellGrid,
  { from, to, leaning }: Passage,
  { rows, locked: lockedRoles, lockedCells }: WriteOptions,
): Set<Note> {
  const locked = lockedWords(pattern, grid, lockedCells);
  const strokes = new Map<string, number>();
  const placeOf = (note: Note): string => `${grid.cellAt(note.at)} ${classOf(note.instrument)}`;
  for (const note of knownNotes(pattern.notes))
    strokes.set(placeOf(note), (strokes.get(placeOf(note)) ?? 0) + 1);
  return new Set(
    knownNotes(pattern.notes).filter(note => {
      const cell = grid.cellAt(note.at);
      const isLocked = ((locked.get(cell) ?? 0) & bitOf(note.instrument)) !== 0;
      const isMeant = !rows || rows.some(row => classOf(row) === classOf(note.instrument));
      // Strokes finer than the cells are left alone where the most is to stay: as words they would be one.
      const isDouble = leaning !== null && (strokes.get(placeOf(note)) ?? 0) > 1;
      const isThere = cell >= from && cell < to;
      return isThere && isMeant && !isLocked && !isDouble && !lockedRoles.includes(note.role);
    }),
  );
}

/** Of each cell with locked places: the classes that are locked there. */
function lockedWords(
  { bars }: Pattern,
  grid: CellGrid,
  cells: readonly LockedCell[],
): ReadonlyMap<number, Word> {
  const locked = new Map<number, Word>();
  for (const { bar, step, instrument } of cells) {
    const tick = tickOfStep(bars, bar, step);
    const known = instrument === null ? null : classOf(instrument);
    if (tick === null || (instrument !== null && known === null)) continue;
    const cell = grid.cellAt(tick);
    locked.set(cell, (locked.get(cell) ?? 0) | (known === null ? WORDS - 1 : 1 << known));
  }
  return locked;
}

function cellLimits(
  writer: NoteWriter,
  pattern: Pattern,
  grid: CellGrid,
  { rows, limits, locked: lockedRoles, lockedCells }: WriteOptions,
): (step: number) => CellLimits {
  const locked = lockedWords(pattern, grid, lockedCells);
  const meant = rows ? rows.reduce((word, row) => word | bitOf(row), 0) : WORDS - 1;
  const closed = closedClasses(pattern.notes, lockedRoles);
  const free = meant & ~closed;
  return step => {
    const taken = writer.taken(step);
    const isOpen = grid.cells[step]?.isOpen === true;
    return { ...limits, ...taken, free: isOpen ? free & ~(locked.get(step) ?? 0) : 0 };
  };
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
  grid: CellGrid,
  { from, fillBars }: Passage,
  { style, density }: WriteOptions,
): Controls {
  return {
    style: grooveStyleIndex(style),
    tempo: clamp(tempoAt(grid.cells[from], pattern.tempo), SLOWEST, FASTEST),
    density: density === null ? null : density / BAR_CELLS,
    fillBars,
  };
}
