import { barStarts, barTicks, type Meter, meterText, STEP_TICKS, stepsPerBar } from '../../model';

/** The models were trained on bars of 4/4 in sixteenths: a bar of theirs has 16 cells, four a beat. */
export const BAR_CELLS = 16;
const BEAT_CELLS = 4;

/** One cell of a model's bar that stands for a place in the pattern. */
export interface Cell {
  /** Where a note is written that is put here, in ticks from the pattern's start. */
  readonly tick: number;
  /** Where the models take the cell to be: a quarter of the beat apart, whatever is written there. */
  readonly centre: number;
  /** Length of a model's sixteenth here, in ticks. */
  readonly unit: number;
  /** Bar of the pattern. */
  readonly bar: number;
  /** Whether new notes may be put here: the third cell of a beat of triplets stands for nothing. */
  readonly isOpen: boolean;
}

/** A pattern's bars as the models' bars. A cell that stands for nothing, beyond the end of a short bar, is null. */
export interface CellGrid {
  readonly bars: readonly Meter[];
  /** A multiple of 16 cells. */
  readonly cells: readonly (Cell | null)[];
  /** The cell that lies nearest to a written position, by its index. */
  cellAt(tick: number): number;
  /** First cell of each bar of the pattern and, last, the end of all. */
  readonly barCells: readonly number[];
}

interface Beat {
  readonly start: number;
  readonly unit: number;
  readonly count: number;
  readonly isTriplet: boolean;
}

export interface CellGridOptions {
  /** 2 where a bar is too fine for four cells a beat: its half beats are then taken for beats. */
  readonly zoomOf?: (bar: number) => 1 | 2;
  /** New notes divide every beat in three instead of four. */
  readonly triplets?: boolean;
}

/**
 * Lays bars of any meter onto the models' bars. A beat is a quarter, or in compound meters (6/8, 9/8, 12/8) a dotted quarter, and always has
 * four cells, so that what the models know of a beat's phases holds; other meters of eighths and sixteenths are laid step by step. Bars of
 * at most half a model's bar share one, longer ones than that are shared among several, as evenly as their beats allow.
 */
export function cellGridOf(
  bars: readonly Meter[],
  { zoomOf = () => 1, triplets = false }: CellGridOptions = {},
): CellGrid {
  const starts = barStarts(bars);
  const cells: (Cell | null)[] = [];
  const barCells: number[] = [];
  /** Cells by their centre, ascending, for the search. */
  const placed: { readonly centre: number; readonly index: number }[] = [];
  let slot = { kind: '', next: 0, size: BAR_CELLS };
  for (const [bar, meter] of bars.entries()) {
    const zoom = zoomOf(bar);
    const beats = beatsIn(meter, starts[bar] ?? 0, zoom, triplets);
    const kind = `${meterText(meter)} ${zoom}`;
    const total = beats.reduce((sum, beat) => sum + beat.count, 0);
    const size = total <= 4 ? 4 : total <= 8 ? 8 : BAR_CELLS;
    const shares = slot.kind === kind && slot.size === size && slot.next < BAR_CELLS;
    const first = shares ? cells.length - BAR_CELLS + slot.next : cells.length;
    barCells.push(first);
    let at = first;
    for (const group of groupsOf(beats)) {
      while (cells.length < Math.ceil((at + 1) / BAR_CELLS) * BAR_CELLS) cells.push(null);
      const groupStart = at;
      for (const beat of group) {
        for (let index = 0; index < beat.count; index++, at++) {
          const cell = cellOf(beat, index, bar);
          cells[at] = cell;
          placed.push({ centre: cell.centre, index: at });
        }
      }
      if (group !== beats) at = groupStart + BAR_CELLS;
    }
    slot = { kind, size, next: size === BAR_CELLS ? BAR_CELLS : (first % BAR_CELLS) + size };
  }
  return {
    bars,
    cells,
    barCells: [...barCells, cells.length],
    cellAt: tick => nearest(placed, tick, cells),
  };
}

/** Where the last third of a beat's cells are written when it is divided in three; the cell between them stands for nothing. */
const TRIPLET_TICKS = [0, 4 / 3, 2, 8 / 3];

function cellOf({ start, unit, isTriplet }: Beat, index: number, bar: number): Cell {
  const centre = start + index * unit;
  const place = isTriplet ? (TRIPLET_TICKS[index] ?? index) : index;
  return { tick: Math.round(start + place * unit), centre, unit, bar, isOpen: !(isTriplet && index === 2) };
}

function beatsIn(meter: Meter, start: number, zoom: 1 | 2, triplets: boolean): Beat[] {
  const isCompound = meter.denominator >= 8 && meter.numerator % 3 === 0 && meter.numerator > 3;
  const length = isCompound ? (barTicks(meter) * 3) / meter.numerator : BEAT_CELLS * STEP_TICKS;
  const unit = length / BEAT_CELLS / zoom;
  // The last beat of a bar such as 7/8 is short.
  const total = isCompound ? (meter.numerator / 3) * BEAT_CELLS * zoom : Math.ceil(stepsPerBar(meter) * zoom);
  return Array.from({ length: Math.ceil(total / BEAT_CELLS) }, (_, index): Beat => {
    const count = Math.min(BEAT_CELLS, total - index * BEAT_CELLS);
    const isTriplet = zoom === 1 && (isCompound || triplets) && count === BEAT_CELLS;
    return { start: start + index * BEAT_CELLS * unit, unit, count, isTriplet };
  });
}

/** A bar's beats in as few model bars as they need, the longer ones first. */
function groupsOf(beats: readonly Beat[]): readonly (readonly Beat[])[] {
  const parts = Math.ceil(beats.length / (BAR_CELLS / BEAT_CELLS));
  if (parts === 1) return [beats];
  const groups: Beat[][] = [];
  let from = 0;
  for (let part = 0; part < parts; part++) {
    const count = Math.ceil((beats.length - from) / (parts - part));
    groups.push(beats.slice(from, from + count));
    from += count;
  }
  return groups;
}

function nearest(
  placed: readonly { readonly centre: number; readonly index: number }[],
  tick: number,
  cells: readonly (Cell | null)[],
): number {
  let low = 0;
  let high = placed.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((placed[middle]?.centre ?? 0) <= tick) low = middle;
    else high = middle - 1;
  }
  const at = placed[low];
  const next = placed[low + 1];
  if (!at) return 0;
  const unit = cells[at.index]?.unit ?? STEP_TICKS;
  return next && tick - at.centre >= unit / 2 ? next.index : at.index;
}

/** The tempo that a model should hear: that of a pattern whose quarter is four of the cell's units. */
export const tempoAt = (cell: Cell | null | undefined, tempo: number): number =>
  (tempo * STEP_TICKS) / (cell?.unit ?? STEP_TICKS);
