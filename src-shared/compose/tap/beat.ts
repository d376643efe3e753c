import type { Random } from '../../base';
import { type GrooveStyle, grooveStyleIndex, type Pattern, type Role, swingOf } from '../../model';
import { clamp } from '../../units';
import {
  allows,
  BAR_CELLS,
  CLASS_COUNT,
  closedClasses,
  type CellGrid,
  cellGridOf,
  merged,
  modelBars,
  NoteWriter,
  overlappingWindows,
  tempoAt,
  type VoiceLimits,
  WINDOW_CELLS,
  type WindowBars,
} from '../groove';
import { TAP_NUMBERS, type TapColour, type Tapper, type TapWindows } from './model';
import { type Taps, tapsOf } from './taps';

export interface TapOptions {
  readonly style: GrooveStyle;
  readonly colour: TapColour;
  /** How far the voices' thresholds stray by chance, so that takes differ; 0 gives the one likeliest beat. */
  readonly temperature: number;
  readonly limits: VoiceLimits;
  readonly random: Random;
  /** Roles whose notes stay as they are, and that get no new ones; all other notes are replaced by the beat. */
  readonly locked?: readonly Role[];
}

/** How far a voice's threshold strays at temperature 1, as a factor's natural logarithm. */
const STRAY = 0.4;

/** Makes a full beat of a rhythm: of everything that sounds in `rhythm`, whatever it sounds with, its timing and its velocities. */
export async function beatOfTaps(tapper: Tapper, rhythm: Pattern, options: TapOptions): Promise<Pattern> {
  const { locked = [], random, temperature } = options;
  const grid = cellGridOf(rhythm.bars);
  const taps = tapsOf(rhythm, grid);
  const windows = overlappingWindows(modelBars(grid));
  const answer = await tapper.play(
    tapWindows(grid, taps, windows, rhythm.tempo, grooveStyleIndex(options.style)),
  );
  const [chances, velocities, offsets] = [answer.chances, answer.velocities, answer.offsets].map(values =>
    merged(windows, values, grid),
  ) as [Float32Array, Float32Array, Float32Array];
  const stream = random.fork('thresholds');
  const thresholds = tapper.thresholds[options.colour].map(
    threshold => threshold * Math.exp(STRAY * temperature * stream.normal()),
  );
  const kept = rhythm.notes.filter(note => note.muted || locked.includes(note.role));
  const writer = new NoteWriter(rhythm, grid, { kept, examples: [], source: 'groovae' });
  const free = ~closedClasses(kept, locked);
  const swung = swingOf(rhythm);
  for (const [index, cell] of grid.cells.entries()) {
    const tap = taps.notes[index];
    if (!cell || (!tap && !cell.isOpen)) continue;
    const row = index * CLASS_COUNT;
    const word = sounding(chances.subarray(row, row + CLASS_COUNT), thresholds, word_ =>
      allows({ ...writer.taken(index), free, ...options.limits }, word_),
    );
    const at = tap?.at ?? cell.tick;
    writer.write(index, word | writer.taken(index).fixed, known => ({
      at,
      feel: cell.centre + cell.unit * offsets[row + known]! - swung(at) + 0,
      velocity: clamp(velocities[row + known]!, 1 / 127, 1),
    }));
  }
  return writer.pattern();
}

/** The classes above their threshold; where not all of them may sound together, those that are surest. */
function sounding(
  chances: Float32Array,
  thresholds: readonly number[],
  isAllowed: (word: number) => boolean,
): number {
  const sure = Array.from(chances, (chance, index) => ({ index, margin: chance / (thresholds[index] ?? 1) }));
  let word = 0;
  for (const { index, margin } of sure.sort((a, b) => b.margin - a.margin || a.index - b.index)) {
    if (margin > 1 && isAllowed(word | (1 << index))) word |= 1 << index;
  }
  return word;
}

function tapWindows(
  grid: CellGrid,
  taps: Taps,
  windows: readonly WindowBars[],
  tempo: number,
  style: number,
): TapWindows {
  const rows = new Float32Array(windows.length * WINDOW_CELLS * TAP_NUMBERS);
  for (const [index, bars] of windows.entries()) {
    for (let step = 0; step < WINDOW_CELLS; step++) {
      const cell = (bars[step < BAR_CELLS ? 0 : 1] ?? 0) * BAR_CELLS + (step % BAR_CELLS);
      const hit = taps.hits[cell]!;
      rows.set(
        [hit, hit * taps.velocities[cell]!, 2 * hit * taps.offsets[cell]!],
        (index * WINDOW_CELLS + step) * TAP_NUMBERS,
      );
    }
  }
  const tempos = windows.map(([first]) => tempoAt(grid.cells[first * BAR_CELLS], tempo));
  return { count: windows.length, taps: rows, tempos, style };
}
