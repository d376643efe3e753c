import { type DragEvent, useState } from 'react';
import { attempt, carriedHits, hasHits, hitsOf, sendToLayer, sendToPad } from '#renderer/state';

interface DropPlace {
  readonly padId: string;
  /** null puts hits on the pad itself. */
  readonly layer: number | 'top' | null;
}

/** A place that takes hits which are dragged onto it. */
export function useHitDrop({ padId, layer }: DropPlace) {
  const [isOver, setOver] = useState(false);
  const take = async (ids: readonly string[]): Promise<void> => {
    const hits = await hitsOf(ids);
    if (layer === null) sendToPad(hits, padId);
    else sendToLayer(hits, padId, layer);
  };
  const target = {
    onDragOver: (event: DragEvent) => {
      if (!hasHits(event.dataTransfer)) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = 'copy' as const;
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      const ids = carriedHits(event.dataTransfer);
      if (ids.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      void attempt('Sending to the pad', () => take(ids));
    },
  };
  return { isOver, target };
}
