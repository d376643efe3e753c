import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { HitBook } from '#shared/protocol';
import {
  chooseHit,
  chooseHits,
  prepareRows,
  soundRow,
  useBrowse,
  useCommands,
  useHitBook,
  useNearest,
  useView,
} from '#renderer/state';
import { colour, useTheme } from '#renderer/ui';
import { aboutRow, factsOfRow } from '../row-words';
import { clustersOf } from './cluster-labels';
import { MapLegend } from './map-legend';
import { MapPainter } from './map-painter';
import {
  fitted,
  type MapView,
  panned,
  showing,
  type Size,
  xOnMap,
  xOnScreen,
  yOnMap,
  yOnScreen,
  zoomedAt,
} from './map-view';
import { PointGrid } from './point-grid';
import { pointScene, tokenOfRow } from './point-scene';
import { type Held, useMapPointer } from './use-map-pointer';

/** How near to a point the pointer must be, px. */
const REACH_PX = 12;
const KEY_FACTOR = 1.35;
const PAN_PX = 80;
const LINES = 6;
/** Fewer chosen hits than these are ringed by the list alone. */
const MANY = 2;

interface SimilarityMapProps {
  readonly book: HitBook;
  readonly isLassoing: boolean;
  readonly onSend: () => void;
  readonly onMenu: (id: string, x: number, y: number) => void;
}

