import { fail, ok, type Result } from '../base';
import {
  barStarts,
  barTicks,
  type GridFile,
  GridFileSchema,
  type Meter,
  meterText,
  type Pattern,
  parseMeter,
  STEP_TICKS,
  stepsPerBar,
} from '../model';
import { PPQ, secondsOfTicks } from '../units';

/** How far times in a file made elsewhere may stray from what its tempo and meter give, in seconds. */
const TIME_TOLERANCE_SECONDS = 0.0005;

/** `grid_N.json` of a pattern. */
export function gridFileOf({ tempo, bars, swing }: Pick<Pattern, 'tempo' | 'bars' | 'swing'>): GridFile {
  const first = bars[0] ?? { numerator: 4, denominator: 4 };
  const starts = barStarts(bars);
  const timeOfStep = (start: number, step: number): number =>
    secondsOfTicks(start + step * STEP_TICKS, tempo);
  return {
    bpm: tempo,
    meter: meterText(first),
    steps_per_bar: stepsPerBar(first),
    num_bars: bars.length,
    tbeat: secondsOfTicks(PPQ, tempo),
    tbar: secondsOfTicks(barTicks(first), tempo),
    tstep: secondsOfTicks(STEP_TICKS, tempo),
    bar_start: bars.map((_, bar) => secondsOfTicks(starts[bar] ?? 0, tempo)),
    t_step: bars.flatMap((meter, bar) =>
      Array.from({ length: stepsPerBar(meter) }, (_, step) => timeOfStep(starts[bar] ?? 0, step)),
    ),
    ...(bars.every(meter => meterText(meter) === meterText(first)) ? {} : { meters: bars.map(meterText) }),
    ...(swing.percent === 50 ? {} : { swing }),
  };
}

/** The meter of every bar of a checked grid. */
export function barsOf(grid: GridFile): Meter[] {
  const texts = grid.meters ?? Array.from({ length: grid.num_bars }, () => grid.meter);
  return texts.flatMap(text => parseMeter(text) ?? []);
}

/** A grid file's content, or what is wrong with it, one sentence each. */
export function parseGridFile(content: unknown): Result<GridFile, readonly string[]> {
  const parsed = GridFileSchema.safeParse(content);
  if (!parsed.success) return fail(problemsOf(parsed.error.issues));
  const grid = parsed.data;
  const unread = [grid.meter, ...(grid.meters ?? [])].filter(text => !parseMeter(text));
  if (unread.length > 0) return fail(unread.map(text => `"${text}" is not a meter such as 4/4 or 7/8`));
  if (grid.meters && grid.meters.length !== grid.num_bars) {
    return fail([`meters has ${grid.meters.length} entries, but num_bars is ${grid.num_bars}`]);
  }
  const wanted = gridFileOf({
    tempo: grid.bpm,
    bars: barsOf(grid),
    swing: grid.swing ?? { percent: 50, base: '16th' },
  });
  const problems = [
    ...(['steps_per_bar', 'tbeat', 'tbar', 'tstep'] as const).flatMap(key =>
      mismatch(key, grid[key], wanted[key]),
    ),
    ...(['bar_start', 't_step'] as const).flatMap(key => listMismatch(key, grid[key], wanted[key])),
  ];
  return problems.length > 0 ? fail(problems) : ok(grid);
}

const mismatch = (name: string, found: number, wanted: number): string[] =>
  Math.abs(found - wanted) <= TIME_TOLERANCE_SECONDS
    ? []
    : [`${name} is ${found}, but bpm and meter give ${wanted}`];

function listMismatch(name: string, found: readonly number[], wanted: readonly number[]): string[] {
  if (found.length !== wanted.length) {
    return [`${name} has ${found.length} entries, but num_bars and meter give ${wanted.length}`];
  }
  return found
    .flatMap((value, index) => mismatch(`${name}[${index}]`, value, wanted[index] ?? 0))
    .slice(0, 1);
}

/** Schema issues as sentences: "3.vel: Too big: expected number to be <=1". */
export const problemsOf = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string[] =>
  issues.map(({ path, message }) =>
    path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message,
  );
