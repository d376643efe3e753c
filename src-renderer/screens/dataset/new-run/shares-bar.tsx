import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { borderAt, moveBorder } from './shares';

interface SharesBarProps {
  readonly label: string;
  readonly names: readonly string[];
  /** Whole percents that sum to 100. */
  readonly parts: readonly number[];
  readonly onChange: (parts: readonly number[]) => void;
}

const SHADES = ['bg-(--wave-2)', 'bg-(--wave)', 'bg-ink-2', 'bg-ink-1'] as const;
const LARGE_STEP = 10;

/** A whole cut into parts by borders that are dragged or moved with the arrow keys. */
export function SharesBar({ label, names, parts, onChange }: SharesBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const shades = SHADES.slice(-names.length);
  return (
    <div role="group" aria-label={label} className="w-full">
      <div ref={bar} className="relative flex h-2 w-full gap-0.5">
        {parts.map((part, index) => (
          <span
            key={names[index]}
            className={`h-full ${shades[index] ?? ''} first:rounded-l-r1 last:rounded-r-r1`}
            style={{ width: `${part}%` }}
          />
        ))}
        {parts.slice(0, -1).map((_, border) => (
          <Border
            key={names[border]}
            name={`${names[border] ?? ''} and ${names[border + 1] ?? ''}`}
            text={`${names[border] ?? ''} ${parts[border] ?? 0} %, ${names[border + 1] ?? ''} ${parts[border + 1] ?? 0} %`}
            at={borderAt(parts, border)}
            lowest={borderAt(parts, border - 1)}
            highest={borderAt(parts, border + 1)}
            bar={() => bar.current}
            onMove={percent => onChange(moveBorder(parts, border, percent))}
          />
        ))}
      </div>
      <div className="mt-1.5 flex justify-between gap-2 whitespace-nowrap text-ink-3">
        {names.map((name, index) => (
          <span key={name}>
            {name} <span className="text-ink-2">{parts[index]}</span>
          </span>
        ))}
      </div>
    </div>
  );
}

interface BorderProps {
  readonly name: string;
  readonly text: string;
  /** Percent of the whole, as all of these. */
  readonly at: number;
  readonly lowest: number;
  readonly highest: number;
  readonly bar: () => HTMLElement | null;
  readonly onMove: (percent: number) => void;
}

function Border({ name, text, at, lowest, highest, bar, onMove }: BorderProps) {
  const isHeld = useRef(false);
  const onPointer = (event: PointerEvent): void => {
    const box = bar()?.getBoundingClientRect();
    if (isHeld.current && box) onMove(((event.clientX - box.left) / box.width) * 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? LARGE_STEP : 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at + step,
      ArrowUp: at + step,
      ArrowLeft: at - step,
      ArrowDown: at - step,
      PageUp: at + LARGE_STEP,
      PageDown: at - LARGE_STEP,
      Home: lowest,
      End: highest,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={`Border of ${name}`}
      aria-valuemin={lowest}
      aria-valuemax={highest}
      aria-valuenow={at}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointer}
      onPointerUp={() => {
        isHeld.current = false;
      }}
      onLostPointerCapture={() => {
        isHeld.current = false;
      }}
      className="focus-ring absolute -top-1 h-4 w-2.5 -translate-x-1/2 cursor-ew-resize touch-none rounded-r1 before:absolute before:inset-y-0 before:left-1 before:w-0.5 before:rounded-full before:bg-ink-1 before:content-['']"
      style={{ left: `${at}%` }}
    />
  );
}
