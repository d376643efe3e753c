import { type PointerEvent, useCallback, useEffect, useRef } from 'react';
import { type Note, type Pattern, swingOf } from '#shared/model';
import { apply } from '#shared/edit';
import {
  type Lane,
  laneKey,
  patternPosition,
  select,
  setPreview,
  useDocument,
  usePlaying,
} from '#renderer/state';
import { Canvas, type CanvasHandle, canvasFont, colour, roleToken, useFrames } from '#renderer/ui';
import { midiVelocity } from '#shared/units';
import { gridLines, xOfTicks } from './geometry';
import { setVelocities } from './gestures';
import { carryOut } from './grid-state';
import { isGhost } from './hit-words';

const TOP = 10;
const BOTTOM = 8;
/** Px around a stem that take it. */
const GRAB_PX = 8;

interface VelocityLaneProps {
  readonly pattern: Pattern;
  readonly lane: Lane;
  readonly scrollLeft: number;
  readonly stepWidth: number;
}

/** How hard each hit of the row is; drag a stem to change it. The strip above says and takes the same numbers. */
export function VelocityLane({ pattern, lane, scrollLeft, stepWidth }: VelocityLaneProps) {
  const canvas = useRef<CanvasHandle>(null);
  const held = useRef<Note | null>(null);
  const selection = useDocument(state => state.selection);
  const isPlaying = usePlaying(state => state.isPlaying);
  const fromTicks = usePlaying(state => state.fromTicks);
  useFrames(isPlaying, () => canvas.current?.redraw());
  useEffect(() => canvas.current?.redraw(), [isPlaying, fromTicks]);

  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const swung = swingOf(pattern);
      const yOf = (velocity: number): number => height - BOTTOM - (velocity / 127) * (height - TOP - BOTTOM);
      for (const line of gridLines(pattern)) {
        const x = Math.round(xOfTicks(line.swung, stepWidth) - scrollLeft);
        context.fillStyle = colour(line.kind === 'step' ? '--grid-line' : '--grid-swung');
        context.fillRect(x, 0, 1, height);
      }
      context.fillStyle = colour('--grid-swung');
      for (const velocity of [1, 64, 127]) context.fillRect(0, Math.round(yOf(velocity)), width, 1);
      for (const note of pattern.notes) {
        const x = xOfTicks(swung(note.at) + note.feel, stepWidth) - scrollLeft;
        if (x < -20 || x > width + 20) continue;
        const velocity = midiVelocity(note.velocity);
        const y = yOf(velocity);
        if (laneKey(note) !== lane.key) {
          context.fillStyle = colour('--wave-2');
          context.fillRect(x - 1, y, 5, 1);
          continue;
        }
        const hue = colour(roleToken(note.role));
        const isSelected = selection.has(note.id);
        context.globalAlpha = isGhost(note) ? 0.6 : 1;
        context.fillStyle = hue;
        context.fillRect(x - 1, y, 3, height - BOTTOM - y);
        context.globalAlpha = 1;
        context.beginPath();
        context.arc(x + 0.5, y, 4, 0, 2 * Math.PI);
        context.fillStyle = isSelected ? colour('--ink-1') : isGhost(note) ? colour('--bg-0') : hue;
        context.fill();
        context.lineWidth = 1.5;
        context.strokeStyle = hue;
        context.stroke();
        context.font = canvasFont(isSelected ? 600 : 500, 10);
        context.textBaseline = 'middle';
        context.fillStyle = colour(isSelected ? '--ink-1' : '--ink-3');
        context.fillText(String(velocity), x + 8, y);
      }
      const playhead = Math.round(xOfTicks(patternPosition(), stepWidth) - scrollLeft);
      context.fillStyle = colour('--ink-1');
      context.fillRect(playhead, 0, 1, height);
    },
    [pattern, lane.key, scrollLeft, stepWidth, selection],
  );

  const base = (): Pattern => useDocument.getState().history?.pattern ?? pattern;
  const velocityAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const fraction = (box.bottom - BOTTOM - event.clientY) / (box.height - TOP - BOTTOM);
    return Math.round(Math.min(1, Math.max(0, fraction)) * 127);
  };
  const gesture = (event: PointerEvent<HTMLElement>) => {
    const ids = useDocument.getState().selection;
    return setVelocities(
      base().notes.filter(note => ids.has(note.id)),
      velocityAt(event),
      [lane],
    );
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const swung = swingOf(pattern);
    const distance = (note: Note): number =>
      Math.abs(xOfTicks(swung(note.at) + note.feel, stepWidth) - scrollLeft - x);
    const [nearest] = pattern.notes
      .filter(note => laneKey(note) === lane.key && distance(note) <= GRAB_PX)
      .sort((a, b) => distance(a) - distance(b));
    if (!nearest) return;
    held.current = nearest;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (!useDocument.getState().selection.has(nearest.id)) select([nearest.id]);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const made = held.current && gesture(event);
    if (made) setPreview(apply(base(), made.edit).pattern);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    if (!held.current) return;
    held.current = null;
    setPreview(null);
    carryOut(gesture(event));
  };

  return (
    <div
      role="presentation"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      className="min-w-0 flex-1 cursor-ns-resize"
    >
      <Canvas draw={draw} handle={canvas} />
    </div>
  );
}
