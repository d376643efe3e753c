import { useEffect, useMemo, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { Stem } from '#shared/model';
import { colour, columnsOfPeaks, loudest, usePeaks, useTheme } from '#renderer/ui';

/** More columns than any screen is wide; a long song's overview is thinned to it once. */
const MOST_COLUMNS = 4000;

const pageNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;

interface StemWaveProps {
  readonly stem: Stem;
  readonly seconds: number;
  readonly look: 'strong' | 'plain' | 'quiet';
}

const TOKENS = { strong: '--ink-1', plain: '--wave', quiet: '--wave-2' } as const;

/** A stem over its whole length, drawn by wavesurfer from the overview that the studio keeps. */
export function StemWave({ stem, seconds, look }: StemWaveProps) {
  const container = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const peaks = usePeaks(stem.peaks);
  const theme = useTheme();

  const series = useMemo(() => {
    if (!peaks) return null;
    const pairs = peaks.length / 2;
    const columns = columnsOfPeaks(peaks, 0, pairs, Math.max(1, Math.min(MOST_COLUMNS, pairs)));
    const scale = 1 / Math.max(0.05, loudest(columns));
    const high = new Float32Array(columns.length / 2);
    const low = new Float32Array(columns.length / 2);
    for (let column = 0; column < high.length; column++) {
      low[column] = columns[column * 2]! * scale;
      high[column] = columns[column * 2 + 1]! * scale;
    }
    return [high, low];
  }, [peaks]);

  useEffect(() => {
    if (!container.current || !series) return undefined;
    const nonce = pageNonce();
    const made = WaveSurfer.create({
      container: container.current,
      height: 'auto',
      peaks: series,
      duration: seconds,
      interact: false,
      cursorWidth: 0,
      hideScrollbar: true,
      ...(nonce === undefined ? {} : { cspNonce: nonce }),
    });
    wave.current = made;
    return () => {
      wave.current = null;
      made.destroy();
    };
  }, [series, seconds]);

  useEffect(() => {
    const token = colour(TOKENS[look]);
    wave.current?.setOptions({ waveColor: token, progressColor: token });
  }, [look, theme, series, seconds]);

  return (
    <div aria-hidden="true" className="h-full w-full py-1.5">
      <div ref={container} className="h-full w-full" />
    </div>
  );
}