/** Every hit where it sounds like its neighbours. Click or arrows audition; drag and wheel move; Shift and drag encircle. */
export function SimilarityMap({ book, isLassoing, onSend, onMenu }: SimilarityMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const painter = useRef<MapPainter | null>(null);
  const size = useRef<Size>({ width: 0, height: 0 });
  const view = useRef<MapView | null>(null);
  const hoveredNow = useRef(-1);
  const [hovered, setHovered] = useState(-1);
  const tip = useRef<HTMLDivElement>(null);
  const keysId = useId();
  const theme = useTheme();
  const rows = useBrowse(state => state.shown.rows);
  const match = useBrowse(state => state.ranking?.match ?? null);
  const currentId = useBrowse(state => state.currentId);
  const chosen = useBrowse(state => state.chosen);
  const nearest = useNearest();
  const rowOf = useHitBook(state => state.rowOf);
  const colourBy = useView(state => state.mapColour);
  const sizeBy = useView(state => state.mapSize);
  const current = currentId === null ? -1 : (rowOf.get(currentId) ?? -1);

  const grid = useMemo(() => new PointGrid(book.x, book.y, rows), [book, rows]);
  const everyRow = useMemo(() => Uint32Array.from(book.ids, (_, row) => row), [book]);
  const clusters = useMemo(() => clustersOf(book.x, book.y, book.instrument, everyRow), [book, everyRow]);
  /** All points of the map, shown or not: what Fit shows. */
  const bounds = useMemo(() => new PointGrid(book.x, book.y, everyRow).box, [book, everyRow]);
  const whole = useCallback(() => fitted(bounds, size.current), [bounds]);
  const neighbours = useMemo(
    () => (nearest.ofId === currentId ? nearest.ids.slice(0, LINES).map(id => rowOf.get(id) ?? -1) : []),
    [nearest, currentId, rowOf],
  );

  useLayoutEffect(() => {
    if (!base.current || !over.current) return undefined;
    const made = new MapPainter(base.current, over.current);
    painter.current = made;
    return () => made.end();
  }, []);

  const tipped = hovered >= 0 ? hovered : current;
  const placeTip = useCallback((): void => {
    const element = tip.current;
    const from = view.current;
    if (!element || !from) return;
    const x = xOnScreen(from, size.current, book.x[tipped] ?? NaN);
    const y = yOnScreen(from, size.current, book.y[tipped] ?? NaN);
    const isSeen = x > 0 && y > 0 && x < size.current.width && y < size.current.height;
    element.hidden = !isSeen;
    if (!isSeen) return;
    const isLeft = x + 24 + element.offsetWidth > size.current.width;
    const lowest = size.current.height - element.offsetHeight - 34;
    const top = Math.max(8, Math.min(lowest, y - 24 - element.offsetHeight / 2));
    element.style.transform = `translate(${isLeft ? x - 22 - element.offsetWidth : x + 22}px, ${top}px)`;
  }, [book, tipped]);
  const latestTip = useRef(placeTip);
  useLayoutEffect(() => {
    latestTip.current = placeTip;
    placeTip();
  });
  const look = useCallback(
    (next: MapView): void => {
      view.current = next;
      painter.current?.look(next, size.current, whole().scale);
      latestTip.current();
    },
    [whole],
  );

  const lay = useCallback(
    (lasso: readonly number[] | null): void =>
      painter.current?.lay({
        neighbours,
        current,
        hovered: hoveredNow.current,
        lasso,
        colourOf: row => colour(tokenOfRow(book, row, colourBy)),
      }),
    [neighbours, current, book, colourBy],
  );

  useLayoutEffect(() => {
    // Named here because colours are read from the theme when the scene is made.
    void theme;
    const many = chosen.size < MANY ? null : Uint32Array.from([...chosen].flatMap(id => rowOf.get(id) ?? []));
    painter.current?.show(pointScene(book, { shown: rows, match, chosen: many, colourBy, sizeBy }), clusters);
  }, [book, rows, match, chosen, rowOf, colourBy, sizeBy, clusters, theme]);
  useLayoutEffect(() => lay(null), [lay, theme]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const before = view.current;
      const all = whole();
      const wasWhole =
        before === null || (before.scale === all.scale && before.x === all.x && before.y === all.y);
      size.current = { width: element.clientWidth, height: element.clientHeight };
      look(wasWhole ? whole() : before);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [look, whole]);

  /** Moves so far that the current point is in sight. */
  useEffect(() => {
    const [x, y] = [book.x[current] ?? NaN, book.y[current] ?? NaN];
    if (!view.current || Number.isNaN(x)) return;
    const next = showing(view.current, size.current, x, y);
    if (next.x !== view.current.x || next.y !== view.current.y) look(next);
  }, [book, current, look]);

  const rowAt = (px: number, py: number): number => {
    const from = view.current;
    if (!from) return -1;
    return grid.nearest(
      xOnMap(from, size.current, px),
      yOnMap(from, size.current, py),
      REACH_PX / from.scale,
    );
  };
  const hover = (row: number): void => {
    if (row === hoveredNow.current) return;
    hoveredNow.current = row;
    setHovered(row);
    lay(null);
    if (row >= 0) prepareRows([row]);
  };
  const choose = (row: number, held: Held): void => {
    const id = book.ids[row];
    if (id === undefined) return;
    chooseHit(id, held.isMore ? 'also' : 'one', 'map');
    soundRow(row);
  };
  useMapPointer(box, {
    size: () => size.current,
    view: () => view.current ?? whole(),
    whole,
    isLassoing: () => isLassoing,
    onView: look,
    onHover: (px, py) => hover(rowAt(px, py)),
    onLeave: () => hover(-1),
    onClick: (px, py, held) => {
      const row = rowAt(px, py);
      if (row >= 0) choose(row, held);
    },
    onDouble: (px, py) => {
      if (rowAt(px, py) >= 0) onSend();
    },
    onMenu: (px, py, event) => {
      const row = rowAt(px, py);
      const id = book.ids[row];
      if (id === undefined) return;
      if (!chosen.has(id)) chooseHit(id, 'one', 'map');
      onMenu(id, event.clientX, event.clientY);
    },
    onLasso: lay,
    onLassoed: (points, held) => {
      const from = view.current;
      if (!from) return;
      const polygon = points.map((value, at) =>
        at % 2 === 0 ? xOnMap(from, size.current, value) : yOnMap(from, size.current, value),
      );
      chooseHits(
        Array.from(grid.inside(polygon), row => book.ids[row] ?? ''),
        held.isMore,
      );
    },
  });

  const zoom = (factor: number) => (): void =>
    look(
      zoomedAt(
        view.current ?? whole(),
        size.current,
        factor,
        size.current.width / 2,
        size.current.height / 2,
        whole(),
      ),
    );
  const step = (dx: number, dy: number) => (): void => {
    const from = current >= 0 && !Number.isNaN(book.x[current] ?? NaN) ? current : -1;
    const [x, y] = view.current ? [view.current.x, view.current.y] : [0.5, 0.5];
    const to = from < 0 ? grid.nearest(x, y, 2) : grid.towards(from, dx, dy);
    if (to >= 0) choose(to, { shiftKey: false, isMore: false });
  };
  const pan = (dx: number, dy: number) => (): void =>
    look(panned(view.current ?? whole(), dx * PAN_PX, dy * PAN_PX));
  useCommands({
    'map-in': zoom(KEY_FACTOR),
    'map-out': zoom(1 / KEY_FACTOR),
    'map-fit': () => look(whole()),
    'map-left': step(-1, 0),
    'map-right': step(1, 0),
    'map-up': step(0, -1),
    'map-down': step(0, 1),
    'map-pan-left': pan(1, 0),
    'map-pan-right': pan(-1, 0),
    'map-pan-up': pan(0, 1),
    'map-pan-down': pan(0, -1),
  });

  return (
    <div
      ref={box}
      role="application"
      aria-roledescription="map of sounds"
      aria-label={current >= 0 ? `Map, ${aboutRow(book, current)}` : 'Map of sounds'}
      aria-describedby={keysId}
      tabIndex={0}
      data-keys="map"
      className={`relative min-h-0 flex-1 touch-none overflow-hidden bg-bg-0 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus data-[dragging]:cursor-grabbing ${isLassoing ? 'cursor-crosshair' : ''}`}
    >
      <canvas
        ref={base}
        hidden
        aria-hidden="true"
        className="pointer-events-none absolute top-0 left-0 max-w-none origin-top-left will-change-transform"
      />
      <canvas ref={over} aria-hidden="true" className="pointer-events-none absolute inset-0 h-full w-full" />
      {tipped >= 0 ? (
        <div
          ref={tip}
          aria-hidden="true"
          className="pointer-events-none absolute top-0 left-0 rounded-r3 bg-bg-2 px-2.5 py-1.5 whitespace-nowrap shadow-float"
        >
          <b className="block type-strong">{aboutRow(book, tipped)}</b>
          <span className="type-label text-ink-2">{factsOfRow(book, tipped, match)}</span>
        </div>
      ) : null}
      <MapLegend colourBy={colourBy} />
      <p id={keysId} className="sr-only">
        Arrows go to the nearest hit on that side and let it sound. Plus and minus zoom, W shows everything,
        Shift and arrows move the map.
      </p>
    </div>
  );
}
