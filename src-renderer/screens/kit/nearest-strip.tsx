import type { HitBook } from '#shared/protocol';
import { chooseHit, prepareRows, soundRow, useBrowse, useHitBook, useNearest } from '#renderer/state';
import { HitCard } from './hit-card';

/** As many as have room in one line; a wide screen shows more. */
const MOST_SHOWN = 14;

/** The hits most like the current one, by all that is known of their sound rather than by the map. */
export function NearestStrip({ book }: { readonly book: HitBook }) {
  const nearest = useNearest();
  const currentId = useBrowse(state => state.currentId);
  const rowOf = useHitBook(state => state.rowOf);
  if (currentId === null)
    return (
      <p className="p-3 text-ink-3">Choose a hit in the list or on the map to see what sounds like it.</p>
    );
  if (nearest.status === 'failed')
    return <p className="p-3 text-ink-3">Its neighbours could not be found: {nearest.reason}</p>;
  if (nearest.status === 'ready' && nearest.ids.length === 0)
    return (
      <p className="p-3 text-ink-3">
        {book.ids.length < 2
          ? 'There is no other hit in the library yet.'
          : 'This hit has not been listened to yet, so nothing is known to be near to it.'}
      </p>
    );
  return (
    <div
      role="group"
      aria-label="Nearest hits"
      className="mx-3 mt-2 grid h-20.5 auto-rows-[82px] grid-cols-[repeat(auto-fill,minmax(92px,1fr))] gap-x-1.5 gap-y-3 overflow-hidden"
    >
      {nearest.ids.slice(0, MOST_SHOWN).map((id, index) => {
        const row = rowOf.get(id);
        if (row === undefined) return null;
        return (
          <HitCard
            key={id}
            book={book}
            row={row}
            likeness={nearest.likeness[index] ?? 0}
            isCurrent={false}
            onPress={() => {
              soundRow(row);
              chooseHit(id, 'one', 'nearest');
            }}
            onHover={() => prepareRows([row])}
          />
        );
      })}
    </div>
  );
}
