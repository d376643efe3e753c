import type { Box } from './map-view';

/** Points a cell on the average. */
const POINTS_A_CELL = 3;
const MOST_CELLS = 160;

/** Rows of the book by where they lie on the map, to find the one under a pointer among 50,000. */
export class PointGrid {
  readonly box: Box;
  readonly count: number;
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #side: number;
  /** Rows by cell, and where each cell's begin. */
  readonly #rows: Uint32Array;
  readonly #starts: Uint32Array;

  /** Of `rows`, those that have a place. */
  constructor(x: Float32Array, y: Float32Array, rows: Uint32Array) {
    this.#x = x;
    this.#y = y;
    const placed = rows.filter(row => !Number.isNaN(x[row]!));
    this.count = placed.length;
    this.#side = Math.max(1, Math.min(MOST_CELLS, Math.floor(Math.sqrt(placed.length / POINTS_A_CELL))));
    this.#starts = new Uint32Array(this.#side * this.#side + 1);
    const box = { left: 1, top: 1, right: 0, bottom: 0 };
    for (const row of placed) {
      this.#starts[this.#cellOf(row) + 1]!++;
      box.left = Math.min(box.left, x[row]!);
      box.right = Math.max(box.right, x[row]!);
      box.top = Math.min(box.top, y[row]!);
      box.bottom = Math.max(box.bottom, y[row]!);
    }
    this.box = placed.length === 0 ? { left: 0, top: 0, right: 1, bottom: 1 } : box;
    for (let cell = 1; cell < this.#starts.length; cell++) this.#starts[cell]! += this.#starts[cell - 1]!;
    const next = this.#starts.slice();
    this.#rows = new Uint32Array(placed.length);
    for (const row of placed) this.#rows[next[this.#cellOf(row)]!++] = row;
  }

  /** The row nearest to a place, within `reach`; -1 when there is none. */
  nearest(x: number, y: number, reach: number): number {
    let best = -1;
    let least = reach * reach;
    this.#visit({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }, row => {
      const distance = (this.#x[row]! - x) ** 2 + (this.#y[row]! - y) ** 2;
      if (distance > least) return;
      least = distance;
      best = row;
    });
    return best;
  }

  /** The nearest row to the side of `from` that (dx, dy) points to: within 45 degrees, and the straighter the better; -1 at the edge. */
  towards(from: number, dx: number, dy: number): number {
    const [x, y] = [this.#x[from]!, this.#y[from]!];
    let best = -1;
    let least = Infinity;
    for (let reach = 2 / this.#side; ; reach *= 2) {
      this.#visit({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }, row => {
        const [right, down] = [this.#x[row]! - x, this.#y[row]! - y];
        const along = right * dx + down * dy;
        const aside = Math.abs(right * dy - down * dx);
        if (along <= 0 || aside > along || row === from) return;
        const cost = along + 2 * aside;
        if (cost >= least) return;
        least = cost;
        best = row;
      });
      // What lies further out than the square that was looked through costs more than `reach`.
      if (least <= reach || reach > 2) return best;
    }
  }

  /** Rows inside a polygon of map places (x, y in turn). */
  inside(polygon: readonly number[]): Uint32Array {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (let at = 0; at < polygon.length; at += 2) {
      box.left = Math.min(box.left, polygon[at]!);
      box.right = Math.max(box.right, polygon[at]!);
      box.top = Math.min(box.top, polygon[at + 1]!);
      box.bottom = Math.max(box.bottom, polygon[at + 1]!);
    }
    const found: number[] = [];
    this.#visit(box, row => {
      if (isInside(polygon, this.#x[row]!, this.#y[row]!)) found.push(row);
    });
    return Uint32Array.from(found).sort();
  }

  #column(value: number): number {
    return Math.min(this.#side - 1, Math.max(0, Math.floor(value * this.#side)));
  }

  #cellOf(row: number): number {
    return this.#column(this.#y[row]!) * this.#side + this.#column(this.#x[row]!);
  }

  #visit(box: Box, take: (row: number) => void): void {
    if (!(box.right >= box.left)) return;
    const [left, right] = [this.#column(box.left), this.#column(box.right)];
    const [top, bottom] = [this.#column(box.top), this.#column(box.bottom)];
    for (let line = top; line <= bottom; line++) {
      const from = this.#starts[line * this.#side + left]!;
      const to = this.#starts[line * this.#side + right + 1]!;
      for (let at = from; at < to; at++) take(this.#rows[at]!);
    }
  }
}

/** Whether a place is inside a polygon, by crossings to its right. */
export function isInside(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let at = 0, last = polygon.length - 2; at < polygon.length; last = at, at += 2) {
    const [ax, ay, bx, by] = [polygon[at]!, polygon[at + 1]!, polygon[last]!, polygon[last + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
