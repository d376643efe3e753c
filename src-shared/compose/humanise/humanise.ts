import type { Random } from '../../base';
import { type GrooveStyle, grooveStyleIndex, type Note, type Pattern, STRAIGHT } from '../../model';
import {
  CLASS_COUNT,
  emptyPerformance,
  cellGridForNotes,
  merged,
  modelBars,
  overlappingWindows,
  type Performance,
  performanceOf,
  WINDOW_CELLS,
} from '../groove';
import { withPerformance } from './apply';
import { decode, drawnLevel, type Hearing, hear } from './decode';
import { type Humaniser, STEP_NUMBERS } from './model';
import { performanceRows, windowsOf } from './windows';

export interface HumaniseOptions {
  /** Tight: what is expected of a drummer; human: one performance out of many. */
  readonly mode: 'tight' | 'human';
  /** 0 leaves the pattern as it is written, 1 plays it as the model does. */
  readonly amount: number;
  /** Of human mode: 1 as learnt, 0 without chance. */
  readonly temperature: number;
  readonly style: GrooveStyle;
  readonly random: Random;
  /** Notes that stay as they are and that the others are played to. */
  readonly isKept?: (note: Note) => boolean;
}

/** Plays a written pattern: velocities and feel of a drummer, on the notes as they are. */
export async function humanise(
  model: Humaniser,
  pattern: Pattern,
  options: HumaniseOptions,
): Promise<Pattern> {
  const { isKept = () => false, amount } = options;
  const grid = cellGridForNotes(pattern.bars, pattern.notes);
  // Swing is the user's own: the model plays the straight pattern, and what it does comes on top.
  const straight = { bars: pattern.bars, swing: STRAIGHT };
  const written = performanceOf(straight, pattern.notes, grid);
  const kept = performanceOf(straight, pattern.notes.filter(isKept), grid);
  const window = { tempo: pattern.tempo, style: grooveStyleIndex(options.style) };
  let played: Performance;
  if (options.mode === 'tight') {
    const windows = overlappingWindows(modelBars(grid));
    const answer = await model.tight(windowsOf(grid, written.hits, windows, window));
    played = {
      hits: written.hits,
      velocities: merged(windows, answer.velocities, grid),
      offsets: merged(windows, answer.offsets, grid),
    };
  } else {
    const hearing = await hear(model, grid, written.hits, window);
    const grooves = await suitingGrooves(model, hearing, kept, options);
    const choose = drawnLevel(options.random.fork('strokes'), options.temperature);
    const [first] = await decode(model, grid, [{ hearing, hits: written.hits, grooves, choose, kept }]);
    played = first ?? emptyPerformance(grid.cells.length);
  }
  return withPerformance(pattern, grid, played, {
    amount,
    isSounding: false,
    isFree: note => !isKept(note),
  });
}

/** Kept strokes in a window from which its groove is heard rather than drawn. */
const HEARD_FROM = 8;

/**
 * A latent groove for each window. One deviate is drawn for all of them, so that a long part keeps its groove; where enough strokes
 * with feel are kept, their groove is heard instead and spreads to the windows that have none.
 */
async function suitingGrooves(
  model: Humaniser,
  hearing: Hearing,
  kept: Performance,
  { random, temperature }: Pick<HumaniseOptions, 'random' | 'temperature'>,
): Promise<Float32Array> {
  const size = model.sizes.groove;
  const own = random.fork('groove');
  const deviate = Array.from({ length: size }, () => own.normal());
  const grooves = hearing.mean.map(
    (mean, at) => mean + temperature * Math.exp(hearing.logDeviation[at]!) * (deviate[at % size] ?? 0),
  );
  const rows = performanceRows(kept, hearing.windows);
  const heardWindows = hearing.windows.flatMap((_, window) => (hasFeel(rows, window) ? window : []));
  if (heardWindows.length === 0) return grooves;
  const heard = await model.listen(hearing.context, rows, hearing.windows.length);
  for (const window of hearing.windows.keys()) {
    const nearest = heardWindows.reduce((best, each) =>
      Math.abs(each - window) < Math.abs(best - window) ? each : best,
    );
    grooves.set(heard.subarray(nearest * size, (nearest + 1) * size), window * size);
  }
  return grooves;
}

/** Whether a window holds enough strokes, played and not just written: some of them off the grid. */
function hasFeel(rows: Float32Array, window: number): boolean {
  const length = WINDOW_CELLS * STEP_NUMBERS;
  let strokes = 0;
  let moved = 0;
  for (let at = window * length; at < (window + 1) * length; at++) {
    const kind = Math.floor((at % STEP_NUMBERS) / CLASS_COUNT);
    if (kind === 0) strokes += rows[at]!;
    else if (kind === 2 && Math.abs(rows[at]!) > 0.01) moved++;
  }
  return strokes >= HEARD_FROM && moved >= strokes / 4;
}
