import { useCallback } from 'react';
import { bleedDecibels, bleedSummary } from '#shared/analysis';
import type { Stem } from '#shared/model';
import { Canvas, clock, colour, plain, useBleed } from '#renderer/ui';

/** Bottom of the lane: bleed this far below the drums is not heard. */
const LOWEST_DECIBELS = -36;
/** From here on a slice cut at this moment will be heard to have something else in it. */
const AUDIBLE_DECIBELS = -12;

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
        const level = bleedDecibels(most);
        const share = Math.min(1, Math.max(0, (level - LOWEST_DECIBELS) / -LOWEST_DECIBELS));
        context.fillStyle = colour(level >= AUDIBLE_DECIBELS ? '--warn' : '--wave-2');
        const tall = Math.max(1, Math.round(share * (height - 2)));
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
