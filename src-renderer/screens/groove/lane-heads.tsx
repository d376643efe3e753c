import { Lock, LockOpen } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { laneSetting, type Pattern, ROLE_NAMES } from '#shared/model';
import {
  isLaneMuted,
  keyOfRow,
  keysOf,
  type Lane,
  notesOfLane,
  toggleLock,
  toggleSolo,
  useDocument,
  useLocks,
  useRecording,
} from '#renderer/state';
import { classNames, count, RoleGlyph, Tip } from '#renderer/ui';
import { carryOut } from './grid-state';
import { openGrooveDialog } from './groove-dialogs';
import { gridText, rowSteps, toggleMute } from './row-gestures';

/** The name of each row and what acts on the whole of it. */
export function LaneHeads(props: {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly onScroll: (px: number) => void;
}) {
  const { pattern, lanes, rowHeight, scrollTop, onScroll } = props;
  return (
    <div className="min-h-0 flex-1 overflow-hidden" onWheel={event => onScroll(event.deltaY)}>
      <div style={{ transform: `translateY(${-scrollTop}px)` }}>
        {lanes.map((lane, row) => (
          <LaneHead key={lane.key} pattern={pattern} lane={lane} row={row} height={rowHeight} />
        ))}
      </div>
    </div>
  );
}

function LaneHead({
  pattern,
  lane,
  row,
  height,
}: {
  readonly pattern: Pattern;
  readonly lane: Lane;
  readonly row: number;
  readonly height: number;
}) {
  const isCursor = useDocument(state => state.cursor.lane === lane.key);
  const isSolo = useDocument(state => state.soloed.has(lane.key));
  const isLocked = useLocks(state => state.rows.has(lane.key));
  const isMuted = isLaneMuted(notesOfLane(pattern, lane.key));
  const role = ROLE_NAMES[lane.role];
  const facts = factsOf(pattern, lane);
  return (
    <div
      role="group"
      aria-label={lane.spokenName}
      style={{ height }}
      className={classNames('flex items-center gap-1 border-b border-line pr-2 pl-3', isCursor && 'bg-bg-2')}
    >
      <LiveKey lane={lane} row={row} />
      <AriaButton
        onPress={() => openGrooveDialog({ kind: 'row', lane: lane.key })}
        className="focus-ring ml-0.5 min-w-0 flex-1 rounded-[3px] px-0.5 text-left data-[hovered]:bg-bg-3"
      >
        <b className={classNames('block truncate type-strong', isMuted && 'text-ink-3')} title={lane.name}>
          {lane.name}
        </b>
        {facts === '' ? (
          <span className="hidden gap-1.5 [font:500_11px/14px_var(--font-ui)] text-ink-3 tall:flex">
            {role} <span>{lane.note}</span>
          </span>
        ) : (
          <span className="block truncate [font:500_11px/14px_var(--font-ui)] text-ink-2">{facts}</span>
        )}
        <span className="sr-only">, grid, length and instrument</span>
      </AriaButton>
      <Tip
        text={
          isLocked
            ? `${lane.spokenName} stays as it is`
            : `Lock ${lane.spokenName}: no edit and no take changes it`
        }
      >
        <AriaButton
          aria-label={`Lock ${lane.spokenName}`}
          aria-pressed={isLocked}
          onPress={() => toggleLock(lane.key)}
          className={classNames(
            'focus-ring grid size-5 place-items-center rounded-[3px] data-[hovered]:text-ink-1',
            isLocked ? 'text-ink-1' : 'text-edge',
          )}
        >
          {isLocked ? (
            <Lock size={13} strokeWidth={1.6} aria-hidden="true" />
          ) : (
            <LockOpen size={13} strokeWidth={1.4} aria-hidden="true" />
          )}
        </AriaButton>
      </Tip>
      <Letter
        letter="M"
        label={`Mute ${lane.spokenName}`}
        keys={keysOf('mute-row')}
        isOn={isMuted}
        lit="bg-warn text-ink-inv"
        onPress={() => carryOut(toggleMute(pattern, lane))}
      />
      <Letter
        letter="S"
        label={`Solo ${lane.spokenName}`}
        keys={keysOf('solo-row')}
        isOn={isSolo}
        lit="bg-ink-1 text-ink-inv"
        onPress={() => toggleSolo(lane.key)}
      />
    </div>
  );
}

/** The row's sign; the key that plays it while recording is armed, lit when it is struck. */
function LiveKey({ lane, row }: { readonly lane: Lane; readonly row: number }) {
  const isArmed = useRecording(state => state.isArmed);
  const stroke = useRecording(({ struck }) => {
    const isOwn = struck && (struck.lane === lane.key || lane.parts.some(({ key }) => key === struck.lane));
    return isOwn ? struck.stroke : 0;
  });
  const key = isArmed ? keyOfRow(row) : null;
  if (key === null) return <RoleGlyph role={lane.role} />;
  return (
    <span
      key={stroke}
      className={classNames(
        '-ml-1 grid h-5 w-4.5 shrink-0 place-items-center rounded-[3px] border border-edge [font:600_11px/14px_var(--font-ui)]',
        stroke > 0 && 'animate-struck',
      )}
    >
      <span className="sr-only">key </span>
      {key}
    </span>
  );
}

/** What of a row is not as usual: its steps, and after how many of them it begins again. */
function factsOf(pattern: Pattern, lane: Lane): string {
  const { grid, length } = laneSetting(pattern, lane);
  const isPlain = grid.every(division => division === '16');
  const words = [
    isPlain ? '' : gridText(grid),
    length === null ? '' : `${isPlain ? '' : '× '}${count(rowSteps(pattern, lane), 'step')}`,
  ];
  return words.filter(text => text !== '').join(' ');
}

function Letter(props: {
  readonly letter: string;
  readonly label: string;
  readonly keys: string;
  readonly isOn: boolean;
  readonly lit: string;
  readonly onPress: () => void;
}) {
  const { letter, label, keys, isOn, lit, onPress } = props;
  return (
    <Tip text={label} keys={keys}>
      <AriaButton
        aria-label={label}
        aria-pressed={isOn}
        onPress={onPress}
        className={classNames(
          'focus-ring grid size-5 place-items-center rounded-[3px] [font:600_11px/14px_var(--font-ui)]',
          isOn ? lit : 'bg-bg-2 text-ink-3 data-[hovered]:bg-bg-3',
        )}
      >
        {letter}
      </AriaButton>
    </Tip>
  );
}
