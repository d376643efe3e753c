import { useCallback, useRef } from 'react';
import { Canvas, type CanvasHandle, useFrames } from './canvas';
import { colour } from './theme';

/** Lower end of the meter. */
const FLOOR_DECIBELS = -60;
const TOP_DECIBELS = 3;
/** Peaks fall by this, in dB a second, once they were held. */
const FALL = 24;
const HOLD_SECONDS = 1.2;

interface Reading {
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
}

interface StemMeterProps {
  readonly label: string;
  /** Linear levels of the last moments; null while nothing has sounded. */
  readonly read: () => Reading | null;
  /** The clock of the audio: meters fall by it, so that a window that was busy does not show what never was. */
  readonly clock: () => number | null;
}

interface Side {
  peak: number;
  rms: number;
  held: number;
  heldAt: number;
}

const silent = (): Side => ({ peak: -Infinity, rms: -Infinity, held: -Infinity, heldAt: 0 });
const decibels = (level: number): number => 20 * Math.log10(level);

/**
 * Peak, held peak and RMS of a stem, left and right, bottom to top. Its element says the same to scripts: `data-level-dbfs` is
 * the louder side's peak now, "-Infinity" in silence; `data-held-dbfs` the one that is held.
 */
export function StemMeter({ label, read, clock }: StemMeterProps) {
  const canvas = useRef<CanvasHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const sides = useRef<readonly [Side, Side]>([silent(), silent()]);
  const drawn = useRef('');
  const last = useRef(0);

  useFrames(true, () => {
    const now = clock();
    if (now === null) return;
    const elapsed = Math.max(0, now - last.current);
    last.current = now;
    const reading = read();
    for (const [index, side] of sides.current.entries()) {
      const peak = decibels(reading?.peak[index] ?? 0);
      side.peak = Math.max(peak, side.peak - FALL * elapsed);
      side.rms = decibels(reading?.rms[index] ?? 0);
      if (peak >= side.held) {
        side.held = peak;
        side.heldAt = now;
      } else if (now - side.heldAt > HOLD_SECONDS)
        side.held = Math.max(side.peak, side.held - FALL * elapsed);
      if (side.peak < FLOOR_DECIBELS) side.peak = -Infinity;
      if (side.held < FLOOR_DECIBELS) side.held = -Infinity;
    }
    const [left, right] = sides.current;
    root.current?.setAttribute('data-level-dbfs', loudest(reading).toFixed(1));
    root.current?.setAttribute('data-held-dbfs', Math.max(left.held, right.held).toFixed(1));
    const look = sides.current
      .flatMap(side => [side.peak, side.rms, side.held])
      .map(level => level.toFixed(1))
      .join();
    if (look !== drawn.current) canvas.current?.redraw();
    drawn.current = look;
  });

  const draw = useCallback((context: CanvasRenderingContext2D, width: number, height: number) => {
    const bar = (width - 1) / 2;
    const y = (level: number): number => {
      const share = (Math.max(level, FLOOR_DECIBELS) - FLOOR_DECIBELS) / (TOP_DECIBELS - FLOOR_DECIBELS);
      return height * (1 - Math.min(1, share));
    };
    for (const [index, side] of sides.current.entries()) {
      const x = index * (bar + 1);
      context.globalAlpha = 1;
      context.fillStyle = colour('--bg-2');
      context.fillRect(x, 0, bar, height);
      for (const { token, from, to } of ZONES) {
        context.fillStyle = colour(token);
        for (const [level, alpha] of [
          [side.peak, 0.45],
          [side.rms, 1],
        ] as const) {
          const top = y(Math.min(level, to));
          const bottom = y(from);
          context.globalAlpha = alpha;
          if (level > from) context.fillRect(x, top, bar, bottom - top);
        }
      }
      context.globalAlpha = 1;
      if (side.held > FLOOR_DECIBELS) {
        context.fillStyle = colour(side.held > 0 ? '--bad' : '--ink-1');
        context.fillRect(x, Math.round(y(side.held)), bar, 1);
      }
    }
  }, []);

  return (
    <div ref={root} role="img" aria-label={label} data-stem-meter="" className="h-full w-2.25 shrink-0">
      <Canvas draw={draw} handle={canvas} />
    </div>
  );
}

const loudest = (reading: Reading | null): number => decibels(Math.max(...(reading?.peak ?? [0])));

const ZONES = [
  { token: '--ok', from: FLOOR_DECIBELS, to: -12 },
  { token: '--warn', from: -12, to: -3 },
  { token: '--bad', from: -3, to: TOP_DECIBELS },
] as const;
