import { colour } from '#renderer/ui';
import type { GridScene } from './grid-scene';
import { bodyHeight, bodyWidth, voicePlace, xOfTicks } from './geometry';
import { firstFrom, type GridRow } from './grid-rows';

/** The places of hits that the take leaves out: dashed outlines. */
export function drawRemoved(
  context: CanvasRenderingContext2D,
  { stepWidth, rowHeight }: GridScene,
  { hits, lane }: GridRow,
  begin: number,
  end: number,
): void {
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.strokeStyle = colour('--ink-3');
  for (let at = firstFrom(hits, begin); at < hits.length; at++) {
    const hit = hits[at];
    if (!hit || hit.onset > end) break;
    const { top, bottom } = voicePlace(rowHeight, hit.voice, lane.instruments.length);
    const tall = bodyHeight(hit.note.velocity, bottom - top);
    const x = Math.round(xOfTicks(hit.onset, stepWidth));
    context.strokeRect(x + 0.5, bottom - tall + 0.5, bodyWidth(stepWidth) - 1, tall - 1);
  }
  context.setLineDash([]);
}
