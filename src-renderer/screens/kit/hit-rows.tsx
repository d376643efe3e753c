import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { HitBook } from '#shared/protocol';
import {
  carryHits,
  type Choosing,
  chooseHit,
  prepareAround,
  prepareRows,
  rowByName,
  type RowSort,
  type SortBy,
  soundRow,
  useBrowse,
  useCommands,
  useHitBook,
} from '#renderer/state';
import { classNames } from '#renderer/ui';
import { HitRow, ROW_PX } from './hit-row';

const HEAD_PX = 28;
/** Rows kept ready above and below those in sight. */
const READY = 3;
/** Letters that follow each other sooner than this are one word. */
const TYPING_MS = 1200;

interface HeadProps {
  readonly name: string;
  readonly by: SortBy;
  readonly className: string;
}

const HEADS: readonly HeadProps[] = [
  { name: 'Hit', by: 'name', className: 'min-w-0 flex-1' },
  { name: 'What it is', by: 'what', className: 'w-20 wide:w-23' },
  { name: 'Sure', by: 'sure', className: 'w-8 justify-end' },
];

interface HitRowsProps {
  readonly book: HitBook;
  readonly onSort: (sort: RowSort) => void;
  readonly onOpen: () => void;
  readonly onMenu: (id: string, x: number, y: number) => void;
  readonly empty: React.ReactNode;
}

