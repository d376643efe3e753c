import { Search } from 'lucide-react';
import { Input, SearchField, ToggleButton } from 'react-aria-components';
import { type Hit, type Role, ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import { instrumentName, instrumentSure, roleOf, sliceSeconds } from '#renderer/state';
import {
  classNames,
  type Column,
  duration,
  grouped,
  Keys,
  Picker,
  RoleGlyph,
  RowList,
  SliceWave,
  Sure,
} from '#renderer/ui';

export interface HitSource {
  readonly value: string;
  readonly name: string;
}

interface HitListProps {
  readonly sources: readonly HitSource[];
  readonly source: string;
  readonly onSource: (source: string) => void;
  /** All hits of the source. */
  readonly hits: readonly Hit[];
  /** Those that the filters let through. */
  readonly shown: readonly Hit[];
  readonly roles: ReadonlySet<Role>;
  readonly onRoles: (roles: ReadonlySet<Role>) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onSend: (index: number) => void;
}

const COLUMNS: readonly Column[] = [
  { name: 'Sound', className: 'w-16' },
  { name: 'Hit', className: 'w-10' },
  { name: 'What it is', className: 'flex-1' },
  { name: 'Length', className: 'w-14 text-right' },
  { name: 'Sure', className: 'w-9 text-right' },
];

/** Hits to choose from: the kit's own, or all of a track. */
export function HitList(props: HitListProps) {
  const { sources, source, onSource, hits, shown, roles, onRoles, text, onText, selected, onSelect, onSend } =
    props;
  const toggle = (role: Role): void => {
    const next = new Set(roles);
    if (!next.delete(role)) next.add(role);
    onRoles(next);
  };
  return (
    <section
      aria-label="Hits"
      data-panel=""
      className="flex w-90 shrink-0 flex-col border-r border-line bg-bg-1 wide:w-101"
    >
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
        <Picker
          label="Hits of"
          value={source}
          choices={sources}
          onChange={onSource}
          strong
          className="w-40"
        />
        <SearchField
          aria-label="Search hits"
          value={text}
          onChange={onText}
          className="flex h-7 min-w-0 flex-1 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus"
        >
          <Search size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
          <Input
            placeholder="kick, long snare"
            className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
      </div>
      <div
        role="group"
        aria-label="Roles"
        className="flex h-9 shrink-0 items-center gap-1 overflow-hidden border-b border-line px-3"
      >
        {ROLES_IN_ORDER.map(role => (
          <ToggleButton
            key={role}
            isSelected={roles.has(role)}
            onChange={() => toggle(role)}
            className={classNames(
              'focus-ring inline-flex h-6 items-center gap-1.25 rounded-r2 bg-bg-2 px-1.5 type-label whitespace-nowrap data-[hovered]:bg-bg-3',
              'data-[selected]:shadow-[inset_0_0_0_1px_var(--ink-1)]',
            )}
          >
            <RoleGlyph role={role} />
            {ROLE_NAMES[role]}
            <span className="hidden font-normal text-ink-3 wide:inline">
              {grouped(hits.filter(hit => roleOf(hit) === role).length)}
            </span>
          </ToggleButton>
        ))}
      </div>
      <RowList
        label="Hits"
        columns={COLUMNS}
        rowCount={shown.length}
        rowHeight={32}
        selected={selected}
        rowKey={index => shown[index]?.id ?? String(index)}
        cells={(index, isSelected) => cellsOf(shown[index], isSelected)}
        onSelect={onSelect}
        onOpen={onSend}
        keysPart="list"
        empty={<p className="p-3 text-ink-3">No hit fits. Clear the search, or choose other roles.</p>}
      />
      <div className="flex h-10 shrink-0 items-center gap-2 border-t border-line px-3 whitespace-nowrap text-ink-3">
        <span className="flex-1 truncate">
          {shown.length === hits.length
            ? `${grouped(hits.length)} hits`
            : `${grouped(shown.length)} of ${grouped(hits.length)} hits`}
        </span>
        <Keys keys="ArrowUp" />
        <Keys keys="ArrowDown" />
        audition
        <Keys keys="Enter" />
        to the pad
      </div>
    </section>
  );
}

function cellsOf(hit: Hit | undefined, isSelected: boolean): readonly React.ReactNode[] {
  if (!hit) return [];
  const sure = instrumentSure(hit);
  return [
    <SliceWave
      key="wave"
      audio={hit.audio}
      token={isSelected ? '--ink-1' : '--wave'}
      className="h-6 w-full"
    />,
    <span key="name" className={`block truncate ${isSelected ? 'font-semibold' : ''}`}>
      {String(hit.index + 1).padStart(3, '0')}
    </span>,
    <span key="what" className="flex items-center gap-2">
      <RoleGlyph role={roleOf(hit)} />
      <span className={`truncate ${isSelected ? 'font-semibold' : ''}`}>{instrumentName(hit)}</span>
      {hit.override?.role ? <span className="text-ink-3">your role</span> : null}
    </span>,
    <span key="length" className="text-ink-2">
      {duration(sliceSeconds(hit))}
    </span>,
    sure === undefined ? null : <Sure key="sure" value={sure} />,
  ];
}
