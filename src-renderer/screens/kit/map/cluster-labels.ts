import { INSTRUMENTS, type Instrument } from '#shared/model';
import { type MapView, type Size, xOnScreen, yOnScreen } from './map-view';

const PLURALS: Readonly<Record<Instrument, string>> = {
  kick: 'Kicks',
  snare: 'Snares',
  rim: 'Rims',
  clap: 'Claps',
  chh: 'Closed hats',
  phh: 'Pedal hats',
  ohh: 'Open hats',
  lt: 'Low toms',
  mt: 'Mid toms',
  ht: 'High toms',
  crash: 'Crashes',
  ride: 'Rides',
  perc: 'Percussion',
  fx: 'Effects',
};

/** Where most hits of one instrument lie. */
export interface Cluster {
  readonly instrument: Instrument;
  readonly count: number;
  /** The middle of the crowd, and its upper and lower edges, on the map. */
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** The map is looked through in squares of this many a side. */
const SQUARES = 24;
/** An instrument is named where it has this many hits and this share of all. */
const FEWEST = 4;
const LEAST_SHARE = 0.004;
/** Squares around the fullest one that belong to its crowd. */
const CROWD = 2.5;

/** The crowds of a map, the biggest first. */
export function clustersOf(
  x: Float32Array,
  y: Float32Array,
  instrument: Uint8Array,
  rows: Uint32Array,
): readonly Cluster[] {
  const counts = new Uint32Array(INSTRUMENTS.length * SQUARES * SQUARES);
  const totals = new Uint32Array(INSTRUMENTS.length);
  const square = (value: number): number => Math.min(SQUARES - 1, Math.max(0, Math.floor(value * SQUARES)));
  let placed = 0;
  for (const row of rows) {
    const at = instrument[row]!;
    if (at >= INSTRUMENTS.length || Number.isNaN(x[row]!)) continue;
    counts[(at * SQUARES + square(y[row]!)) * SQUARES + square(x[row]!)]!++;
    totals[at]!++;
    placed++;
  }
  const peaks = INSTRUMENTS.map((_, at) => fullestSquare(counts, at));
  const sumX = new Float64Array(INSTRUMENTS.length);
  const heights: number[][] = INSTRUMENTS.map(() => []);
  for (const row of rows) {
    const at = instrument[row]!;
    const peak = peaks[at];
    if (!peak || Number.isNaN(x[row]!)) continue;
    const [dx, dy] = [x[row]! * SQUARES - peak.column - 0.5, y[row]! * SQUARES - peak.line - 0.5];
    if (dx * dx + dy * dy > CROWD * CROWD) continue;
    sumX[at]! += x[row]!;
    heights[at]!.push(y[row]!);
  }
  return INSTRUMENTS.flatMap((name, at): Cluster[] => {
    const crowd = heights[at]!.sort((a, b) => a - b);
    if (totals[at]! < Math.max(FEWEST, placed * LEAST_SHARE) || crowd.length === 0) return [];
    return [
      {
        instrument: name,
        count: totals[at]!,
        x: sumX[at]! / crowd.length,
        top: crowd[Math.floor(crowd.length * 0.06)]!,
        bottom: crowd[Math.floor((crowd.length - 1) * 0.94)]!,
      },
    ];
  }).sort((a, b) => b.count - a.count);
}

/** The square whose surroundings hold most of an instrument. */
function fullestSquare(
  counts: Uint32Array,
  at: number,
): { readonly column: number; readonly line: number } | null {
  let best = null;
  let most = 0;
  for (let line = 0; line < SQUARES; line++) {
    for (let column = 0; column < SQUARES; column++) {
      let sum = 0;
      for (let down = Math.max(0, line - 1); down <= Math.min(SQUARES - 1, line + 1); down++)
        for (let right = Math.max(0, column - 1); right <= Math.min(SQUARES - 1, column + 1); right++)
          sum +=
            counts[(at * SQUARES + down) * SQUARES + right]! * (down === line && right === column ? 2 : 1);
      if (sum <= most) continue;
      most = sum;
      best = { column, line };
    }
  }
  return best;
}

export interface MapLabel {
  readonly text: string;
  /** Middle of the text, px. */
  readonly x: number;
  readonly y: number;
}

const LINE_PX = 16;
const GAP_PX = 8;
const MOST_NAMES = 3;

/** Names of crowds where they do not cover each other: above the crowd, else below it, else joined to the name that is in the way. */
export function placedLabels(
  clusters: readonly Cluster[],
  view: MapView,
  size: Size,
  widthOf: (text: string) => number,
): readonly MapLabel[] {
  const placed: { names: string[]; x: number; y: number; width: number }[] = [];
  for (const { instrument, x, top, bottom } of clusters) {
    const name = PLURALS[instrument];
    const width = widthOf(name);
    const px = xOnScreen(view, size, x);
    if (px < 0 || px > size.width) continue;
    const middle = Math.min(size.width - width / 2 - GAP_PX, Math.max(width / 2 + GAP_PX, px));
    const blocking = (py: number) =>
      placed.find(
        other =>
          Math.abs(other.x - middle) < (other.width + width) / 2 + GAP_PX &&
          Math.abs(other.y - py) < LINE_PX + 2,
      );
    const isSeen = (py: number): boolean => py > LINE_PX && py < size.height - LINE_PX;
    const above = yOnScreen(view, size, top) - LINE_PX * 0.8;
    const below = yOnScreen(view, size, bottom) + LINE_PX * 0.8;
    const free = [above, below].find(py => isSeen(py) && !blocking(py));
    if (free !== undefined) {
      placed.push({ names: [name], x: middle, y: free, width });
      continue;
    }
    const other = isSeen(above) ? blocking(above) : undefined;
    if (!other || other.names.length >= MOST_NAMES) continue;
    const joined = joinedNames([...other.names, name]);
    const wide = widthOf(joined);
    const isFree = placed.every(
      one =>
        one === other ||
        Math.abs(one.x - other.x) >= (one.width + wide) / 2 + GAP_PX ||
        Math.abs(one.y - other.y) >= LINE_PX,
    );
    if (!isFree) continue;
    other.names.push(name);
    other.width = wide;
  }
  return placed.map(({ names, x, y }) => ({ text: joinedNames(names), x, y }));
}

/** "Rims, claps". */
const joinedNames = ([first = '', ...others]: readonly string[]): string =>
  [first, ...others.map(name => name.toLowerCase())].join(', ');
