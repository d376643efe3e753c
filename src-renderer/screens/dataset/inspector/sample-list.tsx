import { RowList } from '#renderer/ui';
import { spoken, TIER_NAMES } from '../names';
import { entryOf, openAt, useInspector } from './inspector-store';
import { entryAt } from './pages';

const COLUMNS = [
  { name: 'Sample', className: 'min-w-0 flex-1 truncate type-mono' },
  { name: 'Tier', className: 'w-24 truncate text-ink-2' },
  { name: 'BPM', className: 'w-10 text-right' },
  { name: 'Kit', className: 'w-20 truncate text-ink-2' },
  { name: 'Room', className: 'w-30 truncate text-ink-2' },
  { name: 'Score', className: 'w-12 text-right' },
] as const;

/** The index as a table; of 100 000 rows those in sight are asked for. */
export function SampleList() {
  const { pages, index } = useInspector();
  return (
    <div className="flex h-46 shrink-0 border-b border-line">
      <RowList
        label="Samples"
        columns={COLUMNS}
        rowCount={pages.total}
        rowHeight={26}
        selected={index}
        rowKey={row => String(entryAt(pages, row)?.number ?? `row ${row}`)}
        cells={row => {
          const entry = entryOf(row);
          if (!entry) return ['…', '', '', '', '', ''];
          return [
            entry.id,
            TIER_NAMES[entry.tier],
            entry.tempo,
            entry.kit ?? '–',
            entry.preset === null ? '–' : spoken(entry.preset),
            Math.round(entry.overall),
          ];
        }}
        onSelect={row => void openAt(row)}
      />
    </div>
  );
}
