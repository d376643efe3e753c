import { type PointerEvent, useRef } from 'react';
import type { Track } from '#shared/model';
import { seekTrack, setTrackLoop, useStemMix, useTrackPlay } from '#renderer/state';

/** An end of the loop is taken hold of from this near, in px. */
const REACH = 5;

interface Held {
  readonly kind: 'seek' | 'loop';
  /** The end that stays, in seconds. */
  readonly anchor: number;
}

/** A click goes there; Shift and a drag makes a loop; an end of the loop can be dragged. */
export function useLanePointer(track: Track) {
  const held = useRef<Held | null>(null);
  const secondsAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * track.seconds;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = secondsAt(event);
      const reach = (REACH / Math.max(1, event.currentTarget.clientWidth)) * track.seconds;
      const { loop } = useStemMix.getState();
      if (event.shiftKey) held.current = { kind: 'loop', anchor: at };
      else if (loop && Math.abs(at - loop.from) < reach) held.current = { kind: 'loop', anchor: loop.to };
      else if (loop && Math.abs(at - loop.to) < reach) held.current = { kind: 'loop', anchor: loop.from };
      else {
        held.current = { kind: 'seek', anchor: at };
        seekTrack(track, at);
      }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (held.current?.kind === 'loop') setTrackLoop({ from: held.current.anchor, to: secondsAt(event) });
      else if (held.current && !useTrackPlay.getState().isPlaying) seekTrack(track, secondsAt(event));
    },
    onPointerUp: (): void => {
      held.current = null;
    },
  };
}
