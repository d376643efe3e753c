import { AudioLines, GripVertical } from 'lucide-react';
import type { DragEvent } from 'react';
import { studioPort } from '#renderer/bridge';
import { isRunning, useJobs } from '#renderer/state';
import { copyPaths, count } from '#renderer/ui';
import { isDragCurrent, prepareDrag, useExport } from './export-store';

/**
 * The handle that hands all files to another program. They are made while a hand nears it, because a drag cannot wait; by keyboard it gives
 * the files' paths. A browser hands out one file at a time, so there the rows of the finished export are dragged.
 */
export function DragOut({ onTold }: { readonly onTold: (text: string, tone: 'ok' | 'bad') => void }) {
  const drag = useExport(state => state.drag);
  const job = useJobs(state => state.jobs.find(({ id }) => id === drag?.jobId)) ?? null;
  const isReady = job?.state === 'done' && isDragCurrent();
  const port = studioPort();
  if (!port) return null;
  const onDragStart = (event: DragEvent): void => {
    event.preventDefault();
    if (job && isReady) port.startDrag(job.files.map(({ name }) => ({ jobId: job.id, name })));
    else {
      void prepareDrag();
      onTold('The files are still being made. Drag again in a moment.', 'ok');
    }
  };
  const copy = (): void => {
    if (job && isReady)
      void copyPaths(
        job.files.map(({ path }) => path),
        onTold,
      );
    else void prepareDrag();
  };
  return (
    <button
      type="button"
      draggable
      onPointerEnter={() => void prepareDrag()}
      onFocus={() => void prepareDrag()}
      onDragStart={onDragStart}
      onClick={copy}
      data-drag-ready={isReady}
      className="focus-ring mt-3 flex w-full cursor-grab items-center gap-3 rounded-r3 border border-dashed border-edge bg-bg-1 px-3 py-2.5 text-left hover:bg-bg-2"
    >
      <GripVertical size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
      <span className="flex-1">
        <b className="block type-strong">Drag to your DAW</b>
        <span className="text-ink-3">
          {isReady && job
            ? `Rendered and ready, ${count(job.files.length, 'file')}; Enter copies their paths`
            : job && isRunning(job)
              ? `Rendering, ${Math.floor(job.progress.fraction * 100)} %`
              : 'Made as soon as you point at it'}
        </span>
      </span>
      <AudioLines size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
    </button>
  );
}
