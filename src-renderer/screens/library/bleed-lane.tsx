import { useCallback } from 'react';
import { bleedDecibels, bleedSummary } from '#shared/analysis';
import type { Stem } from '#shared/model';
import { Canvas, clock, colour, plain, useBleed } from '#renderer/ui';

/** Share of the drums' energy that fills the lane; heights are of its root, as a waveform's are. */
const FULL = 0.5;
/** From this share on (-6 dB) a slice that is cut here has something else in it that is plainly heard. */
const PLAIN = 0.25;

/** How much of the accompaniment probably still sounds in the drums, moment by moment. */
export function BleedLane({ stem }: { readonly stem: Stem }) {
  const curve = useBleed(stem.bleed);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      if (!curve) return;
      const columns = Math.floor(width);
      const covered = curve.length / columns;
      for (let column = 0; column < columns; column++) {
        const first = Math.floor(column * covered);
        const last = Math.max(first + 1, Math.floor((column + 1) * covered));
        let most = 0;
        for (let at = first; at < last; at++) most = Math.max(most, curve[at] ?? 0);
        context.fillStyle = colour(most >= PLAIN ? '--warn' : '--wave-2');
        const tall = Math.max(1, Math.round(Math.min(1, Math.sqrt(most / FULL)) * (height - 2)));
        context.fillRect(column, height - tall, 1, tall);
      }
    },
    [curve],
  );
  return <Canvas draw={draw} className="h-full w-full py-0.5" />;
}

export function BleedHead({ stem, seconds }: { readonly stem: Stem; readonly seconds: number }) {
  const curve = useBleed(stem.bleed);
  const summary = curve && curve.length > 0 ? bleedSummary(curve) : null;
  const worstAt = summary && curve ? clock((summary.worstIndex / curve.length) * seconds) : '';
  return (
    <div data-bleed="" className="flex h-6 items-center gap-1.5 border-b border-line pr-2 pl-5 text-ink-3">
      <span>Bleed</span>
      <span className="min-w-0 flex-1 truncate text-right">
        {summary ? `${plain(bleedDecibels(summary.mean))} dB, most at ${worstAt}` : ''}
      </span>
    </div>
  );
}
