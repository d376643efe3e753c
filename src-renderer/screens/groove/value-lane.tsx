import {
  type PointerEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Pattern } from '#shared/model';
import {
  type Lane,
  patternPosition,
  select,
  previewChange,
  useDocument,
  usePlaying,
  useView,
} from '#renderer/state';
import { useFrames, useTheme } from '#renderer/ui';
import { beatLines } from './beat-lines';
import type { ValueScene } from './draw-values';
import { xOfTicks } from './geometry';
import type { GridRows } from './grid-rows';
import { carryOut } from './grid-state';
import { beginDrag, dragValues, goOn, type ValueDrag } from './value-drag';
import { VALUE_KINDS } from './value-kinds';
import { ValuePainter } from './value-painter';

export interface ValueLaneHandle {
  /** Px that the grid is scrolled to the right. */
  scrollTo(left: number): void;
}

interface ValueLaneProps {
  readonly rows: GridRows;
  readonly lane: Lane;
  readonly lanes: readonly Lane[];
  readonly handle: Ref<ValueLaneHandle>;
}

/** How hard, or how often, each hit of a row sounds: draw across the stems, or move what is selected. The strip above takes the same numbers. */
export function ValueLane({ rows, lane, lanes, handle }: ValueLaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const painter = useRef<ValuePainter>(null);
  const drag = useRef<ValueDrag>(null);
  const [height, setHeight] = useState(0);
  const values = VALUE_KINDS[useView(state => state.underGrid)];
  const stepWidth = useView(state => state.stepWidth);
  const selection = useDocument(state => state.selection);
  const isPlaying = usePlaying(state => state.isPlaying);
  const fromTicks = usePlaying(state => state.fromTicks);
  const theme = useTheme();

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || !host.current) return undefined;
    const made = new ValuePainter(host.current);
    painter.current = made;
    const measure = (): void => {
      setHeight(element.clientHeight);
      made.widen(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.end();
      painter.current = null;
    };
  }, []);
  useImperativeHandle(handle, () => ({ scrollTo: left => painter.current?.scrollTo(left) }), []);

  const beats = useMemo(() => beatLines(rows.frame.pattern), [rows.frame]);
  const scene: ValueScene = useMemo(
    () => ({ rows, beats, lane: lane.key, kind: values, selection, stepWidth, height, theme }),
    [rows, beats, lane.key, values, selection, stepWidth, height, theme],
  );
  useEffect(() => painter.current?.show(scene), [scene]);
  const movePlayhead = (): void => {
    const x = Math.round(xOfTicks(patternPosition(), stepWidth));
    if (playhead.current) playhead.current.style.transform = `translateX(${x}px)`;
  };
  useEffect(movePlayhead);
  useEffect(movePlayhead, [fromTicks, stepWidth]);
  useFrames(isPlaying, movePlayhead);

  const row = rows.rows.find(one => one.lane.key === lane.key);
  const base = (): Pattern =>
    useDocument.getState().audition?.pattern ?? useDocument.getState().history?.pattern ?? rows.frame.pattern;
  const pointOf = (event: PointerEvent): { readonly x: number; readonly y: number } => {
    const box = host.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const place = row ? { row, values, stepWidth, height } : null;
  const gestureAt = (event: PointerEvent) => {
    if (!place || !drag.current) return null;
    const all = base().notes;
    const { notes, value } = dragValues(
      place,
      drag.current,
      pointOf(event),
      all,
      useDocument.getState().selection,
    );
    return values.set(notes, value, lanes);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (!place || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const begun = beginDrag(place, pointOf(event), selection);
    drag.current = begun.drag;
    if (begun.hit && !selection.has(begun.hit.note.id)) select([begun.hit.note.id]);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!place || !drag.current) return;
    drag.current = goOn(place, drag.current, pointOf(event), event.shiftKey);
    const gesture = gestureAt(event);
    previewChange(gesture?.edit ?? null);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const gesture = gestureAt(event);
    drag.current = null;
    previewChange(null);
    carryOut(gesture);
  };
  const onPointerCancel = (): void => {
    drag.current = null;
    previewChange(null);
  };

  return (
    <div
      ref={frame}
      role="presentation"
      data-value-lane=""
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerCancel}
      className="relative min-w-0 flex-1 cursor-ns-resize touch-none overflow-hidden"
    >
      <div ref={host} className="pointer-events-none absolute inset-y-0 left-0 will-change-transform">
        <div ref={playhead} className="absolute inset-y-0 left-0 z-10 w-px bg-ink-1 will-change-transform" />
      </div>
    </div>
  );
}
