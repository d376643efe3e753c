/** What of the map is in sight. The map itself is the square 0..1, y downwards. */
export interface MapView {
  /** Middle of what is in sight. */
  readonly x: number;
  readonly y: number;
  /** Px for the side of the map. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much closer than the whole map one can look. */
const MOST_ZOOM = 60;
/** Px around the outermost points when all is in sight. */
const PADDING = 44;

export const xOnScreen = (view: MapView, size: Size, x: number): number =>
  (x - view.x) * view.scale + size.width / 2;
export const yOnScreen = (view: MapView, size: Size, y: number): number =>
  (y - view.y) * view.scale + size.height / 2;
export const xOnMap = (view: MapView, size: Size, px: number): number =>
  (px - size.width / 2) / view.scale + view.x;
export const yOnMap = (view: MapView, size: Size, px: number): number =>
  (px - size.height / 2) / view.scale + view.y;

/** The view that shows `box` whole. */
export function fitted(box: Box, size: Size): MapView {
  const across = Math.max(1e-3, box.right - box.left);
  const down = Math.max(1e-3, box.bottom - box.top);
  const room = (px: number): number => Math.max(40, px - 2 * PADDING);
  const scale = Math.min(room(size.width) / across, room(size.height) / down);
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale };
}

/** Nearer or further by `factor`, with what is under (px, py) staying there. */
export function zoomedAt(
  view: MapView,
  size: Size,
  factor: number,
  px: number,
  py: number,
  whole: MapView,
): MapView {
  const scale = Math.min(whole.scale * MOST_ZOOM, Math.max(whole.scale * 0.7, view.scale * factor));
  const x = xOnMap(view, size, px) - (px - size.width / 2) / scale;
  const y = yOnMap(view, size, py) - (py - size.height / 2) / scale;
  return within({ x, y, scale });
}

export const panned = (view: MapView, dx: number, dy: number): MapView =>
  within({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale });

/** The middle of what is in sight never leaves the map. */
const within = (view: MapView): MapView => ({
  ...view,
  x: Math.min(1.1, Math.max(-0.1, view.x)),
  y: Math.min(1.1, Math.max(-0.1, view.y)),
});

/** `view`, moved as little as shows the point with `margin` px around it. */
export function showing(view: MapView, size: Size, x: number, y: number, margin = 40): MapView {
  const px = xOnScreen(view, size, x);
  const py = yOnScreen(view, size, y);
  const off = (at: number, length: number): number =>
    at < margin ? margin - at : at > length - margin ? length - margin - at : 0;
  return panned(view, off(px, size.width), off(py, size.height));
}
