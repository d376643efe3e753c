import { useCallback } from 'react';
import type { Track } from '#shared/model';
import { beatTicks } from '#renderer/state';
import { Canvas, canvasFont, clock, colour } from '#renderer/ui';
import { secondsOfTicks } from '#shared/units';

/** Fewest px between two numbers. */
const SPACING = 64;

/** Bars where the tempo is known, minutes where it is not. */
export function TrackRuler({ track }: { readonly track: Track }) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const { tempo, seconds } = track;
      const barSeconds = tempo
        ? secondsOfTicks(tempo.meter.numerator * beatTicks(tempo.meter), tempo.bpm)
        : 10;
      const from = tempo?.firstDownbeat ?? 0;
      const perBar = (barSeconds / Math.max(0.001, seconds)) * width;
      const every = [1, 2, 4, 8, 16, 32, 64, 128].find(bars => bars * perBar >= SPACING) ?? 256;
      context.font = canvasFont(500, 11);
      context.fillStyle = colour('--ink-3');
      context.textBaseline = 'middle';
      for (let bar = 0; from + bar * barSeconds < seconds; bar += every) {
        const x = Math.round(((from + bar * barSeconds) / seconds) * width);
        context.fillRect(x, height - 6, 1, 6);
        context.fillText(tempo ? String(bar + 1) : clock(bar * barSeconds), x + 4, height / 2);
      }
    },
    [track],
  );
  return (
    <div className="h-5 shrink-0 border-b border-line">
      <Canvas draw={draw} />
    </div>
  );
}
