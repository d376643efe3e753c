import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { nearestFoot } from '#shared/analysis';
import type { Track } from '#shared/model';
import { seekTrack, useTrackPlay } from '#renderer/state';
import { RULER_HEIGHT } from './draw-ruler';
import { rowOnset, type SliceRow } from './slice-rows';
import type { StemDetail } from './use-stem-detail';
import { lastBefore, scrolled, spanOf, type TimeWindow, zoomed } from './window-of-time';

/** How near to a marker one has to point, px. */
const GRIP = 6;
/** A press that moves less is a click, px. */
const STILL = 3;
/** Two onsets are never closer, in seconds; the edits say the same. */
const CLOSEST_SECONDS = 0.0031;

/** How a slice is chosen: alone, with those between, or with the others. */
export type Choosing = 'one' | 'through' | 'also';

export interface PictureActions {
  readonly onWindow: (window: TimeWindow) => void;
  readonly onChoose: (row: SliceRow, how: Choosing) => void;
  /** A marker was dragged there, in frames. */
  readonly onMove: (row: SliceRow, frame: number) => void;
  /** A double click where no marker is, in frames. */
  readonly onAdd: (frame: number) => void;
}

export interface PictureScene extends PictureActions {
  readonly track: Track;
  readonly rows: readonly SliceRow[];
  readonly onsets: readonly number[];
  readonly window: TimeWindow;
  readonly detail: StemDetail | null;
}

interface Press {
  readonly x: number;
  readonly window: TimeWindow;
  readonly kind: 'ruler' | 'marker' | 'body';
  readonly row: SliceRow | null;
  moved: boolean;
}

/** The mouse on the picture: wheel zooms, drag pans or moves a marker, click chooses, double click adds. */
export function usePicturePointer(surface: RefObject<HTMLDivElement | null>, scene: PictureScene) {
  const { track, rows, onsets, window, detail } = scene;
  const press = useRef<Press | null>(null);
  const [held, setHeld] = useState<{ readonly id: string; readonly seconds: number } | null>(null);
  const [isOverMarker, setIsOverMarker] = useState(false);
  const isPlaying = useTrackPlay(state => state.isPlaying);

  const secondsAt = (clientX: number): number => {
    const box = surface.current?.getBoundingClientRect();
    return box ? window.from + ((clientX - box.left) / box.width) * spanOf(window) : 0;
  };
  const perPixel = (): number => spanOf(window) / (surface.current?.clientWidth || 1);
  const markerAt = (seconds: number): SliceRow | null => {
    const slack = GRIP * perPixel();
    const index = lastBefore(onsets, seconds + slack);
    const row = rows[index];
    return row && Math.abs(rowOnset(row) - seconds) <= slack ? row : null;
  };
  /** The frame that is meant by an instant: the foot of an attack near it unless Alt is held. */
  const frameAt = (seconds: number, isFree: boolean): number => {
    const frame = Math.max(0, Math.round(seconds * track.sampleRate));
    const [samples] = detail?.channels ?? [];
    if (isFree || !detail || !samples) return frame;
    const foot = nearestFoot(samples, frame - detail.startFrame, track.sampleRate) + detail.startFrame;
    return Math.abs(foot / track.sampleRate - seconds) <= Math.max(GRIP * perPixel(), 0.002) ? foot : frame;
  };
  /** Between its neighbours: a marker is not dragged past another. */
  const placeFor = (row: SliceRow, clientX: number, isFree: boolean): number => {
    const before = rows[row.index - 1];
    const after = rows[row.index + 1];
    const low = before ? rowOnset(before) + CLOSEST_SECONDS : 0;
    const high = after ? rowOnset(after) - CLOSEST_SECONDS : track.seconds;
    const seconds = frameAt(secondsAt(clientX), isFree) / track.sampleRate;
    return Math.min(Math.max(low, seconds), Math.max(low, high));
  };

  // React listens to wheels passively; a wheel that zooms must not scroll the page.
  const latest = useRef({ scene, secondsAt });
  useEffect(() => {
    latest.current = { scene, secondsAt };
  });
  useEffect(() => {
    const element = surface.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { window: shown, track: song, onWindow } = latest.current.scene;
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (isSideways) {
        const amount = event.deltaX || event.deltaY;
        onWindow(scrolled(shown, (amount / (element?.clientWidth ?? 1)) * spanOf(shown), song.seconds));
      } else {
        const around = latest.current.secondsAt(event.clientX);
        onWindow(zoomed(shown, event.deltaY > 0 ? 1.2 : 1 / 1.2, around, song.seconds));
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [surface]);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    const top = event.currentTarget.getBoundingClientRect().top;
    event.currentTarget.setPointerCapture(event.pointerId);
    const seconds = secondsAt(event.clientX);
    const isRuler = event.clientY - top < RULER_HEIGHT;
    const row = isRuler ? null : markerAt(seconds);
    const kind = isRuler ? 'ruler' : row ? 'marker' : 'body';
    press.current = { x: event.clientX, window, kind, row, moved: false };
    if (isRuler) seekTrack(track, seconds);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const down = press.current;
    if (!down) {
      setIsOverMarker(markerAt(secondsAt(event.clientX)) !== null);
      return;
    }
    if (down.kind === 'ruler') {
      if (!isPlaying) seekTrack(track, secondsAt(event.clientX));
      return;
    }
    const distance = event.clientX - down.x;
    if (!down.moved && Math.abs(distance) <= STILL) return;
    down.moved = true;
    if (down.row) {
      setHeld({ id: down.row.id, seconds: placeFor(down.row, event.clientX, event.altKey) });
    } else {
      const wide = event.currentTarget.clientWidth || 1;
      scene.onWindow(scrolled(down.window, (-distance / wide) * spanOf(down.window), track.seconds));
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const down = press.current;
    press.current = null;
    setHeld(null);
    if (!down || down.kind === 'ruler') return;
    if (down.moved) {
      if (down.row) {
        const seconds = placeFor(down.row, event.clientX, event.altKey);
        scene.onMove(down.row, Math.round(seconds * track.sampleRate));
      }
      return;
    }
    const seconds = secondsAt(event.clientX);
    if (!isPlaying && !down.row) seekTrack(track, seconds);
    const row = down.row ?? rows[lastBefore(onsets, seconds)];
    if (!row) return;
    const how = event.shiftKey ? 'through' : event.ctrlKey || event.metaKey ? 'also' : 'one';
    scene.onChoose(row, how);
  };
  const onDoubleClick = (event: React.MouseEvent<HTMLElement>): void => {
    const top = event.currentTarget.getBoundingClientRect().top;
    const seconds = secondsAt(event.clientX);
    if (event.clientY - top < RULER_HEIGHT || markerAt(seconds)) return;
    scene.onAdd(frameAt(seconds, event.altKey));
  };
  const onPointerCancel = (): void => {
    press.current = null;
    setHeld(null);
  };
  return {
    held,
    isOverMarker: isOverMarker || held !== null,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onDoubleClick },
  };
}
