import { useCallback } from 'react';
import { Canvas, columnsOfPeaks, colour, drawColumns, loudest, usePeaks } from '#renderer/ui';

/** A track's waveform in a row. */
export function Overview({
  peaks: sha256,
  isStrong,
}: {
  readonly peaks: string | undefined;
  readonly isStrong: boolean;
}) {
  const peaks = usePeaks(sha256);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      context.fillStyle = colour(isStrong ? '--wave' : '--wave-2');
      if (!peaks) {
        context.fillRect(0, height / 2 - 0.5, width, 1);
        return;
      }
      const columns = columnsOfPeaks(peaks, 0, peaks.length / 2, Math.floor(width));
      const half = (height / 2 - 1) / Math.max(0.05, loudest(columns));
      drawColumns(context, columns, { left: 0, middle: height / 2, half });
    },
    [peaks, isStrong],
  );
  return <Canvas draw={draw} className="h-5 w-full" />;
}
