import { type Hit, ROLE_NAMES, type Track } from '#shared/model';
import {
  flamMilliseconds,
  hitName,
  instrumentName,
  instrumentSure,
  onsetSeconds,
  placeInSong,
  roleOf,
  roleSure,
  sliceSeconds,
} from '#renderer/state';
import {
  type Column,
  confidence,
  DOUBTFUL_BELOW,
  duration,
  preciseClock,
  RoleChip,
  RowList,
  SliceWave,
} from '#renderer/ui';

const COLUMNS: readonly Column[] = [
  { name: 'Slice', className: 'w-10' },
  { name: 'Position', className: 'w-18' },
  { name: 'What it is', className: 'w-30' },
  { name: 'Sound', className: 'flex-1' },
  { name: 'What it does', className: 'w-20' },
  { name: 'Sure', className: 'w-26' },
  { name: 'Length', className: 'w-16 text-right' },
  { name: 'Mark', className: 'w-24' },
];
/** The width of the Sound column in time: one scale for all, so that long ones look long. */
const SHOWN_SECONDS = 0.8;

interface SliceTableProps {
  readonly track: Track;
  readonly hits: readonly Hit[];
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onOpen: (index: number) => void;
}

export function SliceTable({ track, hits, selected, onSelect, onOpen }: SliceTableProps) {
  return (
    <RowList
      label="Slices"
      columns={COLUMNS}
      rowCount={hits.length}
      rowHeight={32}
      selected={selected}
      rowKey={index => hits[index]?.id ?? String(index)}
      cells={(index, isSelected) => cellsOf(track, hits[index], isSelected)}
      onSelect={onSelect}
      onOpen={onOpen}
      keysPart="list"
    />
  );
}

function cellsOf(track: Track, hit: Hit | undefined, isSelected: boolean): readonly React.ReactNode[] {
  if (!hit) return [];
  const sure = instrumentSure(hit) ?? roleSure(hit);
  return [
    <span key="number" className="text-ink-3">
      {hit.index + 1}
    </span>,
    placeInSong(track, onsetSeconds(hit)) ?? preciseClock(onsetSeconds(hit)),
    <RoleChip key="chip" role={roleOf(hit)} name={instrumentName(hit)} />,
    <SliceWave
      key="wave"
      audio={hit.audio}
      token={isSelected ? '--ink-1' : '--wave'}
      seconds={SHOWN_SECONDS}
      className="h-6 w-full"
    />,
    ROLE_NAMES[roleOf(hit)],
    sure === undefined ? (
      <span key="sure" className="text-ink-3">
        not judged
      </span>
    ) : (
      <span key="sure" className="flex items-center gap-2">
        <span className="h-1 w-15 rounded-r1 bg-bg-3">
          <span
            className={`block h-full rounded-r1 ${sure < DOUBTFUL_BELOW ? 'bg-warn' : 'bg-ink-2'}`}
            style={{ width: `${sure * 100}%` }}
          />
        </span>
        <span className={sure < DOUBTFUL_BELOW ? 'text-warn' : ''}>{confidence(sure)}</span>
      </span>
    ),
    duration(sliceSeconds(hit)),
    <span key="mark" className="text-ink-2" title={hitName(hit)}>
      {marks(hit)}
    </span>,
  ];
}

function marks(hit: Hit): string {
  const words = [];
  if (hit.override?.role) words.push('Your role');
  if (flamMilliseconds(hit) !== null) words.push('Flam');
  return words.join(', ');
}
