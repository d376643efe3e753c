import { ROLES_IN_ORDER } from '#shared/model';
import { ROLE_SHAPES } from '#renderer/ui';

/** Least and greatest size of a point, in px of the screen's own. */
export const LEAST_SIZE = 2;
export const GREATEST_SIZE = 22;
/** The shapes are drawn on a square of 9. */
const SHAPE_SIDE = 9;

/** Which px a point of some shape and size covers, and how far (0..255). */
export interface Sprite {
  readonly dx: Int8Array;
  readonly dy: Int8Array;
  readonly cover: Uint8Array;
}

/** A point of what nobody judged: a small ring's worth of nothing special. */
const UNJUDGED_SHAPE = 'M4.5 1.5a3 3 0 1 1 0 6a3 3 0 0 1 0-6z';

let made: readonly (readonly Sprite[])[] | null = null;

/** Sprites by shape (roles in order, then the unjudged) and size from `LEAST_SIZE`. */
export function pointSprites(): readonly (readonly Sprite[])[] {
  made ??= [...ROLES_IN_ORDER.map(role => ROLE_SHAPES[role]), UNJUDGED_SHAPE].map(shape => {
    const path = new Path2D(shape);
    return Array.from({ length: GREATEST_SIZE - LEAST_SIZE + 1 }, (_, at) => drawn(path, LEAST_SIZE + at));
  });
  return made;
}

function drawn(path: Path2D, size: number): Sprite {
  const side = size + 2;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const dx: number[] = [];
  const dy: number[] = [];
  const cover: number[] = [];
  if (context) {
    context.translate(1, 1);
    context.scale(size / SHAPE_SIDE, size / SHAPE_SIDE);
    context.fill(path);
    const { data } = context.getImageData(0, 0, side, side);
    for (let at = 0; at < side * side; at++) {
      const alpha = data[at * 4 + 3]!;
      if (alpha < 12) continue;
      dx.push((at % side) - (side >> 1));
      dy.push(Math.floor(at / side) - (side >> 1));
      cover.push(alpha);
    }
  }
  return { dx: Int8Array.from(dx), dy: Int8Array.from(dy), cover: Uint8Array.from(cover) };
}
