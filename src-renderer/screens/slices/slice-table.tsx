import { Award } from 'lucide-react';
import { ROLE_NAMES, type Track } from '#shared/model';
import { placeInSong, roleSure } from '#renderer/state';
import {
  type Column,
  confidence,
  DOUBTFUL_BELOW,
  duration,
  type HeldKeys,
  percent,
  preciseClock,
  RoleChip,
  RowList,
  SliceWave,
} from '#renderer/ui';
import {
  isBestTake,
  MUCH_BLEED,
  rowBleed,
  rowMarks,
  rowName,
  rowOnset,
  rowRole,
  rowSeconds,
  rowSure,
  type SliceRow,
} from './slice-rows';

const COLUMNS: readonly Column[] = [
  { name: 'Slice', className: 'w-12' },
  { name: 'Position', className: 'w-18' },
  { name: 'What it is', className: 'w-30' },
  { name: 'Sound', className: 'flex-1' },
  { name: 'What it does', className: 'w-20' },
  { name: 'Sure', className: 'w-22' },
  { name: 'Length', className: 'w-16 text-right' },
  { name: 'Bleed', className: 'w-12 text-right' },
  { name: 'Take', className: 'w-18' },
  { name: 'Mark', className: 'w-34 truncate' },
];
/** The width of the Sound column in time: one scale for all, so that long ones look long. */
const SHOWN_SECONDS = 0.8;

interface SliceTableProps {
  readonly track: Track;
  readonly rows: readonly SliceRow[];
  readonly selected: number;
  readonly selection: ReadonlySet<string>;
  readonly onSelect: (index: number, held?: HeldKeys) => void;
  readonly onOpen: (index: number) => void;
}

export function SliceTable({ track, rows, selected, selection, onSelect, onOpen }: SliceTableProps) {
  return (
    <RowList
      label="Slices"
      columns={COLUMNS}
      rowCount={rows.length}
      rowHeight={32}
      selected={selected}
      isAlsoSelected={index => selection.has(rows[index]?.id ?? '')}
      rowKey={index => rows[index]?.id ?? String(index)}
      cells={(index, isSelected) => cellsOf(track, rows[index], isSelected)}
      onSelect={onSelect}
      onOpen={onOpen}
      keysPart="list"
      empty={<p className="p-4 text-ink-3">No slice is like that. Choose All to see every one.</p>}
    />
  );
}

function cellsOf(track: Track, row: SliceRow | undefined, isSelected: boolean): readonly React.ReactNode[] {
  if (!row) return [];
  const { hit } = row;
  const sure = rowSure(row) ?? (hit ? roleSure(hit) : undefined);
  const bleed = rowBleed(row);
  return [
    <span key="number" className="text-ink-3">
      {row.index + 1}
    </span>,
    placeInSong(track, rowOnset(row)) ?? preciseClock(rowOnset(row)),
    <RoleChip key="chip" role={rowRole(row)} name={rowName(row)} />,
    hit ? (
      <SliceWave
        key="wave"
        audio={hit.audio}
        token={isSelected ? '--ink-1' : '--wave'}
        seconds={SHOWN_SECONDS}
        className="h-6 w-full"
      />
    ) : null,
    ROLE_NAMES[rowRole(row)],
    sure === undefined ? (
      <span key="sure" className="text-ink-3">
        {row.like ? '' : 'not judged'}
      </span>
    ) : (
      <span key="sure" className="flex items-center gap-2">
        <span className="h-1 w-10 rounded-r1 bg-bg-3">
          <span
            className={`block h-full rounded-r1 ${sure < DOUBTFUL_BELOW ? 'bg-warn' : 'bg-ink-2'}`}
            style={{ width: `${sure * 100}%` }}
          />
        </span>
        <span className={sure < DOUBTFUL_BELOW ? 'text-warn' : ''}>{confidence(sure)}</span>
      </span>
    ),
    duration(rowSeconds(row)),
    <span key="bleed" className={bleed !== null && bleed >= MUCH_BLEED ? 'text-warn' : ''}>
      {bleed === null ? '' : percent(bleed)}
    </span>,
    <TakeCell key="take" row={row} />,
    <span key="mark" className="text-ink-2">
      {rowMarks(row)}
    </span>,
  ];
}

function TakeCell({ row }: { readonly row: SliceRow }) {
  const of = row.like?.quality?.take.of;
  const rank = row.twin?.rank;
  const take = row.hit?.quality?.take ?? (rank !== undefined && of !== undefined ? { rank, of } : null);
  if (!take || take.of === 1) return null;
  if (isBestTake(row))
    return (
      <span className="flex items-center gap-1" title={`Best of ${take.of} takes`}>
        <Award size={13} strokeWidth={1.6} aria-hidden="true" className="text-ok" />
        Best of {take.of}
      </span>
    );
  return (
    <span className="text-ink-3">
      {take.rank} of {take.of}
    </span>
  );
}
