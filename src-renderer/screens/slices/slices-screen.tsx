import { AudioLines, Drum, Maximize2, Minus, Plus, Scissors } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { type Hit, ROLES_IN_ORDER, type Track } from '#shared/model';
import {
  attempt,
  drumsToPattern,
  instrumentName,
  keysOf,
  loadHits,
  onsetSeconds,
  openScreen,
  openTrack,
  overrideRole,
  placeInSong,
  sliceSeconds,
  trackPosition,
  useCommands,
  useHits,
  useLibrary,
  useTrack,
} from '#renderer/state';
import { audition } from '#renderer/playback';
import {
  Button,
  count,
  duration,
  Empty,
  IconButton,
  Keys,
  Loading,
  Picker,
  preciseClock,
  Tip,
} from '#renderer/ui';
import { SliceInspector } from './slice-inspector';
import { SliceTable } from './slice-table';
import { SlicesPicture } from './slices-picture';
import { showing, type TimeWindow, within, zoomed } from './window-of-time';

const FIRST_SECONDS = 4;

export function SlicesScreen() {
  const track = useTrack();
  const status = useLibrary(state => state.status);
  const hits = useHits(track?.id ?? null);
  const trackId = track?.id;
  useEffect(() => {
    if (trackId !== undefined && hits === undefined)
      void attempt('Reading the slices', () => loadHits(trackId));
  }, [trackId, hits]);
  if (!track) {
    if (status === 'loading') return <Loading label="Reading the library" />;
    return (
      <Empty
        icon={AudioLines}
        title="No track chosen"
        actions={
          <Button look="primary" onPress={() => openScreen('library')}>
            Open Library
          </Button>
        }
      >
        Choose a track in the library, or drop a song there: its slices show here.
      </Empty>
    );
  }
  if (hits === undefined) return <Loading label="Reading the slices" />;
  return <Slices key={track.id} track={track} hits={hits} />;
}

function Slices({ track, hits: unsorted }: { readonly track: Track; readonly hits: readonly Hit[] }) {
  const hits = useMemo(() => unsorted.toSorted((a, b) => a.onsetFrame - b.onsetFrame), [unsorted]);
  const onsets = useMemo(() => hits.map(onsetSeconds), [hits]);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [window, setWindow] = useState<TimeWindow>(() => firstWindow(track, onsets));
  const selected = Math.max(
    0,
    hits.findIndex(hit => hit.id === selectedId),
  );
  const hit = hits[selected] ?? null;

  const select = (index: number): void => {
    const next = hits[index];
    if (!next) return;
    setSelectedId(next.id);
    const onset = onsetSeconds(next);
    setWindow(old => showing(old, onset, onset + sliceSeconds(next), track.seconds));
  };
  const listen = (one: Hit | null): void => {
    if (one) void attempt('Auditioning', () => audition(one));
  };
  const choose = (index: number): void => {
    select(index);
    listen(hits[index] ?? null);
  };
  const setRole = (index: number | null) => (): void => {
    const role = index === null ? null : ROLES_IN_ORDER[index];
    if (hit && role !== undefined) void overrideRole(hit, role);
  };
  const zoom = (factor: number): void => {
    const around = hit ? onsetSeconds(hit) : trackPosition();
    setWindow(old => zoomed(old, factor, Math.min(old.to, Math.max(old.from, around)), track.seconds));
  };
  useCommands({
    play: () => listen(hit),
    'slice-next': () => choose(Math.min(hits.length - 1, selected + 1)),
    'slice-previous': () => choose(Math.max(0, selected - 1)),
    'slice-role-1': setRole(0),
    'slice-role-2': setRole(1),
    'slice-role-3': setRole(2),
    'slice-role-4': setRole(3),
    'slice-role-5': setRole(4),
    'slice-role-0': setRole(null),
    'slices-in': () => zoom(1 / 1.5),
    'slices-out': () => zoom(1.5),
  });

  return (
    <>
      <div className="flex min-w-0 flex-1 flex-col">
        <div
          role="toolbar"
          aria-label="Slices"
          className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-bg-1 px-3 whitespace-nowrap"
        >
          <TrackPicker track={track} />
          <span className="text-ink-3">
            {track.stems.some(stem => stem.kind === 'drums') ? 'Drums' : 'Mix'}
          </span>
          <span className="h-6 w-px bg-line" />
          <span className="truncate text-ink-2">{summary(hits)}</span>
          <span className="flex-1" />
          <Tip text="The groove that is played, with its feel" keys={keysOf('drums-to-pattern')}>
            <Button onPress={() => void drumsToPattern(track, 'typical')} isDisabled={!track.tempo}>
              <Drum size={15} strokeWidth={1.4} aria-hidden="true" />
              Drums to pattern
            </Button>
          </Tip>
          <IconButton label="Zoom out" keys="-" onPress={() => zoom(1.5)}>
            <Minus size={16} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
          <IconButton label="Zoom in" keys="+" onPress={() => zoom(1 / 1.5)}>
            <Plus size={16} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
          <IconButton label="Whole track" onPress={() => setWindow({ from: 0, to: track.seconds })}>
            <Maximize2 size={14} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
        </div>
        <SlicesPicture
          track={track}
          hits={hits}
          onsets={onsets}
          selected={hit}
          window={window}
          onWindow={setWindow}
          onChoose={choose}
        />
        {hit ? (
          <>
            <div className="flex h-10 shrink-0 items-center gap-2 overflow-hidden border-y border-line bg-bg-1 px-3 whitespace-nowrap">
              <b className="type-strong">Slice {hit.index + 1}</b>
              <span className="truncate text-ink-3">{describe(track, hit)}</span>
              <span className="flex-1" />
              <Hint keys="Space">Audition</Hint>
              <Hint keys="ArrowLeft">
                <Keys keys="ArrowRight" /> Slice to slice
              </Hint>
              <Hint keys="1">to 5 Role</Hint>
            </div>
            <section
              aria-label="List of slices"
              data-panel=""
              className="flex h-75 min-h-0 shrink flex-col bg-bg-1"
            >
              <SliceTable track={track} hits={hits} selected={selected} onSelect={select} onOpen={choose} />
            </section>
          </>
        ) : (
          <NoSlices />
        )}
      </div>
      {hit ? <SliceInspector track={track} hit={hit} onAudition={() => listen(hit)} /> : null}
    </>
  );
}

