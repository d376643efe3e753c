import {
  barStarts,
  COMMON_TIME,
  type Meter,
  type Note,
  noteId,
  type Pattern,
  sortedNotes,
} from '../../model';
import { ticks } from '../../units';
import { BAR_CELLS, bitCount, type CellGrid, TOM_CLASSES, wordOf } from '../groove';
import type { StepModel } from './gap';
import { cellGridToWrite, rewrite, type WriteOptions, type Written, wordsOf } from './rewrite';

/** Bars of a pattern, from 0; `to` is not among them. */
export interface BarRange {
  readonly from: number;
  readonly to: number;
}

/** Bars of the given groove that a new one is written after. */
const PRIMING_BARS = 4;

/** A new groove in the style of the one given: what its player might play next, on the same bars. An empty one is written from nothing. */
export async function writeNew(model: StepModel, given: Pattern, options: WriteOptions): Promise<Written> {
  const { lead, offset, bars } = ledIn(given);
  const grid = cellGridToWrite(lead);
  const written = await rewrite(
    model,
    lead,
    grid,
    { from: grid.barCells[bars] ?? 0, to: grid.cells.length, fillBars: null, leaning: null },
    {
      ...options,
      lockedCells: options.lockedCells.map(cell => ({ ...cell, bar: cell.bar + bars })),
    },
  );
  const fresh = new Set<string>(written.pattern.notes.filter(written.isFresh).map(note => note.id));
  const notes = written.pattern.notes
    .filter(note => note.at >= offset)
    .map(note => ({ ...note, at: ticks(note.at - offset) }));
  return { pattern: { ...given, notes }, isFresh: note => fresh.has(note.id) };
}

/** The given groove after its own last bars; as many of them, looped, as fill whole fours. */
function ledIn(given: Pattern): { readonly lead: Pattern; readonly offset: number; readonly bars: number } {
  if (given.notes.length === 0) return { lead: given, offset: 0, bars: 0 };
  const count = given.bars.length;
  const from = count - PRIMING_BARS;
  const starts = barStarts(given.bars);
  const meters: Meter[] = [];
  const notes: Note[] = [];
  let offset = 0;
  for (let index = from; index < count; index++) {
    const bar = ((index % count) + count) % count;
    const start = starts[bar] ?? 0;
    const end = starts[bar + 1] ?? start;
    for (const note of given.notes) {
      if (note.at >= start && note.at < end)
        notes.push({ ...note, id: noteId(`p${index}.${note.id}`), at: ticks(note.at - start + offset) });
    }
    meters.push(given.bars[bar] ?? COMMON_TIME);
    offset += end - start;
  }
  const own = given.notes.map(note => ({ ...note, at: ticks(note.at + offset) }));
  return {
    lead: { ...given, bars: [...meters, ...given.bars], notes: sortedNotes([...notes, ...own]) },
    offset,
    bars: PRIMING_BARS,
  };
}

/** The groove with `count` more bars, in the meters of its last ones. */
export function continueGroove(
  model: StepModel,
  given: Pattern,
  count: number,
  options: WriteOptions,
): Promise<Written> {
  const { bars } = given;
  const more = Array.from({ length: count }, (_, index) => bars[index % bars.length] ?? COMMON_TIME);
  const longer = { ...given, bars: [...bars, ...more] };
  const grid = cellGridToWrite(longer);
  const from = grid.barCells[bars.length] ?? 0;
  return rewrite(
    model,
    longer,
    grid,
    { from, to: grid.cells.length, fillBars: null, leaning: null },
    options,
  );
}

/** Writes bars of the groove anew, seeing what comes before and after them. */
export function infill(
  model: StepModel,
  given: Pattern,
  range: BarRange,
  options: WriteOptions,
): Promise<Written> {
  const grid = cellGridToWrite(given);
  return rewrite(model, given, grid, { ...cellsOf(grid, range), fillBars: null, leaning: null }, options);
}

/** Nats that a changed stroke costs when hardly anything is to change. */
const DEAREST = 8;

/** The groove with some of its strokes changed: `amount` 0 none, 1 as if it were written anew, bar by bar. */
export function vary(
  model: StepModel,
  given: Pattern,
  range: BarRange,
  amount: number,
  options: WriteOptions,
): Promise<Written> {
  const grid = cellGridToWrite(given);
  const passage = { ...cellsOf(grid, range), portion: BAR_CELLS, fillBars: null };
  return rewrite(model, given, grid, { ...passage, leaning: DEAREST * (1 - amount) ** 2 }, options);
}

/** Tries to find a fill among so many. */
const FILL_TRIES = 6;

/** Writes a fill into the last `cells` sixteenths of a bar. */
export async function writeFill(
  model: StepModel,
  given: Pattern,
  bar: number,
  cells: number,
  options: WriteOptions,
): Promise<Written> {
  const grid = cellGridToWrite(given);
  const { from: barFrom, to } = cellsOf(grid, { from: bar, to: bar + 1 });
  const from = Math.max(barFrom, to - cells);
  const fillBars = Array.from(
    { length: grid.cells.length / BAR_CELLS },
    (_, index) => (index + 1) * BAR_CELLS > from && index * BAR_CELLS < to,
  );
  const before = wordsOf(grid, given.notes).subarray(from, to);
  let best: { readonly written: Written; readonly score: number } | null = null;
  for (let turn = 0; turn < FILL_TRIES; turn++) {
    const random = options.random.fork('fill', turn);
    const written = await rewrite(
      model,
      given,
      grid,
      { from, to, fillBars, leaning: null },
      { ...options, random },
    );
    const score = fillScore(wordsOf(grid, written.pattern.notes).subarray(from, to), before);
    if (!best || score > best.score) best = { written, score };
    if (score >= 1) break;
  }
  return best?.written ?? { pattern: given, isFresh: () => false };
}

/** At least 1 for what the training calls a fill: three strokes of toms or more, and less than half the cells in common with what was there. */
function fillScore(words: Uint16Array, before: Uint16Array): number {
  const toms = wordOf(TOM_CLASSES);
  let tomStrokes = 0;
  let common = 0;
  let either = 0;
  for (const [index, word] of words.entries()) {
    const other = before[index] ?? 0;
    tomStrokes += bitCount(word & toms);
    common += bitCount(word & other);
    either += bitCount(word | other);
  }
  const isNew = common / Math.max(1, either) < 0.5;
  return Math.min(1, tomStrokes / 3) * (isNew ? 1 : 0.5);
}

/** A range's cells. Bars that share a model's bar with the next one end where that begins. */
function cellsOf(grid: CellGrid, { from, to }: BarRange): { readonly from: number; readonly to: number } {
  return { from: grid.barCells[from] ?? 0, to: grid.barCells[to] ?? grid.cells.length };
}
