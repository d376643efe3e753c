import { drawRow, reachOf } from './draw-row';
import type { GridScene } from './grid-scene';
import { drawRuler, type RulerScene } from './draw-ruler';
import { MARGIN, RULER_HEIGHT, xOfTicks } from './geometry';
import { changedPlaces } from './changed-places';
import { LitHits } from './lit-hits';
import { TileStrip } from './tile-strip';

/** Ms of a frame that drawing may take while there is more to draw than is in sight. */
const DRAWING_MS = 2;

interface Hosts {
  readonly rows: HTMLElement;
  readonly ruler: HTMLElement;
  /** Moved with the playhead. */
  readonly playheads: readonly HTMLElement[];
}

/** The picture of the grid: draws what changed, before the next frame, and while it plays next to nothing. */
export class GridPainter {
  readonly #rows: TileStrip;
  readonly #ruler: TileStrip;
  readonly #lit: LitHits;
  readonly #playheads: readonly HTMLElement[];
  #scene: GridScene | null = null;
  #rulerScene: RulerScene | null = null;
  #frame = 0;
  /** Whether the picture was changed, rather than moved on. */
  #isByHand = true;

  constructor({ rows, ruler, playheads }: Hosts) {
    this.#rows = new TileStrip(rows);
    this.#ruler = new TileStrip(ruler);
    this.#lit = new LitHits(rows);
    this.#playheads = playheads;
  }

  show(scene: GridScene, ruler: RulerScene): void {
    this.#showRows(scene);
    this.#showRuler(ruler);
    this.#isByHand = true;
    this.#ask();
  }

  /** Says which px of the content are in sight. */
  see(from: number, to: number): void {
    this.#rows.see(from, to);
    this.#ruler.see(from, to);
    this.#ask();
  }

  /** Puts the playhead on a tick, and lights what it crossed while it plays. */
  playhead(ticks: number, isPlaying: boolean): void {
    const scene = this.#scene;
    if (!scene) return;
    const x = Math.round(xOfTicks(ticks, scene.stepWidth));
    for (const element of this.#playheads) element.style.transform = `translateX(${x}px)`;
    if (isPlaying) this.#lit.light(scene, ticks);
    else this.#lit.hide();
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#rows.end();
    this.#ruler.end();
    this.#lit.end();
  }

  #showRows(scene: GridScene): void {
    const before = this.#scene;
    this.#scene = scene;
    const isAnew = before === null || !looksAlike(before, scene);
    const { rows, rowHeight, stepWidth } = scene;
    this.#rows.setPicture(
      {
        width: xOfTicks(rows.frame.end, stepWidth) + MARGIN,
        bandHeight: rowHeight,
        bands: rows.rows.length,
        draw: (context, band, from, to) => drawRow(context, scene, band, from, to),
      },
      isAnew,
    );
    if (isAnew) return;
    const { left, right } = reachOf(scene);
    for (const { band, onset } of changedPlaces(before, scene)) {
      const x = xOfTicks(onset, stepWidth);
      this.#rows.invalidate(band, x - left, x + right);
    }
  }

  #showRuler(scene: RulerScene): void {
    const before = this.#rulerScene;
    this.#rulerScene = scene;
    const isAnew =
      before === null || (Object.keys(scene) as (keyof RulerScene)[]).some(key => before[key] !== scene[key]);
    this.#ruler.setPicture(
      {
        width: xOfTicks(scene.end, scene.stepWidth) + MARGIN,
        bandHeight: RULER_HEIGHT,
        bands: 1,
        draw: (context, _, from, to) => drawRuler(context, scene, from, to),
      },
      isAnew,
    );
  }

  #ask(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    this.#frame = 0;
    const deadline = performance.now() + DRAWING_MS;
    const isWhole = this.#isByHand;
    this.#isByHand = false;
    const isMore = this.#ruler.paint(deadline, isWhole);
    if (this.#rows.paint(deadline, isWhole) || isMore) this.#ask();
  }
}

const WHOLE = [
  'beats',
  'stepWidth',
  'rowHeight',
  'isSilent',
  'offsetScale',
  'theme',
  'difference',
  'removed',
] as const;

/** Whether two scenes differ in single hits at most. */
function looksAlike(before: GridScene, after: GridScene): boolean {
  const [was, is] = [before.rows, after.rows];
  return (
    WHOLE.every(key => before[key] === after[key]) &&
    was.frame === is.frame &&
    was.rows.length === is.rows.length &&
    was.rows.every((row, index) => row.lane === is.rows[index]?.lane)
  );
}
