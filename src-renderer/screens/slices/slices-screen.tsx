import { AudioLines, Scissors } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Hit, ROLES_IN_ORDER, type Track } from '#shared/model';
import {
  attempt,
  loadHits,
  openHearing,
  openScreen,
  overrideRole,
  seekTrack,
  trackPosition,
  useCommands,
  useHits,
  useLibrary,
  useTrack,
} from '#renderer/state';
import { audition, auditionStretch } from '#renderer/playback';
import { Button, Empty, type HeldKeys, Loading } from '#renderer/ui';
import { SliceActions } from './slice-actions';
import { SliceInspector } from './slice-inspector';
import { rowOnset, rowSeconds, type SliceRow } from './slice-rows';
import { SliceTable } from './slice-table';
import { SlicesPicture } from './slices-picture';
import { SlicesToolbar } from './slices-toolbar';
import { snapToFoot, sourceOf, useStemDetail } from './use-stem-detail';
import type { Choosing } from './use-picture-pointer';
import { useSlices } from './use-slices';
import { scrolled, showing, spanOf, type TimeWindow, within, zoomed } from './window-of-time';

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
  useEffect(() => {
    if (trackId !== undefined) void attempt('Reading what was heard', () => openHearing(trackId));
  }, [trackId]);
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

const choosingBy = ({ shiftKey, ctrlKey, metaKey }: HeldKeys): Choosing =>
  shiftKey ? 'through' : ctrlKey || metaKey ? 'also' : 'one';

function Slices({ track, hits }: { readonly track: Track; readonly hits: readonly Hit[] }) {
  const slices = useSlices(track, hits);
  const { rows, onsets, list, place, current, selection, actions } = slices;
  const [window, setWindow] = useState<TimeWindow>(() => firstWindow(track, onsets));
  const stem = track.stems.find(one => one.kind === 'drums') ?? track.stems[0];
  const detail = useStemDetail(stem, window);

  const select = (row: SliceRow | undefined, how: Choosing = 'one'): void => {
    if (!row) return;
    slices.choose(row, how);
    setWindow(old => showing(old, rowOnset(row), rowOnset(row) + rowSeconds(row), track.seconds));
  };
  const listen = (row: SliceRow | null | undefined): void => {
    if (!row) return;
    if (row.hit) {
      const { hit } = row;
      void attempt('Auditioning', () => audition(hit));
    } else if (stem) {
      const { startFrame, onsetFrame } = row.planned;
      const end = onsetFrame + Math.round(rowSeconds(row) * track.sampleRate);
      void attempt('Auditioning', () =>
        auditionStretch(track.sampleRate, async () => ({
          sampleRate: track.sampleRate,
          channels: await (await sourceOf(stem.audio)).read(startFrame, end - startFrame),
        })),
      );
    }
  };
  const step =
    (by: number, how: Choosing = 'one') =>
    (): void => {
      const row = list[Math.min(list.length - 1, Math.max(0, place + by))];
      select(row, how);
      if (how === 'one') listen(row);
    };
  const setRole = (index: number | null) => (): void => {
    const role = index === null ? null : ROLES_IN_ORDER[index];
    const chosen = rows.filter(row => row === current || selection.has(row.id));
    if (role !== undefined) for (const { hit } of chosen) if (hit) void overrideRole(hit, role);
  };
  const zoom = (factor: number) => (): void => {
    const around = current ? rowOnset(current) : trackPosition();
    setWindow(old => zoomed(old, factor, Math.min(old.to, Math.max(old.from, around)), track.seconds));
  };
  const pan = (share: number) => (): void =>
    setWindow(old => scrolled(old, share * spanOf(old), track.seconds));
  const snap = async (): Promise<void> => {
    if (!current || !stem) return;
    const foot = await snapToFoot(stem, current.planned.onsetFrame);
    actions.move(current, foot);
  };
  useCommands({
    play: () => listen(current),
    'slice-next': step(1),
    'slice-previous': step(-1),
    'slice-also-next': step(1, 'through'),
    'slice-also-previous': step(-1, 'through'),
    'slices-all': slices.chooseAll,
    'slice-role-1': setRole(0),
    'slice-role-2': setRole(1),
    'slice-role-3': setRole(2),
    'slice-role-4': setRole(3),
    'slice-role-5': setRole(4),
    'slice-role-0': setRole(null),
    'slice-split': actions.split,
    'slice-merge': actions.merge,
    'slice-flam': actions.flam,
    'slice-delete': actions.remove,
    'slice-add': () => actions.add(Math.round(trackPosition() * track.sampleRate)),
    'slice-earlier': () => actions.nudge(-1),
    'slice-later': () => actions.nudge(1),
    'slice-earlier-5': () => actions.nudge(-5),
    'slice-later-5': () => actions.nudge(5),
    'slice-snap': () => void attempt('Reading the stem', snap),
    'slices-in': zoom(1 / 1.5),
    'slices-out': zoom(1.5),
    'slices-left': pan(-0.5),
    'slices-right': pan(0.5),
    'slices-whole': () => setWindow({ from: 0, to: track.seconds }),
  });

  return (
    <>
      <div className="flex min-w-0 flex-1 flex-col">
        <SlicesToolbar track={track} hasStrokes={slices.hasStrokes} />
        <SlicesPicture
          track={track}
          rows={rows}
          onsets={onsets}
          current={current}
          selection={selection}
          window={window}
          detail={detail}
          onWindow={setWindow}
          onChoose={(row, how) => {
            select(row, how);
            if (how === 'one') listen(row);
          }}
          onMove={actions.move}
          onAdd={frame => {
            actions.add(frame);
            seekTrack(track, frame / track.sampleRate);
          }}
        />
        {current ? (
          <SliceActions
            track={track}
            current={current}
            chosenCount={Math.max(1, selection.size)}
            filter={slices.filter}
            sort={slices.sort}
            onFilter={slices.setFilter}
            onSort={slices.setSort}
          />
        ) : null}
        {rows.length > 0 ? (
          <section
            aria-label="List of slices"
            data-panel=""
            className="flex h-75 min-h-0 shrink flex-col bg-bg-1"
          >
            <SliceTable
              track={track}
              rows={list}
              selected={place}
              selection={selection}
              onSelect={(index, held) => select(list[index], held ? choosingBy(held) : 'one')}
              onOpen={index => listen(list[index])}
            />
          </section>
        ) : (
          <NoSlices wasHeard={hits.length > 0} />
        )}
      </div>
      {current ? <SliceInspector track={track} row={current} onAudition={() => listen(current)} /> : null}
    </>
  );
}

function NoSlices({ wasHeard }: { readonly wasHeard: boolean }) {
  return (
    <div className="flex h-75 shrink-0 border-t border-line bg-bg-1">
      <Empty icon={Scissors} title="No slices">
        {wasHeard
          ? 'At this sensitivity no stroke counts. Raise it, undo, or double-click the waveform where one begins.'
          : 'No drum hits were found in this track. Raise the sensitivity, or double-click the waveform where one begins.'}
      </Empty>
    </div>
  );
}

const firstWindow = (track: Track, onsets: readonly number[]): TimeWindow =>
  within({ from: (onsets[0] ?? 0) - 0.2, to: (onsets[0] ?? 0) - 0.2 + FIRST_SECONDS }, track.seconds);
