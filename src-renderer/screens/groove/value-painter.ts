import { changedPlaces } from './changed-places';
import { drawValues, type ValueScene, VALUE_REACH_PX } from './draw-values';
import { MARGIN, xOfTicks } from './geometry';
import { TileStrip } from './tile-strip';

/** Ms of a frame that drawing may take. */
const DRAWING_MS = 2;
const WHOLE = ['beats', 'lane', 'kind', 'stepWidth', 'height', 'theme'] as const;

/** The picture of a lane of values under the grid. */
export class ValuePainter {
  readonly #host: HTMLElement;
  readonly #strip: TileStrip;
  #scene: ValueScene | null = null;
  #left = 0;
  #width = 0;
  #frame = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#strip = new TileStrip(host);
  }

  show(scene: ValueScene): void {
    const before = this.#scene;
    this.#scene = scene;
    const { rows, stepWidth, height } = scene;
    const isAnew =
      before === null ||
      before.rows.frame !== rows.frame ||
      before.rows.rows.length !== rows.rows.length ||
      WHOLE.some(key => before[key] !== scene[key]);
    this.#strip.setPicture(
      {
        width: xOfTicks(rows.frame.end, stepWidth) + MARGIN,
        bandHeight: height,
        bands: 1,
        draw: (context, _, from, to) => drawValues(context, scene, from, to),
      },
      isAnew,
    );
    if (!isAnew) {
      for (const { onset } of changedPlaces(before, scene)) {
        const x = xOfTicks(onset, stepWidth);
        this.#strip.invalidate(0, x - VALUE_REACH_PX, x + VALUE_REACH_PX);
      }
    }
    this.#ask();
  }

  scrollTo(left: number): void {
    this.#left = left;
    this.#host.style.transform = `translateX(${-left}px)`;
    this.#see();
  }

  widen(width: number): void {
    this.#width = width;
    this.#see();
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#strip.end();
  }

  #see(): void {
    this.#strip.see(this.#left, this.#left + this.#width);
    this.#ask();
  }

  #ask(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#strip.paint(performance.now() + DRAWING_MS, true)) this.#ask();
    });
  }
}