/** All hits that are shown, of any number: as many rows exist as are in sight, and each is used for one hit after the other. */
export function HitRows({ book, onSort, onOpen, onMenu, empty }: HitRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [height, setHeight] = useState(600);
  const typed = useRef({ text: '', time: 0 });
  const id = useId();
  const rows = useBrowse(state => state.shown.rows);
  const ranking = useBrowse(state => state.ranking);
  const search = useBrowse(state => state.search);
  const { sort } = search;
  const currentId = useBrowse(state => state.currentId);
  const chosen = useBrowse(state => state.chosen);
  const current = useHitBook(state => state.rowOf.get(currentId ?? ''));
  const place = current === undefined ? -1 : rows.indexOf(current);
  const lastHead: HeadProps = ranking
    ? { name: 'Match', by: 'match', className: 'w-12 justify-end' }
    : { name: 'Length', by: 'length', className: 'w-12 justify-end' };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // What answers best stands at the top of a new list.
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
    setFirst(0);
  }, [ranking, search]);
  // A scroll position that is beyond a list that has become shorter is put right by the browser without telling.
  useLayoutEffect(() => setFirst(firstOf(scroller.current?.scrollTop ?? 0)), [rows]);
  const latestPlace = useRef(place);
  useLayoutEffect(() => {
    latestPlace.current = place;
  });
  useEffect(() => {
    const element = scroller.current;
    const at = latestPlace.current;
    if (!element || at < 0) return;
    const top = at * ROW_PX;
    const seen = element.clientHeight - HEAD_PX;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_PX > element.scrollTop + seen) element.scrollTop = top + ROW_PX - seen;
  }, [currentId]);
  useEffect(() => prepareAround(0), [rows]);

  const goTo = (to: number, how: Choosing = 'one'): void => {
    const at = Math.min(rows.length - 1, Math.max(0, to));
    const row = rows[at];
    const next = row === undefined ? undefined : book.ids[row];
    if (row === undefined || next === undefined) return;
    if (how !== 'also') soundRow(row);
    chooseHit(next, how, 'walk');
    prepareAround(at);
  };
  const isTypingName = (): boolean => performance.now() - typed.current.time < TYPING_MS;
  /** Until the word is over its letters are no commands. */
  const holdLetters = (text: string): void => {
    typed.current = { text, time: performance.now() };
    const element = scroller.current;
    if (!element) return;
    element.dataset['typing'] = 'on';
    setTimeout(() => {
      if (performance.now() - typed.current.time >= TYPING_MS) delete element.dataset['typing'];
    }, TYPING_MS + 20);
  };
  useCommands({ 'hit-by-name': () => holdLetters('') });
  const typeAhead = (letter: string): void => {
    const isMore = isTypingName();
    const text = isMore ? typed.current.text + letter : letter;
    holdLetters(text);
    const to = rowByName(book, rows, isMore ? Math.max(0, place) : place + 1, text);
    if (to >= 0) goTo(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((height - HEAD_PX) / ROW_PX) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: place < 0 ? 0 : place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) goTo(to, event.shiftKey ? 'through' : 'one');
    else if (event.key === 'Enter') onOpen();
    else if (/^[\p{L}\p{N}]$/u.test(event.key) || (event.key === ' ' && isTypingName())) typeAhead(event.key);
    else return;
    event.preventDefault();
  };
  const rowUnder = (target: EventTarget): number => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    return element ? Number(element.dataset['row']) : -1;
  };
  const onPointerDown = (event: PointerEvent): void => {
    const at = rowUnder(event.target);
    if (at < 0 || event.button === 2) return;
    const isMore = event.ctrlKey || event.metaKey;
    // Several that are chosen stay so until the press is known to be no drag.
    const isHeld = !event.shiftKey && !isMore && isOneOfMany(at);
    goTo(at, isHeld ? 'within' : event.shiftKey ? 'through' : isMore ? 'also' : 'one');
  };
  const isOneOfMany = (at: number): boolean => chosen.size > 1 && chosen.has(book.ids[rows[at] ?? -1] ?? '');
  const onClick = (event: MouseEvent): void => {
    const id = book.ids[rows[rowUnder(event.target)] ?? -1];
    const hasKey = event.shiftKey || event.ctrlKey || event.metaKey;
    if (id !== undefined && !hasKey && chosen.size > 1) chooseHit(id);
  };
  const onDragStart = (event: DragEvent): void => {
    const { currentId: id, chosen: all } = useBrowse.getState();
    if (id === null || rowUnder(event.target) < 0) return;
    carryHits(event.dataTransfer, all.has(id) ? [...all] : [id]);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const hit = book.ids[rows[rowUnder(event.target)] ?? -1];
    if (hit === undefined) return;
    event.preventDefault();
    if (!chosen.has(hit)) chooseHit(hit);
    onMenu(hit, event.clientX, event.clientY);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const row = rows[rowUnder(event.target)];
    if (row !== undefined) prepareRows([row]);
  };

  const slotCount = Math.ceil(height / ROW_PX) + 2 * READY;
  const slots = Array.from({ length: slotCount }, (_, slot) => {
    const least = Math.max(0, first - READY);
    return least + ((((slot - least) % slotCount) + slotCount) % slotCount);
  });
  const isSeen = place >= first - READY && place < first + slotCount - READY;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Hits"
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      tabIndex={0}
      {...(isSeen && place >= 0 ? { 'aria-activedescendant': `${id}-${place % slotCount}` } : {})}
      data-keys="list"
      onKeyDown={onKeyDown}
      onScroll={event => {
        const next = firstOf(event.currentTarget.scrollTop);
        if (next !== first) flushSync(() => setFirst(next));
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onClick={onClick}
      onDragStart={onDragStart}
      onContextMenu={onContextMenu}
      onDoubleClick={event => rowUnder(event.target) >= 0 && onOpen()}
      className="group relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none focus-visible:outline-none"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-bg-1">
        <div
          role="row"
          aria-rowindex={1}
          className="flex h-6.75 items-center gap-2 px-3 type-label text-ink-3"
        >
          <span role="columnheader" className="w-7">
            <span className="sr-only">Place</span>
          </span>
          <span role="columnheader" className="w-13">
            Sound
          </span>
          {[...HEADS, lastHead].map(head => (
            <SortHead key={head.name} head={head} sort={sort} isRanked={ranking !== null} onSort={onSort} />
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell">{empty}</div>
          </div>
        </div>
      ) : (
        <div role="rowgroup" className="relative w-full" style={{ height: rows.length * ROW_PX }}>
          {slots.map((at, slot) => {
            const row = rows[at];
            if (row === undefined) return null;
            return (
              <HitRow
                // A place on the screen, not a hit: rows are written over rather than made anew.
                // oxlint-disable-next-line react/no-array-index-key
                key={slot}
                domId={`${id}-${slot}`}
                book={book}
                ranking={ranking}
                row={row}
                at={at}
                isCurrent={at === place}
                isChosen={chosen.has(book.ids[row] ?? '')}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

const firstOf = (scrollTop: number): number => Math.max(0, Math.floor(scrollTop / ROW_PX));

function SortHead(props: {
  readonly head: HeadProps;
  readonly sort: RowSort;
  readonly isRanked: boolean;
  readonly onSort: (sort: RowSort) => void;
}) {
  const { head, sort, isRanked, onSort } = props;
  const isOn = sort.by === head.by || (sort.by === null && isRanked && head.by === 'match');
  const isDown = sort.by === null || sort.descending;
  const Arrow = isDown ? ArrowDown : ArrowUp;
  // Names rise first, numbers fall first; a third press goes back to the usual order.
  const startsDown = head.by !== 'name' && head.by !== 'what';
  const next = (): RowSort => {
    if (sort.by !== head.by) return { by: head.by, descending: startsDown };
    if (sort.descending === startsDown) return { by: head.by, descending: !startsDown };
    return { by: null, descending: false };
  };
  return (
    <span
      role="columnheader"
      aria-sort={isOn ? (isDown ? 'descending' : 'ascending') : 'none'}
      className={classNames('flex', head.className)}
    >
      <button
        type="button"
        tabIndex={-1}
        onClick={() => onSort(next())}
        className={classNames(
          'flex items-center gap-0.5 truncate rounded-r1 hover:text-ink-1',
          isOn && 'text-ink-1',
        )}
      >
        {head.name}
        {isOn ? <Arrow size={11} strokeWidth={1.8} aria-hidden="true" /> : null}
      </button>
    </span>
  );
}
