import { useCallback } from 'react';
import { type MappedBar, TempoMap, type Track, tempoRange } from '#shared/model';
import { Canvas, canvasFont, clock, colour } from '#renderer/ui';

/** Fewest px between two numbers, two lines of bars, two lines of beats. */
const NUMBER_SPACING = 44;
const BAR_SPACING = 5;
const BEAT_SPACING = 7;
/** Without a tempo, seconds between two numbers. */
const CLOCK_SECONDS = 10;
/** A drift smaller than this is drawn as flat as it is heard, in BPM. */
const LEAST_RANGE_BPM = 2;

/** Bars and beats where the tempo is known, with its curve where it drifts; minutes where it is not. */
export function TrackRuler({ track }: { readonly track: Track }) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const { tempo, seconds } = track;
      const xOf = (time: number): number => (time / Math.max(0.001, seconds)) * width;
      context.font = canvasFont(500, 11);
      context.textBaseline = 'middle';
      if (!tempo) {
        drawClock(context, seconds, xOf, height);
        return;
      }
      const map = new TempoMap(tempo);
      const bars = map.bars(seconds);
      if (!tempo.steady) drawCurve(context, bars, xOf, height);
      const perBar = width / Math.max(1, bars.length);
      const every = [1, 2, 4, 8, 16, 32, 64, 128, 256].find(step => step * perBar >= NUMBER_SPACING) ?? 512;
      for (const { number, beat, beatCount, seconds: start } of bars) {
        const x = Math.round(xOf(start));
        const isNumbered = (((number - 1) % every) + every) % every === 0;
        if (isNumbered || perBar >= BAR_SPACING) {
          context.fillStyle = colour(number === 1 ? '--ink-1' : isNumbered ? '--ink-3' : '--line-2');
          context.fillRect(x, isNumbered ? height - 7 : height - 5, 1, 7);
        }
        if (isNumbered && x >= 0) {
          context.fillStyle = colour(number === 1 ? '--ink-1' : '--ink-3');
          context.fillText(String(number), x + 4, height / 2 - 1);
        }
        if (perBar < BEAT_SPACING * beatCount) continue;
        context.fillStyle = colour('--line-2');
        for (let inBar = 1; inBar < beatCount; inBar++)
          context.fillRect(Math.round(xOf(map.secondsAt(beat + inBar))), height - 3, 1, 3);
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

function drawClock(
  context: CanvasRenderingContext2D,
  seconds: number,
  xOf: (time: number) => number,
  height: number,
): void {
  const every = [1, 3, 6, 12, 30, 60].find(step => xOf(step * CLOCK_SECONDS) >= NUMBER_SPACING) ?? 120;
  context.fillStyle = colour('--ink-3');
  for (let time = 0; time < seconds; time += every * CLOCK_SECONDS) {
    const x = Math.round(xOf(time));
    context.fillRect(x, height - 6, 1, 6);
    context.fillText(clock(time), x + 4, height / 2);
  }
}

/** The tempo of each bar, faster is higher. */
function drawCurve(
  context: CanvasRenderingContext2D,
  bars: readonly MappedBar[],
  xOf: (time: number) => number,
  height: number,
): void {
  const { slowest, fastest } = tempoRange(bars);
  const middle = (slowest + fastest) / 2;
  const range = Math.max(LEAST_RANGE_BPM, fastest - slowest);
  context.strokeStyle = colour('--select');
  context.lineWidth = 1;
  context.beginPath();
  bars.forEach(({ seconds, bpm }, at) => {
    const y = height / 2 - ((bpm - middle) / range) * (height - 4);
    if (at === 0) context.moveTo(xOf(seconds), y);
    else context.lineTo(xOf(seconds), y);
  });
  context.stroke();
}
