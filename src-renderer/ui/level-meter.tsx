import { useCallback, useRef } from 'react';
import { Canvas, type CanvasHandle, useFrames } from './canvas';
import { colour } from './theme';
import { plain } from './words';

/** Left end of the meter. */
const FLOOR_DECIBELS = -60;
/** How fast the bars fall, in dB a frame of 1/60 s. */
const FALL = 1.2;

interface LevelMeterProps {
  /** Peaks of left and right, linear; null while nothing can sound. */
  readonly read: () => readonly [number, number] | null;
}

/**
 * Peak level of what sounds. Its element says the same to scripts: `data-level-dbfs` is the louder channel's peak over
 * the analyser's last 2048 frames, "-Infinity" in silence.
 */
export function LevelMeter({ read }: LevelMeterProps) {
  const canvas = useRef<CanvasHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLElement>(null);
  const shown = useRef([FLOOR_DECIBELS, FLOOR_DECIBELS]);
  const held = useRef({ level: -Infinity, frames: 0 });

  useFrames(true, () => {
    const peaks = read() ?? [0, 0];
    const levels = peaks.map(peak => 20 * Math.log10(peak));
    const now = Math.max(...levels);
    root.current?.setAttribute('data-level-dbfs', now.toFixed(1));
    const next = shown.current.map((old, channel) =>
      Math.max(levels[channel] ?? -Infinity, old - FALL, FLOOR_DECIBELS),
    );
    if (next.some((level, channel) => level !== shown.current[channel])) canvas.current?.redraw();
    shown.current = next;
    const isNew = now > held.current.level || held.current.frames > 90;
    held.current = isNew ? { level: now, frames: 0 } : { ...held.current, frames: held.current.frames + 1 };
    const wanted = held.current.level < FLOOR_DECIBELS ? '\u2212\u221e' : plain(held.current.level, 1);
    if (text.current && text.current.textContent !== wanted) text.current.textContent = wanted;
  });

  const draw = useCallback((context: CanvasRenderingContext2D, width: number, height: number) => {
    const bar = (height - 2) / 2;
    for (const [channel, level] of shown.current.entries()) {
      const top = channel * (bar + 2);
      const zones = [
        { token: '--ok', from: FLOOR_DECIBELS, to: -12 },
        { token: '--warn', from: -12, to: -3 },
        { token: '--bad', from: -3, to: 3 },
      ];
      const span = 3 - FLOOR_DECIBELS;
      for (const { token, from, to } of zones) {
        const left = ((from - FLOOR_DECIBELS) / span) * width;
        const right = ((to - FLOOR_DECIBELS) / span) * width;
        const lit = ((Math.min(Math.max(level, from), to) - FLOOR_DECIBELS) / span) * width;
        context.fillStyle = colour(token);
        context.globalAlpha = 0.2;
        context.fillRect(left, top, right - left, bar);
        context.globalAlpha = 1;
        context.fillRect(left, top, lit - left, bar);
      }
    }
  }, []);

  return (
    <div ref={root} data-meter="" className="flex items-center gap-2.5">
      <div role="img" aria-label="Output level" className="h-3 w-24">
        <Canvas draw={draw} handle={canvas} />
      </div>
      <div className="flex w-12 flex-col whitespace-nowrap">
        <b ref={text} className="[font:600_13px/16px_var(--font-ui)]">
          −∞
        </b>
        <span className="[font:500_11px/14px_var(--font-ui)] text-ink-3">dBFS</span>
      </div>
    </div>
  );
}
