import { canvasFont, colour } from '#renderer/ui';
import { type Cluster, type MapLabel, placedLabels } from './cluster-labels';
import { type MapView, type Size, xOnScreen, yOnScreen } from './map-view';
import { PointRaster, type PointScene, type RasterPlace } from './point-raster';
import { pointSprites } from './sprites';

/** Ms of a frame that drawing may take while points are drawn anew. */
const DRAWING_MS = 2.4;
/** How much more than what is in sight is drawn, so that moving the map shows points at once. */
const AROUND = 1.3;
const HALO_PX = 3;

/** What lies over the points. */
export interface MapOverlay {
  /** Rows that are ringed and joined to `current` by lines. */
  readonly neighbours: readonly number[];
  readonly current: number;
  readonly hovered: number;
  /** Px of the window, x and y in turn; null while nothing is being encircled. */
  readonly lasso: readonly number[] | null;
  readonly colourOf: (row: number) => string;
}

/** Draws the map: points in a picture that is moved and scaled while a better one is made, and over it what changes all the time. */
export class MapPainter {
  readonly #base: HTMLCanvasElement;
  readonly #over: HTMLCanvasElement;
  readonly #names = new Map<string, HTMLCanvasElement>();
  #size: Size = { width: 0, height: 0 };
  #view: MapView = { x: 0.5, y: 0.5, scale: 1 };
  #wholeScale = 1;
  #scene: PointScene | null = null;
  #clusters: readonly Cluster[] = [];
  #overlay: MapOverlay | null = null;
  #shown: RasterPlace | null = null;
  #raster: PointRaster | null = null;
  #spare: ImageData | null = null;
  #frame = 0;
  #isOverlayStale = true;

  constructor(base: HTMLCanvasElement, over: HTMLCanvasElement) {
    this.#base = base;
    this.#over = over;
  }

  /** Other points, or the same ones drawn otherwise. */
  show(scene: PointScene, clusters: readonly Cluster[]): void {
    this.#scene = scene;
    this.#clusters = clusters;
    this.#names.clear();
    this.#dropRaster();
    this.#isOverlayStale = true;
    this.#ask();
  }

  look(view: MapView, size: Size, wholeScale: number): void {
    this.#view = view;
    this.#size = size;
    this.#wholeScale = wholeScale;
    this.#isOverlayStale = true;
    this.#ask();
  }

  lay(overlay: MapOverlay): void {
    this.#overlay = overlay;
    this.#isOverlayStale = true;
    this.#ask();
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
  }

  #ask(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #dropRaster(): void {
    if (this.#raster) this.#spare = this.#raster.image;
    this.#raster = null;
    this.#shown = this.#shown && { ...this.#shown, view: { ...this.#shown.view, scale: NaN } };
  }

