import { TriangleAlert } from 'lucide-react';
import type { PointerEvent } from 'react';
import { barsOfPart, choosePart, nameOfPart, openPart, playSong, startOfPart } from '#renderer/state';
import { classNames, count } from '#renderer/ui';
import { LAYER_NAMES, type LayerName } from '#shared/compose';
import type { SongPart } from '#shared/model';

interface SongPartButtonProps {
  readonly part: SongPart;
  readonly at: number;
  readonly count: number;
  /** Whether Tab stops here. */
  readonly isStop: boolean;
  readonly isChosen: boolean;
  /** Whether its groove is in the grid. */
  readonly isOpen: boolean;
  /** The edge at which a dragged part would come down. */
  readonly marker: 'before' | 'after' | null;
  readonly onPointerDown: (event: PointerEvent, part: SongPart) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  /** Says whether that was a drag. */
  readonly onPointerUp: (event: PointerEvent) => boolean;
}

const LAYER_WORDS: Readonly<Record<LayerName, string>> = {
  core: 'Core',
  'core-accent': 'Core + Accent',
  full: '',
};
/** How many of the three layers sound, as bars. */
const intensity = (layer: LayerName): number => LAYER_NAMES.indexOf(layer) + 1;

/** A part of a song, as long as it plays. A click opens its groove in the grid. */
export function SongPartButton(props: SongPartButtonProps) {
  const { part, at, isStop, isChosen, isOpen, marker, onPointerDown, onPointerMove, onPointerUp } = props;
  const name = nameOfPart(part);
  const bars = barsOfPart(part) ?? 0;
  const layer = LAYER_WORDS[part.layer];
  const facts = [
    ...(name === null ? [] : [count(bars * part.times, 'bar'), count(part.times, 'time')]),
    ...(layer === '' ? [] : [layer]),
    ...(isOpen ? ['in the grid'] : []),
  ];
  return (
    <li className="relative flex min-w-18" style={{ flex: `${Math.max(1, bars * part.times)} 1 0` }}>
      <button
        type="button"
        data-part={part.id}
        aria-pressed={isChosen}
        tabIndex={isStop ? 0 : -1}
        onFocus={() => choosePart(part.id)}
        onPointerDown={event => onPointerDown(event, part)}
        onPointerMove={onPointerMove}
        onPointerUp={event => {
          if (!onPointerUp(event)) openPart(part);
        }}
        onKeyDown={event => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          openPart(part);
        }}
        onDoubleClick={() => void playSong(startOfPart(part))}
        className={classNames(
          'focus-ring flex h-8 min-w-0 flex-1 touch-none items-center gap-1.5 rounded-[3px] px-2 text-left',
          isOpen ? 'bg-bg-3' : 'bg-bg-2 hover:bg-bg-3',
          isChosen && 'shadow-[inset_0_0_0_1px_var(--ink-1)]',
        )}
      >
        <span className="sr-only">{`${at + 1} of ${props.count}: `}</span>
        {name === null ? (
          <>
            <TriangleAlert size={13} strokeWidth={1.6} aria-hidden="true" className="shrink-0 text-warn" />
            <span className="min-w-0 flex-1 truncate text-ink-2">Removed groove</span>
          </>
        ) : (
          <span className={classNames('min-w-0 flex-1 truncate', isOpen && 'font-semibold')} title={name}>
            {name}
          </span>
        )}
        {layer === '' ? null : (
          <span aria-hidden="true" title={layer} className="flex h-3 shrink-0 items-end gap-px">
            {LAYER_NAMES.map((one, index) => (
              <span
                key={one}
                style={{ height: 4 + 4 * index }}
                className={classNames('w-0.5', index < intensity(part.layer) ? 'bg-ink-2' : 'bg-line-2')}
              />
            ))}
          </span>
        )}
        <span aria-hidden="true" className="shrink-0 text-ink-3">
          {part.times > 1 ? `${bars} × ${part.times}` : bars || ''}
        </span>
        <span className="sr-only">{facts.map(fact => `, ${fact}`).join('')}</span>
      </button>
      {marker ? (
        <span
          className={classNames(
            'pointer-events-none absolute inset-y-0 w-0.5 bg-ink-1',
            marker === 'before' ? '-left-px' : '-right-px',
          )}
        />
      ) : null}
    </li>
  );
}
