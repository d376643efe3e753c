import { useCallback } from 'react';
import type { Difference } from '#shared/edit';
import {
  INSTRUMENTS,
  type Note,
  type Pattern,
  patternTicks,
  ROLES_IN_ORDER,
  STEP_TICKS,
  swingOf,
} from '#shared/model';
import { laneKey } from '#renderer/state';
import { Canvas, colour, roleToken } from '#renderer/ui';

const rank = (note: Note): number =>
  ROLES_IN_ORDER.indexOf(note.role) * INSTRUMENTS.length + INSTRUMENTS.indexOf(note.instrument);

interface TakePictureProps {
  readonly pattern: Pattern;
  readonly base: Pattern;
  readonly difference: Difference;
}

/** A take at a glance: what stayed is grey, what is new or changed has its role's colour, what went is a hollow place. */
export function TakePicture({ pattern, base, difference }: TakePictureProps) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const all = [...pattern.notes, ...difference.removed].sort((a, b) => rank(a) - rank(b));
      const rows = [...new Set(all.map(laneKey))];
      const end = Math.max(patternTicks(pattern), patternTicks(base));
      const rowHeight = Math.min(9, height / Math.max(1, rows.length));
      const wide = Math.max(2, Math.min(6, (width * STEP_TICKS) / end - 1));
      const top = (height - rowHeight * rows.length) / 2;
      const swung = swingOf(pattern);
      const place = (note: Note) => ({
        x: (Math.max(0, swung(note.at) + note.feel) / end) * (width - wide),
        y: top + rows.indexOf(laneKey(note)) * rowHeight,
      });
      const tall = Math.max(2, rowHeight - 2);
      context.strokeStyle = colour('--ink-off');
      context.lineWidth = 1;
      for (const note of difference.removed) {
        const { x, y } = place(note);
        context.strokeRect(x + 0.5, y + 0.5, wide - 1, tall - 1);
      }
      for (const note of pattern.notes) {
        const { x, y } = place(note);
        context.fillStyle = difference.same.has(note.id) ? colour('--ink-3') : colour(roleToken(note.role));
        context.globalAlpha = difference.same.has(note.id) ? 0.7 : 0.35 + 0.65 * note.velocity;
        context.fillRect(x, y, wide, tall);
      }
      context.globalAlpha = 1;
    },
    [pattern, base, difference],
  );
  return <Canvas draw={draw} />;
}
