import { useEffect, useLayoutEffect, useRef } from 'react';
import { colour, drawColumns, loudest, useTheme } from '#renderer/ui';
import { columnsOf, knownColumns, PICTURE_COLUMNS } from './wave-columns';

const HEIGHT_PX = 22;
/** Rows that fly past while scrolling fetch nothing. */
const SETTLE_MS = 90;

interface RowWaveProps {
  readonly audio: string;
  /** Colour token. */
  readonly token: string;
}

/** The picture of a sound in a row that is used for one hit after the other. */
export function RowWave({ audio, token }: RowWaveProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useLayoutEffect(() => {
    void theme;
    draw(canvas.current, audio, token);
  }, [audio, token, theme]);
  useEffect(() => {
    if (knownColumns(audio)) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      columnsOf(audio).then(
        () => isWanted && draw(canvas.current, audio, token),
        () => undefined,
      );
    }, SETTLE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [audio, token]);
  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      style={{ width: PICTURE_COLUMNS, height: HEIGHT_PX }}
      className="block"
    />
  );
}

function draw(canvas: HTMLCanvasElement | null, audio: string, token: string): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.round(PICTURE_COLUMNS * ratio), Math.round(HEIGHT_PX * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, PICTURE_COLUMNS, HEIGHT_PX);
  context.fillStyle = colour(token);
  const columns = knownColumns(audio);
  if (!columns) {
    context.fillRect(0, HEIGHT_PX / 2, PICTURE_COLUMNS, 1);
    return;
  }
  const half = (HEIGHT_PX / 2 - 1) / Math.max(0.01, loudest(columns));
  drawColumns(context, columns, { left: 0, middle: HEIGHT_PX / 2, half });
}
