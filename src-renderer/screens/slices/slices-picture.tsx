import { type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Hit, Track } from '#shared/model';
import { peakSeconds, seekTrack, trackPosition, useTrackPlay } from '#renderer/state';
import {
  Canvas,
  type CanvasHandle,
  colour,
  columnsOfPeaks,
  drawColumns,
  loudest,
  useFrames,
  usePeaks,
} from '#renderer/ui';
import { drawSlices, RULER_HEIGHT } from './draw-slices';
import { useStemDetail } from './use-stem-detail';
import { lastBefore, scrolled, spanOf, type TimeWindow, within, zoomed } from './window-of-time';

interface SlicesPictureProps {
  readonly track: Track;
  readonly hits: readonly Hit[];
  readonly onsets: readonly number[];
  readonly selected: Hit | null;
  readonly window: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
  readonly onChoose: (index: number) => void;
}

/** The drum stem with its slices: above the whole of it, below the part in sight. The list beside says the same in words. */
export function SlicesPicture(props: SlicesPictureProps) {
  const { track, hits, onsets, selected, window, onWindow, onChoose } = props;
  const stem = track.stems.find(one => one.kind === 'drums') ?? track.stems[0];
  const peaks = usePeaks(stem?.peaks);
  const detail = useStemDetail(stem, window);
  const canvas = useRef<CanvasHandle>(null);
  const surface = useRef<HTMLDivElement>(null);
  const press = useRef<{
    readonly x: number;
    readonly window: TimeWindow;
    moved: boolean;
    readonly ruler: boolean;
  } | null>(null);
  const isPlaying = useTrackPlay(state => state.isPlaying);
  const cursorSeconds = useTrackPlay(state => state.cursorSeconds);
  const scale = useMemo(() => (peaks ? loudest(peaks) : 1), [peaks]);
  useFrames(isPlaying, () => canvas.current?.redraw());
  useEffect(() => canvas.current?.redraw(), [isPlaying, cursorSeconds]);

  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, tall: number) => {
      drawSlices(context, width, tall, {
        track,
        hits,
        window,
        selected,
        peaks,
        peakSeconds: peakSeconds(track),
        detail,
        scale,
        cursorSeconds: trackPosition(),
      });
    },
    [track, hits, window, selected, peaks, detail, scale],
  );

  const secondsAt = (clientX: number): number => {
    const box = surface.current?.getBoundingClientRect();
    return box ? window.from + ((clientX - box.left) / box.width) * spanOf(window) : 0;
  };
  // React listens to wheels passively; a wheel that zooms must not scroll the page.
  const latest = useRef({ window, onWindow, seconds: track.seconds, secondsAt });
  useEffect(() => {
    latest.current = { window, onWindow, seconds: track.seconds, secondsAt };
  });
  useEffect(() => {
    const element = surface.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { window, onWindow, seconds, secondsAt } = latest.current;
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (isSideways) {
        const amount = event.deltaX || event.deltaY;
        onWindow(scrolled(window, (amount / (element?.clientWidth ?? 1)) * spanOf(window), seconds));
      } else {
        onWindow(zoomed(window, event.deltaY > 0 ? 1.2 : 1 / 1.2, secondsAt(event.clientX), seconds));
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const top = event.currentTarget.getBoundingClientRect().top;
    event.currentTarget.setPointerCapture(event.pointerId);
    press.current = { x: event.clientX, window, moved: false, ruler: event.clientY - top < RULER_HEIGHT };
    if (press.current.ruler) seekTrack(track, secondsAt(event.clientX));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const held = press.current;
    if (!held) return;
    if (held.ruler) {
      if (!isPlaying) seekTrack(track, secondsAt(event.clientX));
      return;
    }
    const distance = event.clientX - held.x;
    if (!held.moved && Math.abs(distance) < 4) return;
    held.moved = true;
    const wide = event.currentTarget.clientWidth || 1;
    onWindow(scrolled(held.window, (-distance / wide) * spanOf(held.window), track.seconds));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const held = press.current;
    press.current = null;
    if (!held || held.moved || held.ruler) return;
    const slack = (6 / (surface.current?.clientWidth ?? 1)) * spanOf(window);
    const index = lastBefore(onsets, secondsAt(event.clientX) + slack);
    if (index >= 0) onChoose(index);
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col bg-bg-0">
      <OverviewStrip track={track} peaks={peaks} window={window} onWindow={onWindow} />
      <div
        ref={surface}
        role="presentation"
        data-slices-picture=""
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        className="min-h-0 flex-1"
      >
        <Canvas draw={draw} handle={canvas} />
      </div>
    </div>
  );
}

function OverviewStrip(props: {
  readonly track: Track;
  readonly peaks: Float32Array | null;
  readonly window: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
}) {
  const { track, peaks, window, onWindow } = props;
  const isHeld = useRef(false);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      context.fillStyle = colour('--wave-2');
      if (peaks) {
        const columns = columnsOfPeaks(peaks, 0, peaks.length / 2, Math.floor(width));
        drawColumns(context, columns, {
          left: 0,
          middle: height / 2,
          half: (height / 2 - 4) / Math.max(0.02, loudest(columns)),
        });
      } else {
        context.fillRect(0, height / 2, width, 1);
      }
      const left = (window.from / Math.max(0.001, track.seconds)) * width;
      const right = (window.to / Math.max(0.001, track.seconds)) * width;
      context.fillStyle = colour('--select-wash');
      context.fillRect(left, 0, right - left, height);
      context.strokeStyle = colour('--ink-1');
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, 0.5, Math.max(2, right - left - 1), height - 1);
    },
    [peaks, window, track.seconds],
  );
  const centre = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const middle = ((event.clientX - box.left) / box.width) * track.seconds;
    const span = spanOf(window);
    onWindow(within({ from: middle - span / 2, to: middle + span / 2 }, track.seconds));
  };
  return (
    <div
      role="presentation"
      onPointerDown={event => {
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        centre(event);
      }}
      onPointerMove={event => {
        if (isHeld.current) centre(event);
      }}
      onPointerUp={() => {
        isHeld.current = false;
      }}
      className="h-13 shrink-0 border-b border-line"
    >
      <Canvas draw={draw} />
    </div>
  );
}
