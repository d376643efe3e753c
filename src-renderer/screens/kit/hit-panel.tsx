import { type RefObject, useRef } from 'react';
import type { HitBook } from '#shared/protocol';
import {
  changeFilter,
  changeSearch,
  chooseHit,
  chooseHits,
  keysOf,
  makeKitOfChosen,
  NO_FILTER,
  runCommand,
  soundRow,
  useBrowse,
  useHitBook,
} from '#renderer/state';
import { Button, classNames, grouped, Keys, MenuButton } from '#renderer/ui';
import { FilterButton, RoleChips, useFilterCount } from './hit-filters';
import { hitMenu } from './hit-menu';
import { HitRows } from './hit-rows';
import { HitSearch } from './hit-search';
import { ImportSamples } from './import-samples';

interface HitPanelProps {
  readonly book: HitBook;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly isWide: boolean;
  readonly onMenu: (id: string, x: number, y: number) => void;
  readonly onTag: () => void;
  readonly onSend: () => void;
}

/** Everything that the library has to hear, searched, filtered and listed. */
export function HitPanel({ book, input, isWide, onMenu, onTag, onSend }: HitPanelProps) {
  const root = useRef<HTMLElement>(null);
  const toList = (): void => {
    const { shown, currentId, ranking } = useBrowse.getState();
    const { rowOf } = useHitBook.getState();
    const [first] = shown.rows;
    // A search is gone through from its best match.
    const isThere = !ranking && currentId !== null && shown.rows.includes(rowOf.get(currentId) ?? -1);
    const id = first === undefined ? undefined : book.ids[first];
    if (first !== undefined && id !== undefined && !isThere) {
      soundRow(first);
      chooseHit(id, 'one', 'walk');
    }
    root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  return (
    <section
      ref={root}
      aria-label="Hits"
      data-panel=""
      className={classNames(
        'flex min-h-0 flex-col border-r border-line bg-bg-1',
        isWide ? 'min-w-0 flex-1' : 'w-90 shrink-0 wide:w-105',
      )}
    >
      <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line pr-2 pl-3">
        <HitSearch input={input} onDone={toList} />
        <FilterButton book={book} />
        <ImportSamples isSmall />
      </div>
      <RoleChips />
      <HitRows
        book={book}
        onSort={sort => changeSearch('sort', { sort })}
        onOpen={onSend}
        onMenu={onMenu}
        empty={<NothingFits />}
      />
      <Foot onTag={onTag} />
    </section>
  );
}

function NothingFits() {
  const { text, likeId } = useBrowse(state => state.search);
  const asking = useBrowse(state => state.asking);
  const filterCount = useFilterCount();
  const roleCount = useBrowse(state => state.search.filter.roles.size);
  const isSearch = text.trim() !== '' || likeId !== null;
  if (asking === 'asking') return <p className="p-4 text-ink-3">Listening for it</p>;
  return (
    <div className="flex flex-col items-start gap-3 p-4">
      <p className="text-ink-3">
        {asking === 'failed'
          ? 'Sounds cannot be searched just now, and no name has these words.'
          : isSearch
            ? 'No hit sounds like that, and none is called so.'
            : 'No hit is like that.'}
      </p>
      <div className="flex gap-2">
        {isSearch ? (
          <Button small onPress={() => changeSearch('text', { text: '', likeId: null })}>
            Clear the search
          </Button>
        ) : null}
        {filterCount + roleCount > 0 ? (
          <Button small onPress={() => changeFilter(NO_FILTER)}>
            Filters off
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Foot({ onTag }: { readonly onTag: () => void }) {
  const total = useHitBook(state => state.book?.ids.length ?? 0);
  const shown = useBrowse(state => state.shown.rows.length);
  const chosenCount = useBrowse(state => state.chosen.size);
  const asking = useBrowse(state => state.asking);
  const { by, descending } = useBrowse(state => state.search.sort);
  const order =
    by === null
      ? asking === 'no'
        ? ''
        : ', best match first'
      : `, by ${SORT_WORDS[by]}${descending ? ', most first' : ''}`;
  if (chosenCount > 1)
    return (
      <div
        role="group"
        aria-label="Chosen hits"
        className="flex h-10 shrink-0 items-center gap-1.5 border-t border-line bg-bg-2 px-3 whitespace-nowrap"
      >
        <span className="min-w-0 flex-1 truncate font-medium" role="status">
          {grouped(chosenCount)} chosen
        </span>
        <Button small look="primary" onPress={() => void makeKitOfChosen()}>
          Make a kit
        </Button>
        <MenuButton name="More" label="More for the chosen hits" parts={() => hitMenu(onTag)} />
        <Button small look="ghost" onPress={() => chooseHits([])}>
          None
        </Button>
      </div>
    );
  return (
    <div className="flex h-10 shrink-0 items-center gap-1.5 border-t border-line px-3 whitespace-nowrap text-ink-3">
      <span className="min-w-0 flex-1 truncate" role="status">
        {shown === total ? `${grouped(total)} hits` : `${grouped(shown)} of ${grouped(total)} hits`}
        {order}
      </span>
      <Keys keys="ArrowUp" />
      <Keys keys="ArrowDown" />
      audition
      <button
        type="button"
        className="ml-1 hidden items-center gap-1.5 wide:flex"
        onClick={() => runCommand('send-to-pad')}
      >
        <Keys keys={keysOf('send-to-pad')} />
        to the pad
      </button>
    </div>
  );
}

const SORT_WORDS = {
  match: 'match',
  name: 'name',
  what: 'what it is',
  sure: 'how sure',
  length: 'length',
  bright: 'brightness',
  loud: 'loudness',
  place: 'where from',
} as const;
