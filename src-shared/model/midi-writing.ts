import { PPQ, type Ticks, ticks } from '../units';
import { barAt, barStarts, barTicks, type Meter } from './grid';
import { DIVISION_TICKS, type Division, type LaneSetting, laneSteps } from './lane';
import type { Note } from './pattern';

/** Onsets closer than this are one stroke of several drums, and say the same of the grid. */
const TOGETHER_TICKS = 24;

/** How far strokes are usually off their place: 18 ms, in ticks by the tempo, and no more than lets triplets be told from sixteenths. */
const SPREAD_SECONDS = 0.018;
const MOST_SPREAD = 40;

/** Log-likelihood of a stroke that belongs to no grid: the second of a flam, a slip. */
const STRAY = Math.log(1e-3);

/**
 * What speaks against a division before a stroke is heard, and for each stroke beside the beats: the finer a grid, the nearer its lines are
 * to anything. Sixteenths are what is not clearly something else. In nats.
 */
const RELUCTANCE: Readonly<Partial<Record<Division, { readonly atAll: number; readonly each: number }>>> = {
  '16': { atAll: 0, each: 0 },
  '8T': { atAll: 6, each: 0 },
  '16T': { atAll: 7, each: Math.log(6 / 4) },
  '32': { atAll: 14, each: Math.log(8 / 4) },
};
const CANDIDATES = ['16', '8T', '16T', '32'] as const satisfies readonly Division[];

/** What speaks against writing one quarter otherwise than the rest of its bar, in nats. */
const ODD_QUARTER = 4;

/** Where a file's notes are written: the nearest line of the grid that explains their bar best. */
export interface Writing {
  /** The written position of what sounds at `position`. */
  readonly place: (position: number) => Ticks;
}

/** Sixteenths in every bar. */
export const writtenInSixteenths = (bars: readonly Meter[]): Writing => writing(bars, () => ['16']);

/**
 * Sixteenths, or triplets of eighths or sixteenths, or thirty-seconds, by bar and where need be by quarter. `positions` are all onsets,
 * ascending, `tempoAt` the tempo at one of them.
 */
export function writtenAsPlayed(
  bars: readonly Meter[],
  positions: readonly number[],
  tempoAt: (at: number) => number,
): Writing {
  const starts = barStarts(bars);
  const strokes = apart(positions);
  const byBar = Map.groupBy(strokes, position => barAt(starts, position).bar);
  const grids = bars.map((meter, bar) => {
    const start = starts[bar] ?? 0;
    const spread = Math.min(MOST_SPREAD, (SPREAD_SECONDS * tempoAt(start) * PPQ) / 60);
    return divisionsOf(
      (byBar.get(bar) ?? []).map(position => position - start),
      Math.ceil(barTicks(meter) / PPQ),
      spread,
    );
  });
  return writing(bars, bar => grids[bar] ?? ['16']);
}

function apart(positions: readonly number[]): number[] {
  const strokes: number[] = [];
  let last = -Infinity;
  for (const position of positions) {
    if (position - last < TOGETHER_TICKS) continue;
    strokes.push(position);
    last = position;
  }
  return strokes;
}

/** The division of each quarter of a bar, from its strokes' positions in it. */
function divisionsOf(strokes: readonly number[], quarters: number, spread: number): Division[] {
  const byQuarter = Array.from({ length: quarters }, (_, quarter) =>
    strokes.map(at => at - quarter * PPQ).filter(at => at >= 0 && at < PPQ),
  );
  const scores = byQuarter.map(offsets => CANDIDATES.map(division => scoreOf(division, offsets, spread)));
  const whole = best(
    CANDIDATES.map(
      (division, index) =>
        scores.reduce((sum, quarter) => sum + (quarter[index] ?? 0), 0) - (RELUCTANCE[division]?.atAll ?? 0),
    ),
  );
  return scores.map(
    quarter =>
      CANDIDATES[
        best(
          CANDIDATES.map(
            (division, index) =>
              (quarter[index] ?? 0) -
              (index === whole ? 0 : ODD_QUARTER + (RELUCTANCE[division]?.atAll ?? 0) / 2),
          ),
          whole,
        )
      ] ?? '16',
  );
}

/** The index of the greatest value; `usual` where no other is greater. */
function best(values: readonly number[], usual = 0): number {
  let winner = usual;
  for (const [index, value] of values.entries()) if (value > (values[winner] ?? 0)) winner = index;
  return winner;
}

function scoreOf(division: Division, offsets: readonly number[], spread: number): number {
  const step = DIVISION_TICKS[division];
  return offsets.reduce((sum, offset) => {
    const off = offset - Math.round(offset / step) * step;
    const isOnBeat = Math.round(offset / step) % Math.round(PPQ / step) === 0;
    const fit = Math.log(Math.exp((-off * off) / (2 * spread * spread)) + Math.exp(STRAY));
    return sum + fit - (isOnBeat ? 0 : (RELUCTANCE[division]?.each ?? 0));
  }, 0);
}

function writing(bars: readonly Meter[], gridOf: (bar: number) => readonly Division[]): Writing {
  const starts = barStarts(bars);
  const lines = bars.map((meter, bar) => {
    const length = barTicks(meter);
    const steps = laneSteps({ grid: [...gridOf(bar)] }, length);
    return bar + 1 < bars.length ? [...steps, length] : steps;
  });
  return {
    place: position => {
      const { bar, within } = barAt(starts, position);
      const own = lines[bar] ?? [];
      const after = own.findIndex(line => line > within);
      const [low, high] = [
        own[(after < 0 ? own.length : after) - 1] ?? 0,
        own[after < 0 ? own.length - 1 : after] ?? 0,
      ];
      return ticks((starts[bar] ?? 0) + (within - low < high - within ? low : high));
    },
  };
}

/** The grids of the rows that are not written in sixteenths: for each quarter of the bar the one that most of its notes stand on. */
export function lanesOfNotes(notes: readonly Note[], bars: readonly Meter[]): LaneSetting[] {
  const starts = barStarts(bars);
  const lengths = new Set(bars.map(meter => Math.ceil(barTicks(meter) / PPQ)));
  const [quarters = 1] = lengths.size === 1 ? lengths : [1];
  const rows = Map.groupBy(notes, ({ role, instrument }) => `${role} ${instrument}`);
  return [...rows.values()].flatMap((row): LaneSetting[] => {
    const offsets = row.map(({ at }) => barAt(starts, at).within);
    const divisions = Array.from({ length: quarters }, (_, quarter) =>
      fittingDivision(offsets.filter(at => Math.floor(at / PPQ) % quarters === quarter).map(at => at % PPQ)),
    );
    const grid = new Set(divisions).size === 1 ? divisions.slice(0, 1) : divisions;
    const [first] = row;
    if (!first || (grid.length === 1 && grid[0] === '16')) return [];
    return [{ role: first.role, instrument: first.instrument, grid, length: null }];
  });
}

/** The division whose lines miss the fewest of these places in a quarter, the plainest of equals. */
function fittingDivision(offsets: readonly number[]): Division {
  const misses = CANDIDATES.map(
    division => offsets.filter(offset => offset % DIVISION_TICKS[division] !== 0).length,
  );
  return CANDIDATES[misses.indexOf(Math.min(...misses))] ?? '16';
}
