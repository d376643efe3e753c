import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { samplePosition, seekSample, useSamplePlay } from '#renderer/state';
import { Canvas, type Draw, useFrames } from '#renderer/ui';
import { audioColumns } from './audio-columns';
import { drawTimeline } from './draw-timeline';
import type { Opened } from './inspector-store';
import { LaneNames } from './lane-names';
import { layoutOf, secondsAt, strokeAt, xOf } from './layout';
import { following, panned, type Span, wholeSpan, zoomed } from './span';
import { StrokeCard } from './stroke-card';
import { useBox } from './use-box';
import { useWheel } from './use-wheel';

interface TimelineViewProps {
  readonly opened: Opened;
  readonly span: Span;
  readonly onSpan: (span: Span) => void;
  /** The sample before or after: by 1, by a page, or to an end. */
  readonly onMove: (by: number) => void;
}

const ZOOM_STEP = 1.6;
const PAGE = 100;
const NUDGE_SHARE = 0.25;

/** A sample in time: audio, strokes as they were meant and as they came, and their errors. */
export function TimelineView({ opened, span, onSpan, onMove }: TimelineViewProps) {
  const { timeline, audio, sample } = opened;
  const { seconds } = timeline;
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useBox(box);
  const hasAudio = sample.audio !== null;
  const layout = layoutOf(width, height, timeline.lanes.length, hasAudio);
  const [pointed, setPointed] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  const isHeld = useRef(false);
  const id = useId();
  const shown = pointed ?? (isFocused ? chosen : null);
  const stroke = shown === null ? undefined : timeline.strokes[shown];
  const current = timeline.strokes[chosen ?? 0];

  useEffect(() => {
    setPointed(null);
    setChosen(null);
  }, [sample]);

  const draw: Draw = useCallback(
    (context, wide, high) =>
      drawTimeline(context, {
        timeline,
        layout: layoutOf(wide, high, timeline.lanes.length, hasAudio),
        span,
        columns: audio ? audioColumns(audio, span, Math.max(1, Math.floor(wide))) : null,
        shown,
      }),
    [timeline, audio, hasAudio, span, shown],
  );

  const zoom = useCallback(
    (factor: number, at: number) => onSpan(zoomed(span, factor, at, seconds)),
    [onSpan, span, seconds],
  );
  useWheel(box, {
    onZoom: (factor, x) => zoom(factor, secondsAt(x, span, width)),
    onPan: px => onSpan(panned(span, (px / Math.max(1, width)) * (span.to - span.from), seconds)),
  });

  const choose = (index: number): void => {
    const to = Math.max(0, Math.min(timeline.strokes.length - 1, index));
    setChosen(to);
    setPointed(null);
    const at = timeline.strokes[to]?.actual;
    if (at !== undefined) onSpan(following(span, at, seconds));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const middle = (span.from + span.to) / 2;
    const at = stroke?.actual ?? middle;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowRight: () => (event.shiftKey ? pan(NUDGE_SHARE) : choose(chosen === null ? 0 : chosen + 1)),
      ArrowLeft: () => (event.shiftKey ? pan(-NUDGE_SHARE) : choose((chosen ?? 0) - 1)),
      ArrowDown: () => onMove(1),
      ArrowUp: () => onMove(-1),
      PageDown: () => onMove(PAGE),
      PageUp: () => onMove(-PAGE),
      Home: () => onMove(-Infinity),
      End: () => onMove(Infinity),
      '+': () => zoom(ZOOM_STEP, at),
      '=': () => zoom(ZOOM_STEP, at),
      '-': () => zoom(1 / ZOOM_STEP, at),
      '0': () => onSpan(wholeSpan(seconds)),
      Enter: () => current && seekSample(current.actual),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const pan = (share: number): void => onSpan(panned(span, share * (span.to - span.from), seconds));

  const pointOf = (event: { readonly clientX: number; readonly clientY: number }) => {
    const rect = box.current?.getBoundingClientRect();
    return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
  };
  return (
    <div className="flex min-h-0 flex-1">
      <LaneNames layout={layout} timeline={timeline} hasAudio={hasAudio} />
      <div
        ref={box}
        role="grid"
        tabIndex={0}
        aria-label={`Strokes of ${sample.rows.samples[0]?.sample_id ?? 'the sample'}`}
        aria-colcount={timeline.strokes.length}
        aria-rowcount={1}
        aria-activedescendant={current ? `${id}-stroke` : undefined}
        data-keys="dataset"
        data-audio={audio ? 'here' : sample.audio === null ? 'none' : 'reading'}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onPointerDown={event => {
          const point = pointOf(event);
          const found = strokeAt(timeline, layout, span, point);
          if (found) setChosen(found.index);
          isHeld.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          seekSample(found ? found.actual : secondsAt(point.x, span, width));
        }}
        onPointerMove={event => {
          const point = pointOf(event);
          if (isHeld.current && !useSamplePlay.getState().isPlaying)
            seekSample(secondsAt(point.x, span, width));
          setPointed(strokeAt(timeline, layout, span, point)?.index ?? null);
        }}
        onPointerUp={() => {
          isHeld.current = false;
        }}
        onPointerLeave={() => setPointed(null)}
        className="focus-ring relative min-w-0 flex-1 overflow-hidden -outline-offset-2"
      >
        <Canvas draw={draw} className="absolute inset-0 h-full w-full" />
        <Playhead span={span} width={width} onLeave={at => onSpan(following(span, at, seconds))} />
        {stroke && width > 0 ? (
          <StrokeCard
            stroke={stroke}
            x={xOf(stroke.actual, span, width)}
            width={width}
            top={Math.max(4, (layout.lanes[stroke.lane]?.top ?? 0) + 4)}
          />
        ) : null}
        {current ? (
          <span role="row" className="sr-only">
            <span
              role="gridcell"
              id={`${id}-stroke`}
              aria-colindex={current.index + 1}
              aria-selected={chosen !== null}
            >
              {current.words}
            </span>
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** Where the sample is heard; moved by itself, so that nothing is drawn anew for it. */
function Playhead(props: {
  readonly span: Span;
  readonly width: number;
  readonly onLeave: (at: number) => void;
}) {
  const { span, width, onLeave } = props;
  const line = useRef<HTMLDivElement>(null);
  const isPlaying = useSamplePlay(state => state.isPlaying);
  useFrames(true, () => {
    const at = samplePosition();
    const x = xOf(at, span, width);
    if (!line.current) return;
    line.current.style.transform = `translateX(${x.toFixed(1)}px)`;
    line.current.dataset['seconds'] = at.toFixed(3);
    if (isPlaying && at > span.to) onLeave(at);
  });
  return (
    <div
      ref={line}
      data-playhead=""
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 left-0 w-px bg-ink-1 will-change-transform"
    />
  );
}
