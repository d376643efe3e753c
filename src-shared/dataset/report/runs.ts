import { deviation, mean } from '../statistics';
import { edgesOf, Histogram } from './histogram';

/** A stroke that somebody was to play at one moment and played at another. */
export interface RunStroke {
  /** ms from any start. */
  readonly intended: number;
  /** ms after it; negative is early. */
  readonly late: number;
  /** 1..127. */
  readonly velocity: number;
  /** Strokes of one name were meant alike: the same place of a bar, the same accent and hand. */
  readonly alike: string;
}

/** One performance on one drum, in the order in which it was meant. */
export type Run = readonly RunStroke[];

/** What is compared between people and the generator, each by the same code. */
export const QUANTITIES = {
  offset: { title: 'Offset from the grid', unit: 'ms', edges: edgesOf(-80, 80, 4) },
  offset_shape: {
    title: 'Offset from the grid, over its own deviation',
    unit: 'SD',
    edges: edgesOf(-4, 4, 0.2),
  },
  interval_short: {
    title: 'Intervals of 90 to 200 ms, played over written',
    unit: '',
    edges: edgesOf(0.5, 1.5, 0.025),
  },
  interval_long: {
    title: 'Intervals of 200 to 500 ms, played over written',
    unit: '',
    edges: edgesOf(0.5, 1.5, 0.025),
  },
  velocity: {
    title: 'Velocity of strokes meant alike, over their mean',
    unit: '',
    edges: edgesOf(0.3, 1.7, 0.05),
  },
} as const;
export type Quantity = keyof typeof QUANTITIES;
export const QUANTITY_NAMES = Object.keys(QUANTITIES) as readonly Quantity[];

/** Lags at which errors are correlated with themselves. */
export const LAGS = [1, 2, 4, 8] as const;
/**
 * Strokes that are looked at in one go: exercises are short, and the shorter a stretch, the lower its correlation with itself comes out. Only
 * stretches of one length can be compared.
 */
export const WINDOW_STROKES = 16;
const SHORT_MS = [90, 200] as const;
const LONG_MS = [200, 500] as const;
const LEAST_ALIKE = 4;
/** Fewer pairs than this say nothing about one player. */
const LEAST_PAIRS = 48;
/** Windows whose figures are kept for the classifier. */
const MOST_WINDOWS = 600;

/** Figures of one window that do not depend on what is played, nor how fast. */
export const WINDOW_FIGURES = [
  'autocorrelation_1',
  'autocorrelation_2',
  'autocorrelation_4',
  'interval_lag_1',
  'skew',
  'kurtosis',
  'velocity_autocorrelation',
] as const;

/** Sums of products of errors of one player, so that the mean can be taken off at the end. */
interface Sums {
  count: number;
  readonly sum: [x: number, y: number];
  readonly products: [xx: number, yy: number, xy: number];
}

const noSums = (): Sums => ({ count: 0, sum: [0, 0], products: [0, 0, 0] });

function addPair({ sum, products }: Sums, x: number, y: number): void {
  sum[0] += x;
  sum[1] += y;
  products[0] += x * x;
  products[1] += y * y;
  products[2] += x * y;
}

/** Correlation of the pairs; null where they are too few or do not vary. */
function correlation({ count, sum: [x, y], products: [xx, yy, xy] }: Sums): number | null {
  if (count < LEAST_PAIRS) return null;
  const below = Math.sqrt((xx - (x * x) / count) * (yy - (y * y) / count));
  return below > 0 ? (xy - (x * y) / count) / below : null;
}

