import {
  BAR_CELLS,
  BAR_NUMBERS,
  CLASS_COUNT,
  type CellGrid,
  type Performance,
  tempoAt,
  WINDOW_CELLS,
  type WindowBars,
} from '../groove';
import { STEP_NUMBERS, type Windows } from './model';

export interface WindowStyle {
  readonly tempo: number;
  /** Index into `GROOVE_STYLES`. */
  readonly style: number;
}

/** Bars two by two; an odd one at the end is heard after its neighbour. */
export function pairedWindows(bars: number): WindowBars[] {
  if (bars === 1) return [[0, 0]];
  const pairs = Array.from(
    { length: Math.floor(bars / 2) },
    (_, pair): WindowBars => [2 * pair, 2 * pair + 1],
  );
  return bars % 2 === 0 ? pairs : [...pairs, [bars - 2, bars - 1]];
}

export function windowsOf(
  grid: CellGrid,
  hits: Float32Array,
  windows: readonly WindowBars[],
  { tempo, style }: WindowStyle,
): Windows {
  const all = new Float32Array(windows.length * 2 * BAR_NUMBERS);
  for (const [index, bars] of windows.entries()) {
    for (const [half, bar] of bars.entries())
      all.set(hits.subarray(bar * BAR_NUMBERS, (bar + 1) * BAR_NUMBERS), (2 * index + half) * BAR_NUMBERS);
  }
  const tempos = windows.map(([first]) => tempoAt(grid.cells[first * BAR_CELLS], tempo));
  return { count: windows.length, hits: all, tempos, fills: windows.map(() => false), style };
}

/** Writes a step's row as the decoder hears it: hits, velocities, doubled offsets. */
export function writeStep(row: Float32Array, at: number, from: Performance, cell: number): void {
  for (let index = 0; index < CLASS_COUNT; index++) {
    const place = cell * CLASS_COUNT + index;
    const hit = from.hits[place]!;
    row[at + index] = hit;
    row[at + CLASS_COUNT + index] = hit * from.velocities[place]!;
    row[at + 2 * CLASS_COUNT + index] = 2 * hit * from.offsets[place]!;
  }
}

/** The rows of whole windows, as `listen` takes them. */
export function performanceRows(from: Performance, windows: readonly WindowBars[]): Float32Array {
  const rows = new Float32Array(windows.length * WINDOW_CELLS * STEP_NUMBERS);
  for (const [index, bars] of windows.entries()) {
    for (const [half, bar] of bars.entries()) {
      for (let step = 0; step < BAR_CELLS; step++)
        writeStep(rows, ((2 * index + half) * BAR_CELLS + step) * STEP_NUMBERS, from, bar * BAR_CELLS + step);
    }
  }
  return rows;
}
