import { Network } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import type { HitBook } from '#shared/protocol';
import { chooseHit, prepareRows, soundRow, useBrowse, useHitBook, useNearest } from '#renderer/state';
import { Empty, Loading } from '#renderer/ui';
import { AspectSliders } from './aspect-sliders';
import { HitCard } from './hit-card';
import { aboutRow, differenceWords, factsOfRow } from './row-words';

/** The hits nearest to the current one, with what sets each apart; a step to one of them is a step through the library. */
export function NeighboursView({ book }: { readonly book: HitBook }) {
  const nearest = useNearest();
  const currentId = useBrowse(state => state.currentId);
  const rowOf = useHitBook(state => state.rowOf);
  const root = useRef<HTMLDivElement>(null);
  const current = rowOf.get(currentId ?? '');
  if (currentId === null || current === undefined)
    return (
      <Empty icon={Network} title="No hit chosen">
        Choose a hit in the list: the sounds nearest to it show here, with what sets them apart.
      </Empty>
    );
  const move = (event: KeyboardEvent): void => {
    const cards = [...(root.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = cards.indexOf(document.activeElement as HTMLElement);
    const across = cards.filter(card => card.offsetTop === cards[0]?.offsetTop).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    const to = by === undefined ? undefined : cards[at + by];
    if (at < 0 || !to) return;
    to.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-bg-0">
      <AspectSliders />
      <div className="flex items-baseline gap-2 px-3 pt-3 whitespace-nowrap">
        <h2 className="truncate type-title">{aboutRow(book, current)}</h2>
        <span className="truncate text-ink-3">{factsOfRow(book, current, null)}</span>
      </div>
      {nearest.status === 'asking' && nearest.ids.length === 0 ? (
        <Loading label="Finding its neighbours" />
      ) : null}
      {nearest.status === 'failed' ? (
        <p className="p-3 text-ink-3">Its neighbours could not be found: {nearest.reason}</p>
      ) : null}
      {nearest.status === 'ready' && nearest.ids.length === 0 ? (
        <p className="p-3 text-ink-3">
          This hit has not been listened to yet, so nothing is known to be near to it.
        </p>
      ) : null}
      <div
        ref={root}
        role="group"
        aria-label="Neighbours"
        data-keys="neighbours"
        onKeyDown={move}
        className="grid min-h-0 flex-1 auto-rows-[92px] grid-cols-[repeat(auto-fill,minmax(124px,1fr))] content-start gap-2 overflow-y-auto p-3"
      >
        {nearest.ids.map((id, index) => {
          const row = rowOf.get(id);
          return row === undefined ? null : (
            <HitCard
              key={id}
              book={book}
              row={row}
              likeness={nearest.likeness[index] ?? 0}
              isCurrent={false}
              note={differenceWords(book, current, row)}
              onPress={() => {
                soundRow(row);
                chooseHit(id, 'one', 'nearest');
              }}
              onHover={() => prepareRows([row])}
            />
          );
        })}
      </div>
    </div>
  );
}