function Hint({ keys, children }: { readonly keys: string; readonly children: React.ReactNode }) {
  return (
    <span className="hidden items-center gap-1.5 text-ink-2 wide:flex">
      <Keys keys={keys} />
      {children}
    </span>
  );
}

function TrackPicker({ track }: { readonly track: Track }) {
  const tracks = useLibrary(state => state.tracks);
  return (
    <Picker
      label="Track"
      value={track.id}
      choices={tracks.map(one => ({ value: one.id, name: one.name }))}
      onChange={openTrack}
      strong
      className="w-48"
    />
  );
}

function NoSlices() {
  return (
    <div className="flex h-75 shrink-0 border-t border-line bg-bg-1">
      <Empty icon={Scissors} title="No slices">
        No drum hits were found in this track. A song with drums, or a drum loop, gives slices.
      </Empty>
    </div>
  );
}

const firstWindow = (track: Track, onsets: readonly number[]): TimeWindow =>
  within({ from: (onsets[0] ?? 0) - 0.2, to: (onsets[0] ?? 0) - 0.2 + FIRST_SECONDS }, track.seconds);

function summary(hits: readonly Hit[]): string {
  const own = hits.filter(hit => hit.override?.role !== undefined).length;
  const flams = hits.filter(hit => hit.flamFrames !== null).length;
  const alike = hits.reduce((sum, hit) => sum + hit.duplicates.length, 0);
  const parts = [count(hits.length, 'slice')];
  if (alike > 0) parts.push(`${alike} more that sound alike left out`);
  if (flams > 0) parts.push(count(flams, 'flam'));
  if (own > 0) parts.push(`${own} with your role`);
  return parts.join(', ');
}

function describe(track: Track, hit: Hit): string {
  const onset = onsetSeconds(hit);
  const place = placeInSong(track, onset);
  return [instrumentName(hit), place, preciseClock(onset), duration(sliceSeconds(hit))]
    .filter(Boolean)
    .join(', ');
}
