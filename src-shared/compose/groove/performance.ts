import { type Meter, type Note, type Pattern, swingOf } from '../../model';
import { clamp } from '../../units';
import { CLASS_COUNT, classOf } from './classes';
import { BAR_CELLS, type CellGrid, cellGridOf } from './cell-grid';

/** What sounds in each cell and class of a grid: `cell * 9 + class`. */
export interface Performance {
  /** 0 or 1. */
  readonly hits: Float32Array;
  /** 0..1, of the loudest note in the cell. */
  readonly velocities: Float32Array;
  /** Of that note, in the model's sixteenths, played minus the cell's place; -0.5..0.5. */
  readonly offsets: Float32Array;
}

export const emptyPerformance = (cells: number): Performance => ({
  hits: new Float32Array(cells * CLASS_COUNT),
  velocities: new Float32Array(cells * CLASS_COUNT),
  offsets: new Float32Array(cells * CLASS_COUNT),
});

/** The notes of a pattern that sound and that the models know. */
export const knownNotes = (notes: readonly Note[]): Note[] =>
  notes.filter(note => !note.muted && note.velocity > 0 && classOf(note.instrument) !== null);

export function performanceOf(
  pattern: Pick<Pattern, 'bars' | 'swing'>,
  notes: readonly Note[],
  grid: CellGrid,
): Performance {
  const swung = swingOf(pattern);
  const performance = emptyPerformance(grid.cells.length);
  for (const note of knownNotes(notes)) {
    const index = grid.cellAt(note.at);
    const cell = grid.cells[index];
    if (!cell) continue;
    const at = index * CLASS_COUNT + (classOf(note.instrument) ?? 0);
    if (note.velocity <= performance.velocities[at]!) continue;
    performance.hits[at] = 1;
    performance.velocities[at] = note.velocity;
    performance.offsets[at] = clamp((swung(note.at) + note.feel - cell.centre) / cell.unit, -0.5, 0.5);
  }
  return performance;
}

/** Strokes of one class nearer than this, in ticks, are ornaments of one another and may share a cell. */
const DISTINCT_TICKS = 100;

/** A grid in which the notes of a pattern have cells of their own as far as a bar can be laid out finely enough. */
export function cellGridForNotes(bars: readonly Meter[], notes: readonly Note[]): CellGrid {
  const coarse = cellGridOf(bars);
  const fine = new Set<number>();
  const seen = new Map<string, number>();
  for (const note of knownNotes(notes)) {
    const cell = coarse.cellAt(note.at);
    const place = `${cell} ${classOf(note.instrument)}`;
    const other = seen.get(place);
    const bar = coarse.cells[cell]?.bar;
    if (other !== undefined && bar !== undefined && Math.abs(note.at - other) >= DISTINCT_TICKS)
      fine.add(bar);
    seen.set(place, note.at);
  }
  return fine.size === 0 ? coarse : cellGridOf(bars, { zoomOf: bar => (fine.has(bar) ? 2 : 1) });
}

export const modelBars = (grid: CellGrid): number => grid.cells.length / BAR_CELLS;
