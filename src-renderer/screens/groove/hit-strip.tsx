import { memo, useDeferredValue } from 'react';
import { extentOf } from '#shared/base';
import { MOST_RATCHETS, type Note, type NoteId, ORNAMENTS, type Pattern } from '#shared/model';
import { midiVelocity } from '#shared/units';
import { isOnLane, keysOf, type Lane, useDocument } from '#renderer/state';
import { count, Keys, NumberField, Picker, plain, signed } from '#renderer/ui';
import {
  addVelocity,
  MOST_OFFSET_MS,
  nudge,
  setChances,
  setOffsets,
  setOrnament,
  setRatchet,
  setRow,
  setVelocities,
} from './gestures';
import { carryOut } from './grid-state';
import { offsetOf, ORNAMENT_NAMES, selectionName } from './hit-words';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** "110–118": from the least to the most, when they differ. */
function range(values: readonly number[], text: (value: number) => string): string | undefined {
  const extent = extentOf(values);
  if (!extent) return undefined;
  const [low, high] = [text(extent.least), text(extent.most)];
  return low === high ? undefined : `${low}–${high}`;
}

/** What all values are; null when they differ. */
function common<Value>(values: readonly Value[]): Value | null {
  const [first] = values;
  return first !== undefined && values.every(value => value === first) ? first : null;
}

/** What is selected, in numbers that can be typed. With several hits "+5" moves each by 5. */
export function HitStrip({ pattern, lanes }: { readonly pattern: Pattern; readonly lanes: readonly Lane[] }) {
  const selection = useDeferredValue(useDocument(state => state.selection));
  return <Strip pattern={pattern} lanes={lanes} selection={selection} />;
}

/** Drawn anew when what it says is settled: its fields take longer than the picture of the hits. */
const Strip = memo(function Strip(props: {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly selection: ReadonlySet<NoteId>;
}) {
  const { pattern, lanes, selection } = props;
  const notes = pattern.notes.filter(note => selection.has(note.id));
  return (
    <section
      aria-label="Selected hits"
      className="flex h-10 shrink-0 items-center gap-2 border-y border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      {notes.length === 0 ? <Nothing /> : <Numbers pattern={pattern} lanes={lanes} notes={notes} />}
    </section>
  );
});

function Nothing() {
  return (
    <>
      <span className="text-ink-3">
        No hit selected. Click a cell to put one, or move with the arrows and press{' '}
        <Keys keys={keysOf('toggle-hit')} />
      </span>
      <span className="flex-1" />
      <span className="hidden items-center gap-2 text-ink-3 wide:flex">
        Select by bars, rows or loudness <Keys keys={keysOf('select-by')} />
      </span>
    </>
  );
}

interface NumbersProps {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly notes: readonly Note[];
}

function Numbers(props: NumbersProps) {
  const { pattern, lanes, notes } = props;
  const ticks = mean(notes.map(note => note.feel));
  return (
    <>
      <b className="type-strong">{count(notes.length, 'hit')}</b>
      <span className="max-w-56 min-w-0 flex-1 truncate text-ink-3">
        {selectionName(pattern, lanes, notes)}
      </span>
      <span className="h-5 w-px shrink-0 bg-line" />
      <HowItIsStruck {...props} />
      <span className="hidden w-18 text-ink-3 min-[1500px]:inline">{signed(ticks)} ticks</span>
      <WhatIsPlayed {...props} />
    </>
  );
}

function HowItIsStruck({ pattern, lanes, notes }: NumbersProps) {
  const velocities = notes.map(note => midiVelocity(note.velocity));
  const offsets = notes.map(note => offsetOf(pattern, note));
  const chances = notes.map(note => Math.round(note.probability * 100));
  const ids = notes.map(note => note.id).join();
  const isSeveral = notes.length > 1;
  return (
    <>
      <NumberField
        label="Velocity"
        prefix="Vel"
        value={Math.round(mean(velocities))}
        minimum={1}
        maximum={127}
        aside={range(velocities, String)}
        canMove={isSeveral}
        className={isSeveral ? 'w-33' : 'w-18'}
        onCommit={(value, relative) =>
          carryOut(
            relative ? addVelocity(notes, value, lanes) : setVelocities(notes, value, lanes),
            `velocity ${ids}`,
          )
        }
      />
      <NumberField
        label="Offset in milliseconds"
        prefix="Offset"
        value={Math.round(mean(offsets) * 10) / 10}
        minimum={-MOST_OFFSET_MS}
        maximum={MOST_OFFSET_MS}
        digits={1}
        hasSign
        unit="ms"
        aside={range(offsets, value => signed(value))}
        canMove={isSeveral}
        className={isSeveral ? 'w-46' : 'w-30'}
        onCommit={(value, relative) =>
          carryOut(
            relative ? nudge(pattern, notes, value, lanes) : setOffsets(pattern, notes, value, lanes),
            `offset ${ids}`,
          )
        }
      />
      <NumberField
        label="Chance in percent"
        prefix="Chance"
        value={Math.round(mean(chances))}
        minimum={0}
        maximum={100}
        step={5}
        unit="%"
        aside={range(chances, value => plain(value))}
        canMove={isSeveral}
        className={range(chances, String) === undefined ? 'w-29' : 'w-40'}
        onCommit={(value, relative) =>
          carryOut(
            setChances(notes, relative ? note => Math.round(note.probability * 100) + value : value, lanes),
            `chance ${ids}`,
          )
        }
      />
    </>
  );
}

const ORNAMENT_CHOICES = ORNAMENTS.map(value => ({ value, name: ORNAMENT_NAMES[value] }));

function WhatIsPlayed({ lanes, notes }: NumbersProps) {
  const rows = notes.map(note => lanes.find(lane => isOnLane(note, lane.key))?.key ?? '');
  return (
    <>
      <Picker
        label="Ornament"
        value={common(notes.map(note => note.ornament))}
        placeholder="Mixed"
        choices={ORNAMENT_CHOICES}
        className="w-32 min-w-20 shrink"
        onChange={ornament => carryOut(setOrnament(notes, ornament, lanes))}
      />
      <NumberField
        label="Strokes in the step"
        prefix="×"
        value={common(notes.map(note => note.ratchet))}
        mixed="–"
        minimum={1}
        maximum={MOST_RATCHETS}
        className="w-12"
        onCommit={strokes => carryOut(setRatchet(notes, strokes, lanes), 'ratchet')}
      />
      <Picker
        label="Row of the hits"
        value={common(rows)}
        placeholder="Several rows"
        choices={lanes.map(lane => ({ value: lane.key, name: lane.spokenName }))}
        className="w-30 min-w-20 shrink"
        onChange={key => {
          const lane = lanes.find(one => one.key === key);
          if (lane) carryOut(setRow(notes, lane, lanes));
        }}
      />
    </>
  );
}
