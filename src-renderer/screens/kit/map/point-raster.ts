import type { MapView } from './map-view';
import { GREATEST_SIZE, LEAST_SIZE, type Sprite } from './sprites';

/** The points of the map as they are to be drawn; columns by row of the book. */
export interface PointScene {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Rows in the order in which they are drawn, the last on top. */
  readonly order: Uint32Array;
  /** Index of the sprite's shape. */
  readonly shape: Uint8Array;
  /** Index into `colours`. */
  readonly colour: Uint8Array;
  /** 0xRRGGBB. */
  readonly colours: Uint32Array;
  readonly background: number;
  readonly line: number;
  /** How much of its colour a point has, 0..255. */
  readonly strength: Uint8Array;
  /** 0..1: small to big. */
  readonly weight: Uint8Array;
}

/** What one raster covers, in px of the screen's own. */
export interface RasterPlace {
  readonly view: MapView;
  readonly width: number;
  readonly height: number;
  /** Px of the screen's own for one of CSS. */
  readonly ratio: number;
}

/** Points between two looks at the clock. */
const POINTS_A_LOOK = 512;
/** Px between the lines of the ground, at the least. */
const GROUND_PX = 76;

/** Points of a crowded map are smaller: 1 for some thousands, 0.6 for 50,000. */
const crowdFactor = (count: number): number =>
  Math.min(1.25, Math.max(0.55, (4000 / Math.max(1, count)) ** 0.2));

/** Opaque px as an ImageData holds them. */
const opaque = (rgb: number): number =>
  ((255 << 24) | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;

/** A picture of the points that is made piece by piece, so that no frame waits for all of 50,000. */
export class PointRaster {
  readonly place: RasterPlace;
  readonly image: ImageData;
  readonly #scene: PointScene;
  readonly #sprites: readonly (readonly Sprite[])[];
  readonly #pixels: Uint32Array;
  readonly #sizeOf: Uint8Array;
  #done = -1;

  constructor(
    scene: PointScene,
    place: RasterPlace,
    sprites: readonly (readonly Sprite[])[],
    wholeScale: number,
    image: ImageData,
  ) {
    this.#scene = scene;
    this.#sprites = sprites;
    this.place = place;
    this.image = image;
    this.#pixels = new Uint32Array(image.data.buffer);
    // Points grow more slowly than the map, so that crowds come apart.
    const growth = Math.min(2.2, Math.max(0.8, (place.view.scale / wholeScale) ** 0.35));
    const grain = growth * place.ratio * crowdFactor(scene.order.length);
    this.#sizeOf = Uint8Array.from({ length: 256 }, (_, weight) =>
      Math.round(
        Math.min(GREATEST_SIZE, Math.max(LEAST_SIZE, (2.6 + (weight / 255) * 4.4) * grain)) - LEAST_SIZE,
      ),
    );
  }

  get isDone(): boolean {
    return this.#done >= this.#scene.order.length;
  }

  /** Goes on until all is drawn, or the clock says `deadline` (ms). Answers whether all is. */
  work(deadline: number): boolean {
    if (this.#done < 0) {
      this.#drawGround();
      this.#done = 0;
      if (performance.now() > deadline) return this.isDone;
    }
    while (!this.isDone) {
      const to = Math.min(this.#scene.order.length, this.#done + POINTS_A_LOOK);
      this.#drawPoints(this.#done, to);
      this.#done = to;
      if (performance.now() > deadline) break;
    }
    return this.isDone;
  }

  #drawGround(): void {
    const { view, width, height, ratio } = this.place;
    const pixels = this.#pixels;
    pixels.fill(opaque(this.#scene.background));
    const line = opaque(this.#scene.line);
    const scale = view.scale * ratio;
    let step = 1;
    while ((step / 2) * view.scale >= GROUND_PX) step /= 2;
    const [left, top] = [view.x - width / 2 / scale, view.y - height / 2 / scale];
    for (let at = Math.ceil(left / step) * step; at < left + width / scale; at += step) {
      const px = Math.round((at - left) * scale);
      for (let down = px; down < pixels.length; down += width) pixels[down] = line;
    }
    for (let at = Math.ceil(top / step) * step; at < top + height / scale; at += step) {
      const from = Math.round((at - top) * scale) * width;
      if (from + width <= pixels.length) pixels.fill(line, from, from + width);
    }
  }

  #drawPoints(from: number, to: number): void {
    const { x, y, order, shape, colour, colours, strength, weight } = this.#scene;
    const { view, width, height, ratio } = this.place;
    const scale = view.scale * ratio;
    const offsetX = width / 2 - view.x * scale;
    const offsetY = height / 2 - view.y * scale;
    const pixels = this.#pixels;
    const edge = GREATEST_SIZE;
    for (let at = from; at < to; at++) {
      const row = order[at]!;
      const px = Math.round(x[row]! * scale + offsetX);
      const py = Math.round(y[row]! * scale + offsetY);
      if (!(px > edge && py > edge && px < width - edge && py < height - edge)) continue;
      const { dx, dy, cover } = this.#sprites[shape[row]!]![this.#sizeOf[weight[row]!]!]!;
      const rgb = colours[colour[row]!]!;
      const [red, green, blue] = [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
      const much = strength[row]!;
      for (let index = 0; index < cover.length; index++) {
        const target = (py + dy[index]!) * width + px + dx[index]!;
        const alpha = (cover[index]! * much + 128) >> 8;
        const was = pixels[target]!;
        const r = was & 255;
        const g = (was >> 8) & 255;
        const b = (was >> 16) & 255;
        pixels[target] =
          (255 << 24) |
          ((b + (((blue - b) * alpha) >> 8)) << 16) |
          ((g + (((green - g) * alpha) >> 8)) << 8) |
          (r + (((red - r) * alpha) >> 8));
      }
    }
  }
}
