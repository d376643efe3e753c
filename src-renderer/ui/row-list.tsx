import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from './class-names';

export interface Column {
  readonly name: string;
  /** Width and alignment; the same in the head and in every row. */
  readonly className: string;
  /** Said to screen readers only. */
  readonly isHidden?: boolean;
}

export interface HeldKeys {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

interface RowListProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly selected: number;
  readonly rowKey: (index: number) => string;
  /** One node per column. */
  readonly cells: (index: number, isSelected: boolean) => readonly ReactNode[];
  readonly onSelect: (index: number, held?: HeldKeys) => void;
  /** Further rows that are chosen beside the selected one. */
  readonly isAlsoSelected?: (index: number) => boolean;
  /** Enter or double click. */
  readonly onOpen?: (index: number) => void;
  /** Names the part for commands that act inside it. */
  readonly keysPart?: string;
  readonly empty?: ReactNode;
}

const HEAD_HEIGHT = 28;

/** A table of any length: only the rows in sight exist. Arrows move the selection, Enter opens. */
export function RowList(props: RowListProps) {
  const { label, columns, rowCount, rowHeight, selected, rowKey, cells, onSelect, onOpen, keysPart, empty } =
    props;
  const { isAlsoSelected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The head stays in sight at the top of what scrolls.
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });

  useEffect(() => {
    if (selected >= 0 && selected < rowCount) rows.scrollToIndex(selected, { align: 'auto' });
  }, [selected, rowCount, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: rowCount - 1,
    };
    const to = moves[event.key];
    if (to !== undefined && rowCount > 0) {
      onSelect(Math.min(rowCount - 1, Math.max(0, to)), event);
      event.preventDefault();
    } else if (event.key === 'Enter' && selected >= 0 && onOpen) {
      onOpen(selected);
      event.preventDefault();
    }
  };

  const isSeen = rows.getVirtualItems().some(row => row.index === selected);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      tabIndex={0}
      {...(isAlsoSelected ? { 'aria-multiselectable': true } : {})}
      {...(isSeen ? { 'aria-activedescendant': `${id}-${selected}` } : {})}
      {...(keysPart ? { 'data-keys': keysPart } : {})}
      onKeyDown={onKeyDown}
      className="group min-h-0 flex-1 overflow-y-auto outline-none focus-visible:outline-none"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-bg-1">
        <div
          role="row"
          aria-rowindex={1}
          className="flex h-6.75 items-center gap-3 px-3 type-label text-ink-3"
        >
          {columns.map(column => (
            <span key={column.name} role="columnheader" className={classNames('truncate', column.className)}>
              {column.isHidden ? <span className="sr-only">{column.name}</span> : column.name}
            </span>
          ))}
        </div>
      </div>
      {rowCount === 0 ? (
        <div className="flex">{empty}</div>
      ) : (
        <div role="rowgroup" className="relative w-full" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(row => {
            const isSelected = row.index === selected;
            const isChosen = isSelected || isAlsoSelected?.(row.index) === true;
            const content = cells(row.index, isSelected);
            return (
              <div
                key={rowKey(row.index)}
                id={`${id}-${row.index}`}
                role="row"
                aria-rowindex={row.index + 2}
                aria-selected={isChosen}
                onPointerDown={event => onSelect(row.index, event)}
                onDoubleClick={() => onOpen?.(row.index)}
                style={{ height: rowHeight, transform: `translateY(${row.start - HEAD_HEIGHT}px)` }}
                className={classNames(
                  'absolute top-0 left-0 flex w-full items-center gap-3 border-b border-line px-3 whitespace-nowrap',
                  isSelected
                    ? 'bg-bg-2 shadow-[inset_2px_0_0_var(--ink-1)] group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-focus'
                    : isChosen
                      ? 'bg-bg-2'
                      : 'hover:bg-[color-mix(in_srgb,var(--bg-2)_50%,transparent)]',
                )}
              >
                {columns.map((column, index) => (
                  <span key={column.name} role="gridcell" className={classNames('min-w-0', column.className)}>
                    {content[index]}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
