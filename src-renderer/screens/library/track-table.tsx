import { Check, Ellipsis, Play, RefreshCw, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Track } from '#shared/model';
import type { JobView } from '#shared/protocol';
import {
  isRunning,
  isStopped,
  openScreen,
  openTrack,
  playTrack,
  useJobs,
  useLibrary,
  useView,
} from '#renderer/state';
import { clock, type Column, count, IconButton, RowList, Sure } from '#renderer/ui';
import { Overview } from './overview';

/** A track, or a song that is still on its way to become one. */
export type TrackRow =
  | { readonly kind: 'track'; readonly key: string; readonly name: string; readonly track: Track }
  | { readonly kind: 'job'; readonly key: string; readonly name: string; readonly job: JobView };

/** Below this the tempo asks to be checked. */
const TEMPO_DOUBTFUL_BELOW = 0.7;

const COLUMNS: readonly Column[] = [
  { name: 'Number', className: 'w-6', isHidden: true },
  { name: 'Name', className: 'flex-1' },
  { name: 'Overview', className: 'w-26' },
  { name: 'Length', className: 'w-14 text-right' },
  { name: 'BPM', className: 'w-14 text-right' },
  { name: 'Sure', className: 'w-10 text-right' },
  { name: 'Meter', className: 'w-12 text-right' },
  { name: 'State', className: 'w-30 pl-2' },
];

export function useTrackRows(filter: string): readonly TrackRow[] {
  const tracks = useLibrary(state => state.tracks);
  const jobs = useJobs(state => state.jobs);
  return useMemo(() => {
    const ids = new Set(tracks.map(track => track.id));
    const rows: TrackRow[] = tracks.map(track => ({ kind: 'track', key: track.id, name: track.name, track }));
    for (const job of jobs) {
      const isNew =
        job.kind === 'import-track' && !(job.made.trackId !== undefined && ids.has(job.made.trackId));
      if (isNew && (isRunning(job) || isStopped(job))) {
        rows.push({ kind: 'job', key: job.id, name: job.title, job });
      }
    }
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? rows : rows.filter(row => row.name.toLowerCase().includes(wanted));
  }, [tracks, jobs, filter]);
}

export function TrackTable({ rows }: { readonly rows: readonly TrackRow[] }) {
  const trackId = useView(state => state.trackId);
  const selected = rows.findIndex(row => row.kind === 'track' && row.track.id === trackId);
  return (
    <RowList
      label="Tracks"
      columns={COLUMNS}
      rowCount={rows.length}
      rowHeight={32}
      selected={selected}
      rowKey={index => rows[index]?.key ?? String(index)}
      cells={(index, isSelected) => cellsOf(rows[index], index, isSelected)}
      onSelect={index => {
        const row = rows[index];
        if (row?.kind === 'track') openTrack(row.track.id);
      }}
      onOpen={index => {
        if (rows[index]?.kind === 'track') openScreen('slices');
      }}
      empty={<p className="p-3 text-ink-3">No track is called that.</p>}
    />
  );
}

function cellsOf(row: TrackRow | undefined, index: number, isSelected: boolean): readonly React.ReactNode[] {
  if (!row) return [];
  const number = <span className="text-ink-3">{index + 1}</span>;
  const name = (
    <span className={`block truncate ${isSelected ? 'font-semibold' : ''}`} title={row.name}>
      {row.name}
    </span>
  );
  if (row.kind === 'job') {
    const none = <span className="text-ink-off">–</span>;
    return [
      number,
      name,
      <Overview key="wave" peaks={undefined} isStrong={false} />,
      none,
      none,
      none,
      none,
      jobState(row.job),
    ];
  }
  const { track } = row;
  const mix = track.stems.find(stem => stem.kind === 'mix') ?? track.stems[0];
  const { tempo } = track;
  return [
    isSelected ? (
      <IconButton
        key="play"
        small
        filled
        label={`Play ${track.name}`}
        keys="Space"
        onPress={() => void playTrack(track)}
      >
        <Play size={12} fill="currentColor" aria-hidden="true" />
      </IconButton>
    ) : (
      number
    ),
    name,
    <Overview key="wave" peaks={mix?.peaks} isStrong={isSelected} />,
    clock(track.seconds),
    tempo ? tempo.bpm.toFixed(2) : '–',
    tempo ? <Sure key="sure" value={tempo.confidence} /> : '–',
    tempo ? `${tempo.meter.numerator} / ${tempo.meter.denominator}` : '–',
    trackState(track),
  ];
}

function State(props: {
  readonly icon: typeof Check;
  readonly tone: string;
  readonly text: string;
  readonly quiet?: boolean;
}) {
  const { icon: Icon, tone, text, quiet = false } = props;
  return (
    <span className={`flex items-center gap-2 ${quiet ? 'text-ink-2' : tone}`}>
      <Icon size={14} strokeWidth={1.6} aria-hidden="true" className={tone} />
      <span className="truncate">{text}</span>
    </span>
  );
}

function trackState(track: Track): React.ReactNode {
  if (!track.tempo) return <State icon={TriangleAlert} tone="text-warn" text="No tempo" />;
  if (track.tempo.confidence < TEMPO_DOUBTFUL_BELOW) {
    return <State icon={TriangleAlert} tone="text-warn" text="Check tempo" />;
  }
  return <State icon={Check} tone="text-ok" text={count(track.hitCount, 'hit')} quiet />;
}

function jobState(job: JobView): React.ReactNode {
  if (job.state === 'waiting') return <State icon={Ellipsis} tone="text-ink-3" text="Queued" quiet />;
  if (isRunning(job))
    return <State icon={RefreshCw} tone="text-info" text={`${Math.floor(job.progress.fraction * 100)} %`} />;
  return <State icon={TriangleAlert} tone="text-bad" text="Failed" />;
}