  #paint(): void {
    this.#frame = 0;
    const deadline = performance.now() + DRAWING_MS;
    if (this.#size.width === 0 || !this.#scene) return;
    this.#placeBase();
    if (this.#isOverlayStale) this.#paintOverlay();
    this.#isOverlayStale = false;
    this.#raster ??= this.#isShownGood() ? null : this.#newRaster(this.#scene);
    if (!this.#raster) return;
    if (this.#raster.isDone || this.#raster.work(deadline)) {
      // Handing a whole picture over takes a frame of its own.
      if (performance.now() < deadline - DRAWING_MS / 2) this.#takeRaster(this.#raster);
    }
    this.#ask();
  }

  /** Whether the finished picture is sharp and covers what is in sight, with some room to move in. */
  #isShownGood(): boolean {
    const shown = this.#shown;
    if (!shown || shown.view.scale !== this.#view.scale || shown.ratio !== devicePixelRatio) return false;
    const room = (length: number, px: number, from: number, to: number): boolean =>
      Math.abs(from - to) * this.#view.scale <= (px / shown.ratio - length) / 2 - 24;
    return (
      room(this.#size.width, shown.width, shown.view.x, this.#view.x) &&
      room(this.#size.height, shown.height, shown.view.y, this.#view.y)
    );
  }

  #newRaster(scene: PointScene): PointRaster {
    const ratio = devicePixelRatio;
    const width = Math.round(this.#size.width * AROUND * ratio);
    const height = Math.round(this.#size.height * AROUND * ratio);
    const image =
      this.#spare?.width === width && this.#spare.height === height
        ? this.#spare
        : new ImageData(width, height);
    this.#spare = null;
    return new PointRaster(
      scene,
      { view: this.#view, width, height, ratio },
      pointSprites(),
      this.#wholeScale,
      image,
    );
  }

  #takeRaster(raster: PointRaster): void {
    const { width, height, ratio } = raster.place;
    const context = this.#base.getContext('2d', { alpha: false });
    if (this.#base.width !== width || this.#base.height !== height) {
      this.#base.width = width;
      this.#base.height = height;
      this.#base.style.width = `${width / ratio}px`;
      this.#base.style.height = `${height / ratio}px`;
    }
    context?.putImageData(raster.image, 0, 0);
    this.#shown = raster.place;
    this.#raster = null;
    this.#spare = raster.image;
    this.#base.hidden = false;
    this.#placeBase();
  }

  /** Puts the finished picture where its points lie now. */
  #placeBase(): void {
    const shown = this.#shown;
    if (!shown || Number.isNaN(shown.view.scale)) return;
    const factor = this.#view.scale / shown.view.scale;
    let left = xOnScreen(this.#view, this.#size, shown.view.x) - ((shown.width / shown.ratio) * factor) / 2;
    let top = yOnScreen(this.#view, this.#size, shown.view.y) - ((shown.height / shown.ratio) * factor) / 2;
    if (factor === 1) {
      left = Math.round(left * shown.ratio) / shown.ratio;
      top = Math.round(top * shown.ratio) / shown.ratio;
    }
    this.#base.style.transform = `translate(${left}px, ${top}px) scale(${factor})`;
  }

  #paintOverlay(): void {
    const { width, height } = this.#size;
    const ratio = devicePixelRatio;
    const context = this.#over.getContext('2d');
    if (!context) return;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#over.width !== wide || this.#over.height !== high) {
      this.#over.width = wide;
      this.#over.height = high;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#drawNeighbours(context);
    this.#drawLabels(context);
    this.#drawLasso(context);
  }

  #drawNeighbours(context: CanvasRenderingContext2D): void {
    const scene = this.#scene;
    const overlay = this.#overlay;
    if (!scene || !overlay) return;
    const px = (row: number): number => xOnScreen(this.#view, this.#size, scene.x[row] ?? NaN);
    const py = (row: number): number => yOnScreen(this.#view, this.#size, scene.y[row] ?? NaN);
    const isPlaced = (row: number): boolean => row >= 0 && !Number.isNaN(scene.x[row] ?? NaN);
    const { current, hovered, neighbours, colourOf } = overlay;
    const dot = (row: number, radius: number, hasRing: boolean): void => {
      context.beginPath();
      context.arc(px(row), py(row), radius, 0, 2 * Math.PI);
      context.fillStyle = colourOf(row);
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = colour('--ink-1');
      context.stroke();
      if (!hasRing) return;
      context.beginPath();
      context.arc(px(row), py(row), radius + 5, 0, 2 * Math.PI);
      context.lineWidth = 1;
      context.stroke();
    };
    if (isPlaced(current)) {
      context.strokeStyle = colour('--ink-2');
      context.lineWidth = 1;
      context.beginPath();
      for (const row of neighbours) {
        if (!isPlaced(row)) continue;
        context.moveTo(px(current), py(current));
        context.lineTo(px(row), py(row));
      }
      context.stroke();
      for (const row of neighbours) if (isPlaced(row)) dot(row, 4.5, false);
      dot(current, 6.5, true);
    }
    if (hovered !== current && isPlaced(hovered)) dot(hovered, 5, false);
  }

  #drawLabels(context: CanvasRenderingContext2D): void {
    const ratio = devicePixelRatio;
    const labels: readonly MapLabel[] = placedLabels(
      this.#clusters,
      this.#view,
      this.#size,
      text => this.#named(text).width / ratio - 2 * HALO_PX,
    );
    for (const { text, x, y } of labels) {
      const name = this.#named(text);
      const [wide, high] = [name.width / ratio, name.height / ratio];
      context.drawImage(name, Math.round(x - wide / 2), Math.round(y - high / 2), wide, high);
    }
  }

  /** A name with a halo, drawn once: letters with an outline take long. */
  #named(text: string): HTMLCanvasElement {
    const known = this.#names.get(text);
    if (known) return known;
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    const ratio = devicePixelRatio;
    if (context) {
      context.font = canvasFont(600, 12);
      canvas.width = Math.ceil((context.measureText(text).width + 2 * HALO_PX) * ratio);
      canvas.height = 20 * ratio;
      context.scale(ratio, ratio);
      context.font = canvasFont(600, 12);
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      context.lineWidth = 2 * HALO_PX - 1;
      context.globalAlpha = 0.85;
      context.strokeStyle = colour('--bg-0');
      context.strokeText(text, HALO_PX, 10.5);
      context.globalAlpha = 1;
      context.fillStyle = colour('--ink-1');
      context.fillText(text, HALO_PX, 10.5);
    }
    this.#names.set(text, canvas);
    return canvas;
  }

  #drawLasso(context: CanvasRenderingContext2D): void {
    const points = this.#overlay?.lasso;
    if (!points || points.length < 4) return;
    context.beginPath();
    for (let at = 0; at < points.length; at += 2) context.lineTo(points[at]!, points[at + 1]!);
    context.closePath();
    context.fillStyle = colour('--select-wash');
    context.fill();
    context.strokeStyle = colour('--ink-1');
    context.lineWidth = 1.5;
    context.setLineDash([5, 4]);
    context.stroke();
    context.setLineDash([]);
  }
}
