import { invariant, type Random } from '../../base';
import {
  BAR_CELLS,
  CLASS_COUNT,
  emptyPerformance,
  type CellGrid,
  modelBars,
  type Performance,
  WINDOW_CELLS,
  type WindowBars,
} from '../groove';
import { type Humaniser, type HumaniserSizes, STEP_NUMBERS, type Windows } from './model';
import { pairedWindows, type WindowStyle, windowsOf, writeStep } from './windows';

/** What the decoder is told of a grid, two bars at a time. */
export interface Hearing {
  readonly windows: readonly WindowBars[];
  readonly asked: Windows;
  readonly context: Float32Array;
  readonly mean: Float32Array;
  readonly logDeviation: Float32Array;
}

export async function hear(
  model: Humaniser,
  grid: CellGrid,
  hits: Float32Array,
  style: WindowStyle,
): Promise<Hearing> {
  const windows = pairedWindows(modelBars(grid));
  const asked = windowsOf(grid, hits, windows, style);
  return { windows, asked, ...(await model.context(asked)) };
}

/** Chooses a level of velocity or offset: its centre of mass, or one drawn. */
export type ChooseLevel = (
  logits: Float32Array,
  kind: 'velocity' | 'offset',
  cell: number,
  index: number,
) => number;

/** Share of a level's range, 0..1, that is expected. */
export const expectedLevel: ChooseLevel = logits => {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  let weighted = 0;
  for (let level = 0; level < logits.length; level++) {
    const chance = Math.exp(logits[level]! - most);
    sum += chance;
    weighted += chance * (level + 0.5);
  }
  return weighted / sum / logits.length;
};

/** Draws a level from its chances and a place within it; each cell has a stream of its own, so takes are stable. */
export const drawnLevel =
  (random: Random, temperature: number): ChooseLevel =>
  (logits, kind, cell, index) => {
    if (temperature === 0) return expectedLevel(logits, kind, cell, index);
    const own = random.fork(kind, cell, index);
    const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const level = own.weighted(Array.from(logits, value => Math.exp((value - most) / temperature)));
    return (level + own.unit()) / logits.length;
  };

export interface Row {
  readonly hearing: Hearing;
  readonly hits: Float32Array;
  /** A latent groove a window. */
  readonly grooves: Float32Array;
  readonly choose: ChooseLevel;
  /** Strokes that are played as they are, and that the decoder hears in place of its own. */
  readonly kept?: Performance;
}

/**
 * Plays rows of one grid's length step by step. The decoder's state and what it played last go on from window to window, so
 * that a long part is one performance.
 */
export async function decode(model: Humaniser, grid: CellGrid, rows: readonly Row[]): Promise<Performance[]> {
  const { sizes } = model;
  const first = rows[0]?.hearing;
  invariant(first, 'something to play');
  const performances = rows.map(({ hits }) => ({ ...emptyPerformance(grid.cells.length), hits }));
  const groove = new Float32Array(rows.length * sizes.groove);
  const context = new Float32Array(rows.length * sizes.context);
  const previous = new Float32Array(rows.length * STEP_NUMBERS);
  let state: Float32Array = new Float32Array(rows.length * sizes.state);
  let played = -1;
  for (const [window, bars] of first.windows.entries()) {
    for (const [index, row] of rows.entries())
      groove.set(
        row.grooves.subarray(window * sizes.groove, (window + 1) * sizes.groove),
        index * sizes.groove,
      );
    for (let step = 0; step < WINDOW_CELLS; step++) {
      const cell = (bars[step < BAR_CELLS ? 0 : 1] ?? 0) * BAR_CELLS + (step % BAR_CELLS);
      if (cell <= played) continue;
      played = cell;
      const at = window * WINDOW_CELLS + step;
      for (const [index, row] of rows.entries())
        context.set(
          row.hearing.context.subarray(at * sizes.context, (at + 1) * sizes.context),
          index * sizes.context,
        );
      const answer = await model.play({ rows: rows.length, context, groove, previous, state });
      state = answer.state;
      for (const [index, row] of rows.entries()) {
        const performance = performances[index]!;
        playCell(performance, row, answer.logits, index, cell, sizes);
        writeStep(previous, index * STEP_NUMBERS, performance, cell);
      }
    }
  }
  return performances;
}

function playCell(
  performance: Performance,
  { choose, kept }: Row,
  logits: Float32Array,
  row: number,
  cell: number,
  { velocityLevels, offsetLevels }: HumaniserSizes,
): void {
  const levels = velocityLevels + offsetLevels;
  for (let index = 0; index < CLASS_COUNT; index++) {
    const place = cell * CLASS_COUNT + index;
    if (performance.hits[place] === 0) continue;
    if (kept?.hits[place] === 1) {
      performance.velocities[place] = kept.velocities[place]!;
      performance.offsets[place] = kept.offsets[place]!;
      continue;
    }
    const from = (row * CLASS_COUNT + index) * levels;
    performance.velocities[place] = choose(
      logits.subarray(from, from + velocityLevels),
      'velocity',
      cell,
      index,
    );
    performance.offsets[place] =
      choose(logits.subarray(from + velocityLevels, from + levels), 'offset', cell, index) - 0.5;
  }
}
