import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { clamp } from '#shared/units';
import { endGesture } from '#renderer/state';
import { signed } from '#renderer/ui';
import { FADER_MARKS, faderDecibels, faderPlace } from './fader-law';

const LOWEST = FADER_MARKS[0];
const HIGHEST = 12;
/** Half of the knob's height, px: the knob's middle goes from end to end of what is left. */
const HALF_KNOB = 8;
const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowUp: 0.5,
  ArrowRight: 0.5,
  ArrowDown: -0.5,
  ArrowLeft: -0.5,
  PageUp: 3,
  PageDown: -3,
};

interface FaderProps {
  /** What it sets: "Gain of Core". */
  readonly label: string;
  readonly decibels: number;
  /** While a hand moves it. */
  readonly onMove: (decibels: number) => void;
  /** Let go, typed or stepped. */
  readonly onSet: (decibels: number) => void;
}

/** A level, upright: dragged, stepped with the keys (Shift by tenths), put to 0 dB with a double click or Delete. */
export function Fader({ label, decibels, onMove, onSet }: FaderProps) {
  const track = useRef<HTMLDivElement>(null);
  /** Distance from the knob's middle to where it was taken, and what it was moved to. */
  const drag = useRef<{ readonly offset: number; readonly y: number; moved: number | null } | null>(null);

  const placeAt = (y: number): number => {
    const box = track.current?.getBoundingClientRect();
    return box ? (box.bottom - HALF_KNOB - y) / (box.height - 2 * HALF_KNOB) : 0;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const box = track.current?.getBoundingClientRect();
    if (!box) return;
    endGesture();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    const knob = box.bottom - HALF_KNOB - faderPlace(decibels) * (box.height - 2 * HALF_KNOB);
    // Taken by the knob it does not jump; beside it, it comes to the hand.
    const isOnKnob = Math.abs(event.clientY - knob) <= HALF_KNOB + 2;
    drag.current = { offset: isOnKnob ? event.clientY - knob : 0, y: event.clientY, moved: null };
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const held = drag.current;
    if (!held || (held.moved === null && Math.abs(event.clientY - held.y) < 2)) return;
    held.moved = clamp(faderDecibels(placeAt(event.clientY - held.offset)), LOWEST, HIGHEST);
    onMove(held.moved);
  };
  const onPointerUp = (): void => {
    const moved = drag.current?.moved ?? null;
    drag.current = null;
    if (moved !== null) onSet(moved);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = KEY_STEPS[event.key];
    const wanted =
      event.key === 'Home'
        ? LOWEST
        : event.key === 'End'
          ? HIGHEST
          : event.key === 'Delete' || event.key === 'Backspace'
            ? 0
            : step === undefined || event.altKey || event.ctrlKey || event.metaKey
              ? null
              : decibels + (event.shiftKey ? step / 5 : step);
    if (wanted === null) return;
    event.preventDefault();
    event.stopPropagation();
    onSet(clamp(Math.round(10 * wanted) / 10, LOWEST, HIGHEST));
  };

  return (
    <div
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={LOWEST}
      aria-valuemax={HIGHEST}
      aria-valuenow={decibels}
      aria-valuetext={`${signed(decibels, 1)} dB`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => onSet(0)}
      onKeyDown={onKeyDown}
      className="focus-ring relative h-full w-6 shrink-0 touch-none rounded-r2"
    >
      <span className="absolute top-2 bottom-2 left-[11px] w-0.5 rounded-full bg-line-2" />
      {FADER_MARKS.map(mark => (
        <span
          key={mark}
          className={
            mark === 0 ? 'absolute left-0 h-px w-full bg-ink-3' : 'absolute left-1 h-px w-4 bg-line-2'
          }
          style={{ bottom: placeStyle(mark) }}
        />
      ))}
      <span
        className="absolute left-0.5 h-4 w-5 translate-y-1/2 rounded-[3px] bg-ink-1 shadow-[0_0_0_2px_var(--bg-1)]"
        style={{ bottom: placeStyle(decibels) }}
      >
        <span className="absolute top-[7px] left-1 h-0.5 w-3 bg-bg-1" />
      </span>
    </div>
  );
}

const placeStyle = (decibels: number): string =>
  `calc(${HALF_KNOB}px + ${faderPlace(decibels).toFixed(4)} * (100% - ${2 * HALF_KNOB}px))`;
