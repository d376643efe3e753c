import { type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Track } from '#shared/model';
import { peakSeconds, trackPosition, useTrackPlay } from '#renderer/state';
import {
  Canvas,
  type CanvasHandle,
  colour,
  columnsOfPeaks,
  drawColumns,
  loudest,
  useBleed,
  useFrames,
  usePeaks,
} from '#renderer/ui';
import { drawSlices } from './draw-slices';
import type { SliceRow } from './slice-rows';
import { type PictureActions, usePicturePointer } from './use-picture-pointer';
import type { StemDetail } from './use-stem-detail';
import { spanOf, type TimeWindow, within } from './window-of-time';

interface SlicesPictureProps extends PictureActions {
  readonly track: Track;
  readonly rows: readonly SliceRow[];
  readonly onsets: readonly number[];
  readonly current: SliceRow | null;
  readonly selection: ReadonlySet<string>;
  readonly window: TimeWindow;
  readonly detail: StemDetail | null;
}

/** The drum stem with its slices: above the whole of it, below the part in sight. The list beside says the same in words. */
export function SlicesPicture(props: SlicesPictureProps) {
  const { track, rows, onsets, current, selection, window, detail, onWindow } = props;
  const stem = track.stems.find(one => one.kind === 'drums') ?? track.stems[0];
  const peaks = usePeaks(stem?.peaks);
  const bleed = useBleed(stem?.bleed);
  const canvas = useRef<CanvasHandle>(null);
  const surface = useRef<HTMLDivElement>(null);
  const { held, isOverMarker, handlers } = usePicturePointer(surface, props);
  const isPlaying = useTrackPlay(state => state.isPlaying);
  const cursorSeconds = useTrackPlay(state => state.cursorSeconds);
  const scale = useMemo(() => (peaks ? loudest(peaks) : 1), [peaks]);
  useFrames(isPlaying, () => canvas.current?.redraw());
  useEffect(() => canvas.current?.redraw(), [isPlaying, cursorSeconds]);

  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, tall: number) => {
      drawSlices(context, width, tall, {
        track,
        rows,
        onsets,
        window,
        current,
        selection,
        held,
        peaks,
        peakSeconds: peakSeconds(track),
        bleed,
        detail,
        scale,
        cursorSeconds: trackPosition(),
      });
    },
    [track, rows, onsets, window, current, selection, held, peaks, bleed, detail, scale],
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col bg-bg-0">
      <OverviewStrip track={track} peaks={peaks} window={window} onWindow={onWindow} />
      <div
        ref={surface}
        role="presentation"
        data-slices-picture=""
        {...handlers}
        className={`min-h-0 flex-1 ${isOverMarker ? 'cursor-ew-resize' : ''}`}
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
