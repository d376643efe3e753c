import { useCallback } from 'react';
import { DIVISION_TICKS, type GrooveTemplate } from '#shared/model';
import { Canvas, colour } from '#renderer/ui';

/** What a template does to a straight row: a line for each step, and where and how strong it is played beside it. */
export function FeelPicture({ template }: { readonly template: GrooveTemplate }) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const { slots, base } = template;
      const stepTicks = DIVISION_TICKS[base];
      const room = width / (slots.length + 1);
      const floor = height - 6;
      for (const [index, slot] of slots.entries()) {
        const x = Math.round(room * (index + 0.5)) + 0.5;
        context.strokeStyle = colour(index % 4 === 0 ? '--line-2' : '--line');
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(x, 6);
        context.lineTo(x, floor);
        context.stroke();
        if (!slot) continue;
        const played = x + (slot.offset / stepTicks) * room;
        const tall = Math.min(1, slot.accent / 1.5) * (floor - 10);
        context.fillStyle = colour('--ink-2');
        context.fillRect(played - 1.5, floor - tall, 3, tall);
      }
    },
    [template],
  );
  return (
    <div className="h-14 overflow-hidden rounded-r2 border border-line bg-bg-0">
      <Canvas draw={draw} />
    </div>
  );
}
