import { Search, X } from 'lucide-react';
import { type RefObject } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { changeSearch, useBrowse, useHitBook } from '#renderer/state';

interface HitSearchProps {
  readonly input: RefObject<HTMLInputElement | null>;
  /** Goes on in the list. */
  readonly onDone: () => void;
}

/** What is looked for, in words; or the hit that others are to be like. */
export function HitSearch({ input, onDone }: HitSearchProps) {
  const text = useBrowse(state => state.search.text);
  const likeId = useBrowse(state => state.search.likeId);
  const like = useHitBook(({ book, rowOf }) => book?.names[rowOf.get(likeId ?? '') ?? -1]);
  return (
    <SearchField
      aria-label="Search hits"
      value={text}
      onChange={value => changeSearch('text', { text: value, likeId: null })}
      className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2.5 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus"
    >
      <Search size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
      {likeId === null ? null : (
        <span className="flex h-5.5 min-w-0 shrink items-center gap-1 rounded-r2 bg-bg-2 pr-0.5 pl-1.5 type-label">
          <span className="truncate">like {like ?? 'a hit that is gone'}</span>
          <button
            type="button"
            aria-label="Do not sort by likeness"
            onClick={() => changeSearch('like', { likeId: null })}
            className="grid size-4.5 place-items-center rounded-r1 text-ink-3 hover:text-ink-1"
          >
            <X size={12} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </span>
      )}
      <Input
        ref={input}
        placeholder={likeId === null ? 'short dark kick, or a name' : ''}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          onDone();
        }}
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
      />
      {text === '' ? null : (
        <Button
          aria-label="Clear the search"
          className="grid size-5 place-items-center rounded-r1 text-ink-3 data-[hovered]:text-ink-1"
        >
          <X size={13} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      )}
    </SearchField>
  );
}
