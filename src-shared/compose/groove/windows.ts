import { CLASS_COUNT } from './classes';
import { BAR_CELLS, type CellGrid } from './cell-grid';
import { modelBars } from './performance';

/** Cells of a window: two bars of a model. */
export const WINDOW_CELLS = 2 * BAR_CELLS;
/** Numbers of a bar: one for each class in each cell. */
export const BAR_NUMBERS = BAR_CELLS * CLASS_COUNT;

/** The model bars that a window holds. */
export type WindowBars = readonly [number, number];

/** Every two neighbouring bars; a single bar with itself, as a loop sounds. */
export function overlappingWindows(bars: number): WindowBars[] {
  return bars === 1 ? [[0, 0]] : Array.from({ length: bars - 1 }, (_, bar): WindowBars => [bar, bar + 1]);
}

/** The expected performance of a whole grid: what both windows that hold a bar say of it, averaged. */
export function merged(windows: readonly WindowBars[], values: Float32Array, grid: CellGrid): Float32Array {
  const sums = new Float32Array(grid.cells.length * CLASS_COUNT);
  const counts = new Float32Array(modelBars(grid));
  for (const [index, bars] of windows.entries()) {
    for (const [half, bar] of bars.entries()) {
      // A lone bar stands twice in its window, once as itself and once as its repetition.
      if (half === 1 && bar === bars[0]) continue;
      counts[bar]! += 1;
      const from = (2 * index + half) * BAR_NUMBERS;
      for (let at = 0; at < BAR_NUMBERS; at++) sums[bar * BAR_NUMBERS + at]! += values[from + at]!;
    }
  }
  return sums.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / BAR_NUMBERS)]!));
}
