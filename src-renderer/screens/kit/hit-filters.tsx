import { SlidersHorizontal, Star, X } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover, ToggleButton } from 'react-aria-components';
import { INSTRUMENT_FACTS, INSTRUMENTS, ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { changeFilter, LENGTHS, NO_FILTER, toggled, useBrowse } from '#renderer/state';
import { Button, CheckBox, classNames, grouped, RoleGlyph } from '#renderer/ui';

const LENGTH_NAMES = {
  short: 'Short, under 150 ms',
  medium: 'Medium',
  long: 'Long, 500 ms and more',
} as const;
/** More places and tags than these are found by typing their names. */
const MOST_LISTED = 200;

/** What counts as a filter beside the roles. */
export function useFilterCount(): number {
  return useBrowse(({ search: { filter } }) =>
    [filter.instruments, filter.placeIds, filter.tags, filter.lengths].reduce(
      (sum, { size }) => sum + (size > 0 ? 1 : 0),
      filter.favourites ? 1 : 0,
    ),
  );
}

/** Roles with how many hits there are of each. */
export function RoleChips() {
  const filter = useBrowse(state => state.search.filter);
  const counts = useBrowse(state => state.shown.roleCounts);
  return (
    <div className="flex h-9 shrink-0 items-center border-b border-line px-3">
      <div role="group" aria-label="Roles" className="flex min-w-0 flex-1 items-center gap-1 overflow-hidden">
        {ROLES_IN_ORDER.map((role, at) => (
          <ToggleButton
            key={role}
            isSelected={filter.roles.has(role)}
            onChange={() => changeFilter({ roles: toggled(filter.roles, role) })}
            className={classNames(
              'focus-ring inline-flex h-6 min-w-0 items-center gap-1 rounded-r2 bg-bg-2 px-1.25 type-label whitespace-nowrap -outline-offset-2 data-[hovered]:bg-bg-3',
              'data-[selected]:shadow-[inset_0_0_0_1px_var(--ink-1)]',
            )}
          >
            <RoleGlyph role={role} />
            <span className="sr-only wide:not-sr-only wide:truncate">{ROLE_NAMES[role]} </span>
            <span className="shrink-0 font-normal text-ink-3">{shortCount(counts[at] ?? 0)}</span>
          </ToggleButton>
        ))}
      </div>
    </div>
  );
}

/** A popover with all else that hits are told apart by. */
export function FilterButton({ book }: { readonly book: HitBook }) {
  const filterCount = useFilterCount();
  return (
    <DialogTrigger>
      <AriaButton
        aria-label={filterCount > 0 ? `Filters, ${filterCount} set` : 'Filters'}
        className={classNames(
          'focus-ring flex h-7 shrink-0 items-center gap-1 rounded-r2 px-1.5 type-label data-[hovered]:bg-bg-2',
          filterCount > 0 ? 'bg-bg-2 text-ink-1 shadow-[inset_0_0_0_1px_var(--ink-1)]' : 'text-ink-2',
        )}
      >
        <SlidersHorizontal size={15} strokeWidth={1.4} aria-hidden="true" />
        {filterCount > 0 ? filterCount : null}
      </AriaButton>
      <Popover
        placement="bottom end"
        offset={6}
        className="max-h-[70vh] w-76 overflow-auto rounded-r3 bg-bg-1 p-3 shadow-float"
      >
        <Dialog aria-label="Filters" className="flex flex-col gap-3 outline-none">
          <FilterParts book={book} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** "9.8k" from a thousand on, so that five of them fit. */
const shortCount = (value: number): string =>
  value < 1000 ? grouped(value) : `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)}k`;

function FilterParts({ book }: { readonly book: HitBook }) {
  const filter = useBrowse(state => state.search.filter);
  const filterCount = useFilterCount();
  const tags = [...new Set(Object.values(book.tags).flat())].sort();
  return (
    <>
      <div className="flex items-center gap-2">
        <CheckBox isChosen={filter.favourites} onChange={favourites => changeFilter({ favourites })}>
          <Star size={12} fill="currentColor" aria-hidden="true" /> Favourites only
        </CheckBox>
        <span className="flex-1" />
        <Button
          small
          look="ghost"
          isDisabled={filterCount === 0 && filter.roles.size === 0}
          onPress={() => changeFilter(NO_FILTER)}
        >
          <X size={12} strokeWidth={1.6} aria-hidden="true" /> All off
        </Button>
      </div>
      <Part name="Length">
        {LENGTHS.map(length => (
          <CheckBox
            key={length}
            isChosen={filter.lengths.has(length)}
            onChange={() => changeFilter({ lengths: toggled(filter.lengths, length) })}
          >
            {LENGTH_NAMES[length]}
          </CheckBox>
        ))}
      </Part>
      <Part name="Instrument" isTwo>
        {INSTRUMENTS.map(instrument => (
          <CheckBox
            key={instrument}
            isChosen={filter.instruments.has(instrument)}
            onChange={() => changeFilter({ instruments: toggled(filter.instruments, instrument) })}
          >
            {INSTRUMENT_FACTS[instrument].name}
          </CheckBox>
        ))}
      </Part>
      <Part name="From">
        {book.places.slice(0, MOST_LISTED).map(({ id, name, kind }) => (
          <CheckBox
            key={id}
            isChosen={filter.placeIds.has(id)}
            onChange={() => changeFilter({ placeIds: toggled(filter.placeIds, id) })}
          >
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-ink-3">{PLACE_NAMES[kind]}</span>
          </CheckBox>
        ))}
      </Part>
      {tags.length > 0 ? (
        <Part name="Tags" isTwo>
          {tags.slice(0, MOST_LISTED).map(tag => (
            <CheckBox
              key={tag}
              isChosen={filter.tags.has(tag)}
              onChange={() => changeFilter({ tags: toggled(filter.tags, tag) })}
            >
              <span className="truncate">{tag}</span>
            </CheckBox>
          ))}
        </Part>
      ) : null}
    </>
  );
}

const PLACE_NAMES = { track: 'song', source: 'folder', kit: 'kit' } as const;

function Part(props: {
  readonly name: string;
  readonly isTwo?: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <div role="group" aria-label={props.name} className="flex flex-col gap-1.5 border-t border-line pt-2">
      <span className="type-label text-ink-3">{props.name}</span>
      <div className={props.isTwo ? 'grid grid-cols-2 gap-1.5' : 'flex flex-col gap-1.5'}>
        {props.children}
      </div>
    </div>
  );
}
