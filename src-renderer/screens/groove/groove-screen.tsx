import { AudioLines, Grip } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Pattern, ROLE_NAMES } from '#shared/model';
import {
  generate,
  type Lane,
  openPattern,
  openScreen,
  useDocument,
  useLibrary,
  useShownPattern,
  useView,
  setView,
} from '#renderer/state';
import { Button, Empty, Loading, Segments } from '#renderer/ui';
import { useLanes } from './grid-state';
import { GrooveToolbar } from './groove-toolbar';
import { HitStrip } from './hit-strip';
import { LaneHeads } from './lane-heads';
import { SidePanel } from './side-panel';
import { type GridView, StepGrid, type StepGridHandle } from './step-grid';
import { useGrooveCommands } from './use-groove-commands';
import { VelocityLane } from './velocity-lane';

const OFFSET_SCALES = [
  { value: '1', name: '×1' },
  { value: '2', name: '×2' },
  { value: '4', name: '×4' },
] as const;

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
      <SidePanel />
    </>
  );
}

function Editor({ pattern }: { readonly pattern: Pattern }) {
  const lanes = useLanes();
  const grid = useRef<StepGridHandle>(null);
  const [view, setGridView] = useState<GridView>({ scrollLeft: 0, scrollTop: 0, width: 0, rowHeight: 54 });
  const offsetScale = useView(state => state.offsetScale);
  const stepWidth = useView(state => state.stepWidth);
  const cursorLane = useDocument(state => state.cursor.lane);
  const lane = lanes.find(one => one.key === cursorLane) ?? lanes[0];
  useGrooveCommands(lanes);
  useCursorOnALane(lanes);
  const onScroll = useCallback((px: number) => grid.current?.scrollBy(px), []);
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <GrooveToolbar pattern={pattern} />
      <div data-panel="" className="flex min-h-0 flex-1">
        <div className="flex w-46 shrink-0 flex-col border-r border-line bg-bg-1 wide:w-49">
          <div className="flex h-9 shrink-0 items-center justify-between border-b border-line pr-2 pl-3">
            <span className="type-label text-ink-3">Offset bars</span>
            <Segments
              label="Offset bars, times true scale"
              small
              value={offsetScale}
              choices={OFFSET_SCALES}
              onChange={value => setView({ offsetScale: value })}
            />
          </div>
          <LaneHeads
            pattern={pattern}
            lanes={lanes}
            rowHeight={view.rowHeight}
            scrollTop={view.scrollTop}
            onScroll={onScroll}
          />
        </div>
        <StepGrid pattern={pattern} lanes={lanes} onView={setGridView} handle={grid} />
      </div>
      <HitStrip pattern={pattern} lanes={lanes} />
      {lane ? (
        <section aria-label={`Velocity of ${lane.name}`} className="flex h-19 shrink-0 tall:h-28">
          <div className="relative w-46 shrink-0 border-r border-line bg-bg-1 py-2 pr-2 pl-3 wide:w-49">
            <b className="block type-strong">Velocity</b>
            <span className="block truncate text-ink-3">
              {lane.name}, {ROLE_NAMES[lane.role].toLowerCase()}
            </span>
            <span className="absolute top-1/2 right-2 hidden -translate-y-1/2 [font:500_11px/12px_var(--font-ui)] text-ink-3 tall:block">
              64
            </span>
            <span className="absolute right-2 bottom-1 [font:500_11px/12px_var(--font-ui)] text-ink-3">
              1
            </span>
          </div>
          <VelocityLane pattern={pattern} lane={lane} scrollLeft={view.scrollLeft} stepWidth={stepWidth} />
        </section>
      ) : null}
    </div>
  );
}

/** The cursor stands on a row that exists, so that Tab reaches the grid at once. */
function useCursorOnALane(lanes: readonly Lane[]): void {
  const cursorLane = useDocument(state => state.cursor.lane);
  useEffect(() => {
    const [first] = lanes;
    if (!first || lanes.some(lane => lane.key === cursorLane)) return;
    useDocument.setState(({ cursor }) => ({ cursor: { lane: first.key, tick: cursor.tick } }));
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
