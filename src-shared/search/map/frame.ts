/** Share of the map that stays free at each side, and of the sounds that may be moved in to its edge at each end. */
const MARGIN = 0.03;
const STRAY_SHARE = 0.002;

/**
 * Turns and stretches a layout so that it looks the same however it came out: brighter sounds towards the top right, longer ones towards the
 * bottom right, all within 0..1; y is counted downwards, as on screens. Writes into `places`, x and y in turn.
 *
 * @param brightness of each, octaves; NaN where unknown
 * @param length of each, octaves
 */
export function frameLayout(places: Float32Array, brightness: Float32Array, length: Float32Array): void {
  const count = places.length / 2;
  const towards = gradient(places, brightness);
  // The gradient of brightness points up and to the right: at 45 degrees, with y downwards.
  const turn = -Math.PI / 4 - Math.atan2(towards.y, towards.x);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let at = 0; at < count; at++) {
    const [x, y] = [places[2 * at]!, places[2 * at + 1]!];
    places[2 * at] = x * cos - y * sin;
    places[2 * at + 1] = x * sin + y * cos;
  }
  const longer = gradient(places, length);
  // Mirrored at the diagonal that brightness lies on.
  if (longer.x + longer.y < 0)
    for (let at = 0; at < count; at++) {
      const [x, y] = [places[2 * at]!, places[2 * at + 1]!];
      places[2 * at] = -y;
      places[2 * at + 1] = -x;
    }
  stretch(places, 0);
  stretch(places, 1);
}

/** In which direction of a layout a measure rises: its covariance with either co-ordinate, the layout made round. */
function gradient(places: Float32Array, measure: Float32Array): { readonly x: number; readonly y: number } {
  let [n, sumX, sumY, sum] = [0, 0, 0, 0];
  for (let at = 0; at < measure.length; at++) {
    if (Number.isNaN(measure[at])) continue;
    n++;
    sumX += places[2 * at]!;
    sumY += places[2 * at + 1]!;
    sum += measure[at]!;
  }
  if (n === 0) return { x: 1, y: 0 };
  let [xx, xy, yy, x, y] = [0, 0, 0, 0, 0];
  for (let at = 0; at < measure.length; at++) {
    if (Number.isNaN(measure[at])) continue;
    const [dx, dy, d] = [places[2 * at]! - sumX / n, places[2 * at + 1]! - sumY / n, measure[at]! - sum / n];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
    x += dx * d;
    y += dy * d;
  }
  const determinant = xx * yy - xy * xy;
  if (Math.abs(determinant) < 1e-12) return x === 0 && y === 0 ? { x: 1, y: 0 } : { x, y };
  return { x: (yy * x - xy * y) / determinant, y: (xx * y - xy * x) / determinant };
}

function stretch(places: Float32Array, axis: 0 | 1): void {
  const count = places.length / 2;
  const sorted = Float32Array.from({ length: count }, (_, at) => places[2 * at + axis]!).sort();
  const stray = Math.floor(STRAY_SHARE * count);
  const [least, most] = [sorted[stray] ?? 0, sorted[count - 1 - stray] ?? 0];
  for (let at = 0; at < count; at++) {
    const within = most > least ? (places[2 * at + axis]! - least) / (most - least) : 0.5;
    places[2 * at + axis] = MARGIN + (1 - 2 * MARGIN) * Math.min(1, Math.max(0, within));
  }
}
