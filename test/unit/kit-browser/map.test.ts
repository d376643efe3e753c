import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import { INSTRUMENTS } from '#shared/model';
import { clustersOf, placedLabels } from '../../../src-renderer/screens/kit/map/cluster-labels';
import { fitted, xOnMap, xOnScreen, yOnMap, zoomedAt } from '../../../src-renderer/screens/kit/map/map-view';
import { isInside, PointGrid } from '../../../src-renderer/screens/kit/map/point-grid';

const random = Random.ofSeed(3);
const x = Float32Array.from({ length: 2000 }, () => random.unit());
const y = Float32Array.from({ length: 2000 }, () => random.unit());
const rows = Uint32Array.from(x, (_, row) => row);
const grid = new PointGrid(x, y, rows);

describe('the points of the map', () => {
  it('finds the nearest as a look at every point does', () => {
    for (let turn = 0; turn < 200; turn++) {
      const [px, py] = [random.unit(), random.unit()];
      let best = -1;
      for (const row of rows)
        if (best < 0 || Math.hypot(x[row]! - px, y[row]! - py) < Math.hypot(x[best]! - px, y[best]! - py))
          best = row;
      expect(grid.nearest(px, py, 2)).toBe(best);
    }
  });

  it('finds none where none is near enough', () => {
    const alone = new PointGrid(Float32Array.of(0.2), Float32Array.of(0.2), Uint32Array.of(0));
    expect(alone.nearest(0.5, 0.5, 0.1)).toBe(-1);
    expect(alone.nearest(0.25, 0.2, 0.1)).toBe(0);
  });

  it('leaves out hits without a place', () => {
    const some = new PointGrid(
      Float32Array.of(Number.NaN, 0.5),
      Float32Array.of(0.5, 0.5),
      Uint32Array.of(0, 1),
    );
    expect(some.count).toBe(1);
    expect(some.nearest(0.5, 0.5, 1)).toBe(1);
  });

  it('steps to the side that was asked for, the straightest of the near', () => {
    for (let turn = 0; turn < 100; turn++) {
      const from = random.below(rows.length);
      let best = -1;
      let least = Infinity;
      for (const row of rows) {
        const [right, down] = [x[row]! - x[from]!, Math.abs(y[row]! - y[from]!)];
        if (right <= 0 || down > right || row === from || right + 2 * down >= least) continue;
        least = right + 2 * down;
        best = row;
      }
      expect(grid.towards(from, 1, 0)).toBe(best);
    }
  });

  it('encircles what a test of every point finds inside', () => {
    const polygon = [0.2, 0.1, 0.9, 0.3, 0.6, 0.5, 0.8, 0.9, 0.1, 0.7];
    const wanted = Array.from(rows).filter(row => isInside(polygon, x[row]!, y[row]!));
    expect(wanted.length).toBeGreaterThan(100);
    expect(Array.from(grid.inside(polygon))).toEqual(wanted);
  });
});

describe('the view of the map', () => {
  const size = { width: 600, height: 400 };
  const whole = fitted({ left: 0, top: 0, right: 1, bottom: 1 }, size);

  it('shows all of it', () => {
    expect(xOnScreen(whole, size, 0)).toBeGreaterThan(0);
    expect(xOnScreen(whole, size, 1)).toBeLessThan(size.width);
  });

  it('keeps what is under the pointer where it is while it zooms', () => {
    const before = [xOnMap(whole, size, 350), yOnMap(whole, size, 120)];
    const nearer = zoomedAt(whole, size, 3, 350, 120, whole);
    expect(nearer.scale).toBeCloseTo(whole.scale * 3, 5);
    expect(xOnMap(nearer, size, 350)).toBeCloseTo(before[0] ?? 0, 9);
    expect(yOnMap(nearer, size, 120)).toBeCloseTo(before[1] ?? 0, 9);
  });
});

describe('names on the map', () => {
  const size = { width: 600, height: 600 };
  const view = { x: 0.5, y: 0.5, scale: 600 };
  const kinds = Uint8Array.from(x, (_, row) => INSTRUMENTS.indexOf(row % 2 === 0 ? 'kick' : 'chh'));
  const crowd = (row: number): number => (row % 2 === 0 ? 0.2 : 0.8) + (x[row]! - 0.5) * 0.1;
  const crowded = Float32Array.from(x, (_, row) => crowd(row));

  it('stand where most of an instrument lies', () => {
    const clusters = clustersOf(
      crowded,
      y.map(value => 0.5 + value * 0.1),
      kinds,
      rows,
    );
    expect(clusters.map(({ instrument }) => instrument).sort()).toEqual(['chh', 'kick']);
    const kick = clusters.find(({ instrument }) => instrument === 'kick');
    expect(kick?.x).toBeCloseTo(0.2, 1);
  });

  it('never cover each other', () => {
    const clusters = INSTRUMENTS.map((instrument, at) => ({
      instrument,
      count: 100 - at,
      x: 0.4 + 0.02 * at,
      top: 0.5,
      bottom: 0.52,
    }));
    const labels = placedLabels(clusters, view, size, text => 7 * text.length);
    expect(labels.length).toBeGreaterThan(1);
    for (const [at, one] of labels.entries())
      for (const other of labels.slice(at + 1))
        expect(
          Math.abs(one.y - other.y) >= 16 ||
            Math.abs(one.x - other.x) >= (7 * (one.text.length + other.text.length)) / 2,
        ).toBe(true);
  });
});
