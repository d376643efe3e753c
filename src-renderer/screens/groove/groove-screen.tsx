import { AudioLines, Grip, ListMusic, Rows3 } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react';
import { isHeard } from '#shared/mix';
import { type Pattern, ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import {
  addOpenGroove,
  generate,
  keysOf,
  type Lane,
  openPattern,
  openScreen,
  runCommand,
  toggleArmed,
  toggleSong,
  useCommands,
  useDocument,
  useLibrary,
  useRecording,
  useShownPattern,
  useView,
  setView,
} from '#renderer/state';
import { Button, classNames, Empty, IconButton, Loading, Segments } from '#renderer/ui';
import { EditAnnouncer } from './edit-announcer';
import { useGridRows } from './grid-rows-state';
import { useLanes } from './grid-state';
import { openBarMenu, openHitMenu } from './groove-dialogs';
import { GrooveOverlays } from './groove-overlays';
import { GrooveToolbar } from './groove-toolbar';
import { HitStrip } from './hit-strip';
import { LaneHeads } from './lane-heads';
import { MixerPanel } from './mixer-panel';
import { RecordBar } from './record-bar';
import { SidePanel } from './side-panel';
import { SongStrip } from './song-strip';
import { type GridView, StepGrid, type StepGridHandle } from './step-grid';
import { useGrooveCommands } from './use-groove-commands';
import { VALUE_KINDS } from './value-kinds';
import { ValueLane, type ValueLaneHandle } from './value-lane';

const OFFSET_SCALES = [
  { value: '1', name: '×1' },
  { value: '2', name: '×2' },
  { value: '4', name: '×4' },
] as const;

const UNDER_GRID = [
  { value: 'velocity', name: 'Velocity' },
  { value: 'chance', name: 'Chance' },
  { value: 'mixer', name: 'Mixer' },
] as const;
const UNDER_GRID_SILENCED = UNDER_GRID.map(choice =>
  choice.value === 'mixer' ? { ...choice, name: 'Mixer •' } : choice,
);

export function GrooveScreen() {
  const pattern = useShownPattern();
  const status = useLibrary(state => state.status);
  return (
    <>
      {pattern ? (
        <Editor pattern={pattern} />
      ) : status === 'loading' ? (
        <Loading label="Reading the groove" />
      ) : (
        <NoPattern />
      )}
      <Side />
    </>
  );
}

const Side = memo(SidePanel);
const Toolbar = memo(GrooveToolbar);
const Heads = memo(LaneHeads);
const Strip = memo(HitStrip);

function Editor({ pattern }: { readonly pattern: Pattern }) {
  const lanes = useLanes();
  const grid = useRef<StepGridHandle>(null);
  const values = useRef<ValueLaneHandle>(null);
  const [view, setGridView] = useState<GridView>({ scrollTop: 0, rowHeight: 54 });
  const by = useView(state => state.rows);
  const underGrid = useView(state => state.underGrid);
  const isMixerOpen = useView(state => state.isMixerOpen);
  const isSongOpen = useView(state => state.isSongOpen);
  const isArmed = useRecording(state => state.isArmed);
  const rows = useGridRows(pattern, lanes);
  // The picture is first; what says the same in fields and buttons may come a frame later.
  const settled = useDeferredValue(pattern);
  const cursorLane = useDocument(state => state.cursor.lane);
  const lane = lanes.find(one => one.key === cursorLane) ?? lanes[0];
  useGrooveCommands(lanes);
  useCursorOnALane(lanes);
  useCommands({
    'switch-rows': () => setView({ rows: useView.getState().rows === 'roles' ? 'instruments' : 'roles' }),
    song: () => setView({ isSongOpen: !useView.getState().isSongOpen }),
    'song-play': toggleSong,
    record: toggleArmed,
    'song-add': () => {
      setView({ isSongOpen: true });
      void addOpenGroove();
    },
    mixer: () => setView({ isMixerOpen: !useView.getState().isMixerOpen }),
    'switch-lane': () =>
      setView({ underGrid: useView.getState().underGrid === 'velocity' ? 'chance' : 'velocity' }),
  });
  const onScroll = useCallback((px: number) => grid.current?.scrollBy(px), []);
  const onScrollLeft = useCallback((left: number) => values.current?.scrollTo(left), []);
  const { lines } = VALUE_KINDS[underGrid];
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <Toolbar pattern={settled} />
      {isSongOpen ? <SongStrip /> : null}
      {isArmed ? <RecordBar /> : null}
      <div data-panel="" className="flex min-h-0 flex-1">
        <div className="flex w-46 shrink-0 flex-col border-r border-line bg-bg-1 wide:w-49">
          <HowRowsAre />
          <Heads
            pattern={settled}
            lanes={lanes}
            rowHeight={view.rowHeight}
            scrollTop={view.scrollTop}
            onScroll={onScroll}
          />
        </div>
        <StepGrid
          rows={rows}
          lanes={lanes}
          onView={setGridView}
          onScroll={onScrollLeft}
          handle={grid}
          onMenu={openHitMenu}
          onRulerMenu={openBarMenu}
        />
      </div>
      <Strip pattern={settled} lanes={lanes} />
      <GrooveOverlays pattern={pattern} lanes={lanes} />
      {isMixerOpen ? (
        <MixerPanel mix={pattern.mix} switcher={<UnderGrid />} />
      ) : lane ? (
        <section
          aria-label={`${VALUE_KINDS[underGrid].name} of ${lane.name}`}
          className="flex h-19 shrink-0 tall:h-28"
        >
          <div className="relative w-46 shrink-0 border-r border-line bg-bg-1 py-2 pr-2 pl-2 wide:w-49">
            <UnderGrid />
            <span className="mt-1 block truncate pl-1 text-ink-3">
              {lane.name}
              {by === 'roles' ? '' : `, ${ROLE_NAMES[lane.role].toLowerCase()}`}
            </span>
            {lines.slice(0, -1).map(value => (
              <span
                key={value}
                className={classNames(
                  'absolute right-2 [font:500_11px/12px_var(--font-ui)] text-ink-3',
                  value === lines[0] ? 'bottom-1' : 'top-1/2 hidden -translate-y-1/2 tall:block',
                )}
              >
                {value}
              </span>
            ))}
          </div>
          <ValueLane rows={rows} lane={lane} lanes={lanes} handle={values} />
        </section>
      ) : null}
      <EditAnnouncer />
    </div>
  );
}

