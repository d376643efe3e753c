import { Play, Star } from 'lucide-react';
import { memo } from 'react';
import type { HitBook } from '#shared/protocol';
import type { Ranking } from '#renderer/state';
import { classNames, confidence, duration, RoleGlyph, Sure } from '#renderer/ui';
import { instrumentOfRow, placeOfRow, roleOfRow } from './row-words';
import { RowWave } from './row-wave';

export const ROW_PX = 30;

interface HitRowProps {
  readonly domId: string;
  readonly book: HitBook;
  readonly ranking: Ranking | null;
  readonly row: number;
  readonly at: number;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
}

/** A row that is written over with one hit after the other while the list scrolls. */
export const HitRow = memo(function HitRow({
  domId,
  book,
  ranking,
  row,
  at,
  isCurrent,
  isChosen,
}: HitRowProps) {
  const role = roleOfRow(book, row);
  const name = book.names[row] ?? '';
  const tags = book.tags[book.ids[row] ?? ''];
  const match = ranking?.match[row] ?? NaN;
  const isSaid = book.overridden[row] === 1;
  return (
    <div
      id={domId}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isChosen || isCurrent}
      data-row={at}
      draggable
      style={{ height: ROW_PX, transform: `translateY(${at * ROW_PX}px)` }}
      className={classNames(
        'absolute top-0 left-0 flex w-full items-center gap-2 border-b border-line px-3 whitespace-nowrap [contain:strict]',
        isCurrent
          ? 'bg-bg-2 shadow-[inset_2px_0_0_var(--ink-1)] group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-focus'
          : isChosen
            ? 'bg-bg-2'
            : 'hover:bg-[color-mix(in_srgb,var(--bg-2)_50%,transparent)]',
      )}
    >
      <span role="gridcell" className="w-7 text-ink-3">
        {isCurrent ? (
          <span className="grid size-5.5 place-items-center rounded-r2 bg-ink-1 text-ink-inv">
            <Play size={10} fill="currentColor" aria-hidden="true" />
            <span className="sr-only">{at + 1}</span>
          </span>
        ) : (
          at + 1
        )}
      </span>
      <span role="gridcell" className="w-13">
        <RowWave audio={book.audio[row] ?? ''} token={isCurrent ? '--ink-1' : '--wave'} />
      </span>
      <span
        role="gridcell"
        title={`${name}\n${placeOfRow(book, row)}`}
        className={classNames('flex min-w-0 flex-1 items-center gap-1.5', isCurrent && 'font-semibold')}
      >
        <span className="min-w-14 shrink-[0.2] truncate">{name}</span>
        {book.favourite[row] === 1 ? (
          <>
            <Star size={11} fill="currentColor" aria-hidden="true" className="text-ink-2" />
            <span className="sr-only">favourite</span>
          </>
        ) : null}
        {tags && tags.length > 0 ? (
          <span className="hidden max-w-20 min-w-6 truncate rounded-r1 border border-line-2 px-1 type-label font-normal text-ink-3 wide:inline">
            {tags.join(', ')}
          </span>
        ) : null}
      </span>
      <span
        role="gridcell"
        className={classNames('flex w-20 items-center wide:w-23 gap-2', isCurrent && 'font-semibold')}
      >
        {role ? <RoleGlyph role={role} /> : null}
        <span className={classNames('truncate', !role && 'text-ink-3')}>{instrumentOfRow(book, row)}</span>
      </span>
      <span role="gridcell" className="w-8 text-right">
        {isSaid ? (
          <span className="text-ink-3" title="You said so">
            you
          </span>
        ) : role ? (
          <Sure value={(book.instrumentSure[row] ?? 0) / 255} />
        ) : null}
      </span>
      <span role="gridcell" className={classNames('w-12 text-right', isCurrent && 'font-semibold')}>
        {ranking ? (Number.isNaN(match) ? '' : confidence(match)) : duration(book.seconds[row] ?? 0)}
      </span>
    </div>
  );
});