/** Takes performances one by one and keeps counts only. */
export class RunMeter {
  readonly #histograms = Object.fromEntries(
    QUANTITY_NAMES.map(name => [name, new Histogram(QUANTITIES[name].edges)]),
  ) as Readonly<Record<Quantity, Histogram>>;
  readonly #players = new Map<string, Sums[]>();
  readonly #lagSums: number[] = LAGS.map(() => 0);
  #intervalLagSum = 0;
  readonly #spreads: number[] = [];
  readonly #windows: number[][] = [];
  #stride = 1;
  #strokes = 0;

  /** `player`: whose steady place to the click is taken off. */
  add(run: Run, player: string): void {
    this.#strokes += run.length;
    const late = run.map(stroke => stroke.late);
    this.#correlate(late, player);
    this.#intervalsOf(run);
    this.#velocitiesOf(run);
    for (let start = 0; start + WINDOW_STROKES <= run.length; start += WINDOW_STROKES)
      this.#window(run.slice(start, start + WINDOW_STROKES));
  }

  get strokes(): number {
    return this.#strokes;
  }

  histogram(name: Quantity): Histogram {
    return this.#histograms[name];
  }

  /** Autocorrelation of all errors of a player at `LAGS`, the mean over players; null where no player has enough. */
  get lagsOfPlayers(): readonly (number | null)[] {
    return LAGS.map((_, index) => meanOf([...this.#players.values()].map(sums => sums[index] ?? noSums())));
  }

  /** Autocorrelation of the errors within windows at `LAGS`, the mean over windows; null without windows. */
  get lags(): readonly (number | null)[] {
    return this.#lagSums.map(sum => (this.#spreads.length === 0 ? null : sum / this.#spreads.length));
  }

  /** Autocorrelation of the intervals' errors at lag 1 within windows. */
  get intervalLag(): number | null {
    return this.#spreads.length === 0 ? null : this.#intervalLagSum / this.#spreads.length;
  }

  /** Deviation of the errors of each window, ms, ascending. */
  get spreads(): readonly number[] {
    return this.#spreads.toSorted((a, b) => a - b);
  }

  /** `WINDOW_FIGURES` of some windows. */
  get windows(): readonly (readonly number[])[] {
    return this.#windows;
  }

  /** Windows spread over all that came: every one at first, every second once there are many, and so on. */
  #keep(figures: number[]): void {
    if ((this.#spreads.length - 1) % this.#stride !== 0) return;
    this.#windows.push(figures);
    if (this.#windows.length < MOST_WINDOWS) return;
    for (let at = 0; at < MOST_WINDOWS / 2; at++) this.#windows[at] = this.#windows[2 * at]!;
    this.#windows.length = MOST_WINDOWS / 2;
    this.#stride *= 2;
  }

  #correlate(late: readonly number[], player: string): void {
    const sums = this.#players.get(player) ?? LAGS.map(noSums);
    this.#players.set(player, sums);
    LAGS.forEach((lag, index) => {
      const of = sums[index];
      if (!of) return;
      for (let at = 0; at + lag < late.length; at++) {
        addPair(of, late[at]!, late[at + lag]!);
        of.count++;
      }
    });
  }

  #intervalsOf(run: Run): void {
    for (let at = 1; at < run.length; at++) {
      const [before, after] = [run[at - 1]!, run[at]!];
      const written = after.intended - before.intended;
      const ratio = (written + after.late - before.late) / written;
      if (written >= SHORT_MS[0] && written < SHORT_MS[1]) this.#histograms.interval_short.add(ratio);
      else if (written >= LONG_MS[0] && written < LONG_MS[1]) this.#histograms.interval_long.add(ratio);
    }
  }

  #velocitiesOf(run: Run): void {
    for (const alike of Map.groupBy(run, stroke => stroke.alike).values()) {
      if (alike.length < LEAST_ALIKE) continue;
      const middle = mean(alike.map(({ velocity }) => velocity));
      for (const { velocity } of alike) this.#histograms.velocity.add(velocity / middle);
    }
  }

  #window(run: Run): void {
    const late = run.map(stroke => stroke.late);
    const middle = mean(late);
    const spread = deviation(late);
    if (spread <= 0) return;
    this.#spreads.push(spread);
    for (const error of late) {
      this.#histograms.offset.add(error - middle);
      this.#histograms.offset_shape.add((error - middle) / spread);
    }
    LAGS.forEach((lag, index) => {
      this.#lagSums[index]! += ownCorrelation(late, lag);
    });
    const figures = figuresOf(run);
    this.#intervalLagSum += figures[WINDOW_FIGURES.indexOf('interval_lag_1')] ?? 0;
    this.#keep(figures);
  }
}

const meanOf = (all: readonly Sums[]): number | null => {
  const known = all.map(correlation).filter(value => value !== null);
  return known.length === 0 ? null : mean(known);
};

function figuresOf(run: Run): number[] {
  const late = run.map(stroke => stroke.late);
  const flat = centred(late);
  const spread = deviation(late);
  const moment = (power: number): number => mean(flat.map(value => (value / spread) ** power));
  const steps = late.slice(1).map((value, index) => value - late[index]!);
  return [
    ownCorrelation(late, 1),
    ownCorrelation(late, 2),
    ownCorrelation(late, 4),
    ownCorrelation(steps, 1),
    moment(3),
    moment(4),
    ownCorrelation(
      run.map(({ velocity }) => velocity),
      1,
    ),
  ];
}

function centred(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map(value => value - middle);
}

function ownCorrelation(values: readonly number[], lag: number): number {
  const flat = centred(values);
  const power = flat.reduce((sum, value) => sum + value * value, 0);
  if (power === 0) return 0;
  let sum = 0;
  for (let at = 0; at + lag < flat.length; at++) sum += flat[at]! * flat[at + lag]!;
  return sum / power;
}
