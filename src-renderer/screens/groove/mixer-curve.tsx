import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { equaliserDecibels, HIGH_SHELF_HERTZ, LOW_SHELF_HERTZ } from '#shared/mixer';
import type { Bus } from '#shared/model';
import { clamp } from '#shared/units';
import { endGesture } from '#renderer/state';

type Bands = Bus['equaliser'];
type Band = 'low' | 'mid' | 'high';

const LOWEST_HERTZ = 30;
const HIGHEST_HERTZ = 18_000;
const MOST_DECIBELS = 18;
/** Of the picture's own coordinates; it is stretched to its place. */
const WIDTH = 120;
const HEIGHT = 44;
/** Rate that the picture is drawn for. */
const RATE = 48_000;
const POINTS = 60;
/** Where the handles of the shelves stand: outside their corners, where the curve is flat. */
const HANDLE_HERTZ = { low: LOW_SHELF_HERTZ / 2, high: HIGH_SHELF_HERTZ * 1.4 };

const xOf = (hertz: number): number =>
  (WIDTH * Math.log(hertz / LOWEST_HERTZ)) / Math.log(HIGHEST_HERTZ / LOWEST_HERTZ);
const hertzAt = (x: number): number => LOWEST_HERTZ * (HIGHEST_HERTZ / LOWEST_HERTZ) ** (x / WIDTH);
const yOf = (decibels: number): number => HEIGHT * (0.5 - decibels / (2.2 * MOST_DECIBELS));
const decibelsAt = (y: number): number => (0.5 - y / HEIGHT) * 2.2 * MOST_DECIBELS;

interface CurveProps {
  readonly bands: Bands;
  readonly onMove: (values: readonly (readonly [keyof Bands, number])[]) => void;
  readonly onSet: (values: readonly (readonly [keyof Bands, number])[]) => void;
}

/** What the equaliser does from 30 Hz to 18 kHz, with a handle for each band to drag; the fields below say and set the same in numbers. */
export function EqualiserCurve({ bands, onMove, onSet }: CurveProps) {
  const root = useRef<SVGSVGElement>(null);
  const drag = useRef<{
    readonly band: Band;
    moved: readonly (readonly [keyof Bands, number])[] | null;
  } | null>(null);
  const [held, setHeld] = useState<Band | null>(null);
  const handles: readonly (readonly [Band, number])[] = [
    ['low', HANDLE_HERTZ.low],
    ['mid', bands.midHertz],
    ['high', HANDLE_HERTZ.high],
  ];
  const line = useMemo(
    () =>
      Array.from({ length: POINTS + 1 }, (_, point) => {
        const x = (point * WIDTH) / POINTS;
        return `${x.toFixed(1)} ${yOf(clamp(equaliserDecibels(bands, RATE, hertzAt(x)), -20, 20)).toFixed(2)}`;
      }).join('L'),
    [bands],
  );
  const pointOf = (event: PointerEvent): { readonly x: number; readonly y: number } => {
    const box = root.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - box.left) / box.width) * WIDTH,
      y: ((event.clientY - box.top) / box.height) * HEIGHT,
    };
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.button !== 0) return;
    const { x } = pointOf(event);
    const [nearest] = handles.toSorted((a, b) => Math.abs(xOf(a[1]) - x) - Math.abs(xOf(b[1]) - x));
    if (!nearest) return;
    endGesture();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { band: nearest[0], moved: null };
    setHeld(nearest[0]);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent): void => {
    const now = drag.current;
    if (!now) return;
    const { x, y } = pointOf(event);
    const gain = Math.round(2 * clamp(decibelsAt(y), -MOST_DECIBELS, MOST_DECIBELS)) / 2;
    const hertz = clamp(Math.round(hertzAt(x)), 100, 8000);
    now.moved =
      now.band === 'mid'
        ? [
            ['mid', gain],
            ['midHertz', hertz],
          ]
        : [[now.band, gain]];
    onMove(now.moved);
  };
  const onPointerUp = (): void => {
    const moved = drag.current?.moved ?? null;
    drag.current = null;
    setHeld(null);
    if (moved) onSet(moved);
  };
  return (
    <svg
      ref={root}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() =>
        onSet([
          ['low', 0],
          ['mid', 0],
          ['high', 0],
        ])
      }
      className="block h-11 w-full shrink-0 touch-none rounded-r2 bg-bg-0"
    >
      {[100, 1000, 10_000].map(hertz => (
        <path
          key={hertz}
          d={`M${xOf(hertz)} 0V${HEIGHT}`}
          className="stroke-line"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      <path d={`M0 ${yOf(0)}H${WIDTH}`} className="stroke-line-2" vectorEffect="non-scaling-stroke" />
      <path d={`M0 ${yOf(0)}L${line}L${WIDTH} ${yOf(0)}Z`} className="fill-bg-3" />
      <path
        d={`M${line}`}
        fill="none"
        className="stroke-ink-1"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      {handles.map(([band, hertz]) => (
        <path
          key={band}
          d={`M${xOf(hertz)} ${yOf(clamp(equaliserDecibels(bands, RATE, hertz), -18, 18))}h0`}
          className={held === band ? 'stroke-focus' : 'stroke-ink-2'}
          strokeWidth={held === band ? 9 : 7}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
