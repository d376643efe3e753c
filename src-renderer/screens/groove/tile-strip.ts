/** Px of a tile's width: small enough that one is drawn in a fraction of a frame. */
const TILE_PX = 256;
/** Tiles kept ready before what is seen; after it, where playing goes, as many as are seen. */
const READY = 2;

/** A long picture in bands of equal height, drawn piece by piece. */
export interface TilePicture {
  /** Px. */
  readonly width: number;
  readonly bandHeight: number;
  readonly bands: number;
  /** Draws what of a band lies between `from` and `to` px; its top left corner is at 0, 0. What lies further out is cut off. */
  readonly draw: (context: CanvasRenderingContext2D, band: number, from: number, to: number) => void;
}

interface Tile {
  readonly canvas: HTMLCanvasElement;
  /** Bands that must be drawn again. */
  stale: Set<number> | 'all';
}

/**
 * A picture that is longer than any canvas: tiles that lie in the scrolled content, so that scrolling moves what is drawn already, and a
 * change draws only the bands of the tiles that it touches.
 */
export class TileStrip {
  readonly #host: HTMLElement;
  readonly #tiles = new Map<number, Tile>();
  readonly #spare: HTMLCanvasElement[] = [];
  #picture: TilePicture = { width: 0, bandHeight: 0, bands: 0, draw: () => undefined };
  #from = 0;
  #to = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Shows another picture; `isAnew` when nothing that is drawn already holds for it. */
  setPicture(picture: TilePicture, isAnew: boolean): void {
    this.#picture = picture;
    if (isAnew) for (const tile of this.#tiles.values()) tile.stale = 'all';
    this.#choose();
  }

  /** Says which px are in sight. */
  see(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
    this.#choose();
  }

  /** Says that a band is drawn otherwise now between `from` and `to` px. */
  invalidate(band: number, from: number, to: number): void {
    for (let index = Math.floor(from / TILE_PX); index * TILE_PX < to; index++) {
      const tile = this.#tiles.get(index);
      if (tile && tile.stale !== 'all') tile.stale.add(band);
    }
  }

  /**
   * Draws what is stale, what is in sight first, until the clock says `deadline` (ms); `isWhole` draws all that is in sight however long
   * that takes, so that no frame is half of one picture and half of another. Answers whether something is left.
   */
  paint(deadline: number, isWhole: boolean): boolean {
    const stale = [...this.#tiles].filter(([, tile]) => tile.stale === 'all' || tile.stale.size > 0);
    stale.sort(([a], [b]) => this.#distance(a) - this.#distance(b));
    for (const [done, [index, tile]] of stale.entries()) {
      const isDue = done === 0 || (isWhole && this.#distance(index) === 0);
      if (!isDue && performance.now() > deadline) return true;
      this.#paintTile(index, tile);
    }
    return false;
  }

  /** Takes the picture away. */
  end(): void {
    for (const { canvas } of this.#tiles.values()) canvas.remove();
    for (const canvas of this.#spare) canvas.remove();
    this.#tiles.clear();
    this.#spare.length = 0;
  }

  /** Tiles between a tile and what is in sight. */
  #distance(index: number): number {
    return Math.max(0, this.#from / TILE_PX - index - 1, index - this.#to / TILE_PX);
  }

  #choose(): void {
    const last = Math.ceil(this.#picture.width / TILE_PX) - 1;
    const first = Math.max(0, Math.floor(this.#from / TILE_PX) - READY);
    const end = Math.min(last, Math.floor((2 * this.#to - this.#from) / TILE_PX));
    for (const [index, { canvas }] of this.#tiles) {
      if (index >= first && index <= end) continue;
      this.#tiles.delete(index);
      this.#spare.push(canvas);
    }
    for (let index = first; index <= end; index++) {
      if (this.#tiles.has(index)) continue;
      const canvas = this.#spare.pop() ?? this.#newCanvas();
      canvas.style.left = `${index * TILE_PX}px`;
      canvas.hidden = true;
      this.#tiles.set(index, { canvas, stale: 'all' });
    }
    for (const canvas of this.#spare) canvas.hidden = true;
  }

  #newCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    canvas.className = 'pointer-events-none absolute top-0';
    canvas.style.width = `${TILE_PX}px`;
    this.#host.append(canvas);
    return canvas;
  }

  #paintTile(index: number, tile: Tile): void {
    const { canvas, stale } = tile;
    const { bandHeight, bands, draw } = this.#picture;
    const context = canvas.getContext('2d');
    if (!context) return;
    const ratio = window.devicePixelRatio || 1;
    const wide = Math.round(TILE_PX * ratio);
    const high = Math.round(bandHeight * bands * ratio);
    const isAnew = canvas.width !== wide || canvas.height !== high;
    if (isAnew) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.height = `${bandHeight * bands}px`;
    }
    const from = index * TILE_PX;
    const every = stale === 'all' || isAnew;
    for (const band of every ? Array.from({ length: bands }, (_, each) => each) : stale) {
      context.setTransform(ratio, 0, 0, ratio, 0, band * bandHeight * ratio);
      context.clearRect(0, 0, TILE_PX, bandHeight);
      context.save();
      context.beginPath();
      context.rect(0, 0, TILE_PX, bandHeight);
      context.clip();
      context.translate(-from, 0);
      draw(context, band, from, from + TILE_PX);
      context.restore();
    }
    canvas.hidden = false;
    tile.stale = new Set();
  }
}