/** What the rows are, and how long their offset bars. */
const HowRowsAre = memo(function HowRowsAre() {
  const offsetScale = useView(state => state.offsetScale);
  const by = useView(state => state.rows);
  const isSongOpen = useView(state => state.isSongOpen);
  return (
    <div className="flex h-9 shrink-0 items-center justify-between border-b border-line pr-2 pl-3">
      <IconButton
        label={by === 'roles' ? 'One row for each instrument' : 'One row for each role'}
        keys={keysOf('switch-rows')}
        on={by === 'roles'}
        small
        onPress={() => runCommand('switch-rows')}
      >
        <Rows3 size={15} strokeWidth={1.5} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Song above the grid"
        keys={keysOf('song')}
        on={isSongOpen}
        small
        onPress={() => runCommand('song')}
      >
        <ListMusic size={15} strokeWidth={1.5} aria-hidden="true" />
      </IconButton>
      <Segments
        label="Offset bars, times true scale"
        small
        value={offsetScale}
        choices={OFFSET_SCALES}
        onChange={value => setView({ offsetScale: value })}
      />
    </div>
  );
});

/** What lies under the grid. */
const UnderGrid = memo(function UnderGrid() {
  const shown = useView(state => (state.isMixerOpen ? 'mixer' : state.underGrid));
  const mix = useShownPattern()?.mix;
  // A bus that is silenced must not be forgotten behind the velocities.
  const isSilenced = mix !== undefined && ROLES_IN_ORDER.some(role => !isHeard(mix, role));
  return (
    <Segments
      label="Under the grid"
      small
      value={shown}
      choices={isSilenced ? UNDER_GRID_SILENCED : UNDER_GRID}
      onChange={value =>
        setView(value === 'mixer' ? { isMixerOpen: true } : { isMixerOpen: false, underGrid: value })
      }
    />
  );
});

/** The cursor stands on a row that exists, so that Tab reaches the grid at once. */
function useCursorOnALane(lanes: readonly Lane[]): void {
  const cursorLane = useDocument(state => state.cursor.lane);
  useEffect(() => {
    const [first] = lanes;
    if (!first || lanes.some(lane => lane.key === cursorLane)) return;
    // Between rows of roles and of instruments the cursor stays in its role.
    const role = cursorLane.split(' ')[0];
    const to = lanes.find(lane => lane.role === role) ?? first;
    useDocument.setState(({ cursor }) => ({ cursor: { lane: to.key, tick: cursor.tick } }));
  }, [lanes, cursorLane]);
}

function NoPattern() {
  const kits = useLibrary(state => state.kits);
  const patterns = useLibrary(state => state.patterns);
  const [newest] = patterns.toReversed();
  if (kits.length === 0) {
    return (
      <Empty
        icon={AudioLines}
        title="No kit yet"
        actions={
          <Button look="primary" onPress={() => openScreen('library')}>
            Open Library
          </Button>
        }
      >
        A groove plays a kit, and a kit comes from a song. Drop one in the library.
      </Empty>
    );
  }
  return (
    <Empty
      icon={Grip}
      title="No groove open"
      actions={
        <>
          <Button look="primary" onPress={() => void generate()}>
            Generate a groove
          </Button>
          {newest ? (
            <Button look="line" onPress={() => openPattern(newest.id)}>
              Open {newest.name}
            </Button>
          ) : null}
        </>
      }
    >
      The kit is ready. Generate a groove from a seed, then move its hits on the grid.
    </Empty>
  );
}
