import { useState } from 'react';
import { everyNth, inRange, struckBeyond } from '#shared/edit';
import { barStarts, type Note, type Pattern } from '#shared/model';
import { isOnLane, type Lane, select, useDocument } from '#renderer/state';
import { Button, count, Dialog, NumberField, Picker } from '#renderer/ui';
import { DialogLine as Line } from './dialog-line';
import { closeGrooveDialog } from './groove-dialogs';
import { meantBars } from './meaning';

/** Which hits: those of some bars and rows, of these every Nth, of these the louder or the softer. */
interface Wish {
  readonly firstBar: number;
  readonly lastBar: number;
  /** A row's key; null for every row. */
  readonly row: string | null;
  readonly every: number;
  readonly from: number;
  readonly softest: number;
  readonly loudest: number;
}

const EVERY_ROW = 'every';

export function wished(pattern: Pattern, wish: Wish): readonly Note[] {
  const starts = barStarts(pattern.bars);
  const inBars = inRange(pattern, starts[wish.firstBar - 1] ?? 0, starts[wish.lastBar] ?? Infinity);
  const placed = pattern.notes.filter(
    note => inBars.has(note.id) && (wish.row === null || isOnLane(note, wish.row)),
  );
  const nth = everyNth(placed, wish.every, wish.from - 1);
  const loud = struckBeyond(placed, 'louder', wish.softest - 1);
  const soft = struckBeyond(placed, 'softer', wish.loudest + 1);
  return placed.filter(({ id }) => nth.has(id) && loud.has(id) && soft.has(id));
}

/** Selects hits by what they are. */
export function SelectDialog({
  pattern,
  lanes,
}: {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
}) {
  const [wish, setWish] = useState<Wish>(() => {
    const state = useDocument.getState();
    const { from, to } = meantBars(pattern, state);
    const isSome = state.selection.size > 1;
    return {
      firstBar: isSome ? from + 1 : 1,
      lastBar: isSome ? to : pattern.bars.length,
      row: state.cursor.lane === '' ? null : state.cursor.lane,
      every: 1,
      from: 1,
      softest: 1,
      loudest: 127,
    };
  });
  const set = (change: Partial<Wish>): void => setWish({ ...wish, ...change });
  const found = wished(pattern, wish);
  const take = (ids: Iterable<Note['id']>): void => {
    select(ids);
    closeGrooveDialog();
  };
  const ids = found.map(note => note.id);
  const chosen = () => useDocument.getState().selection;
  const last = pattern.bars.length;
  return (
    <Dialog
      title="Select hits"
      isOpen
      onClose={closeGrooveDialog}
      className="w-120"
      footer={
        <>
          <span role="status" className="flex-1 text-ink-3">
            {count(found.length, 'hit')}
          </span>
          <Button look="line" onPress={() => take([...chosen(), ...ids])}>
            Add
          </Button>
          <Button look="line" onPress={() => take([...chosen()].filter(id => ids.includes(id)))}>
            Only these of them
          </Button>
          <Button look="primary" onPress={() => take(ids)}>
            Select
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <Line name="Row">
          <Picker
            label="Row"
            value={wish.row ?? EVERY_ROW}
            choices={[
              { value: EVERY_ROW, name: 'Every row' },
              ...lanes.map(lane => ({ value: lane.key, name: lane.spokenName })),
            ]}
            className="flex-1"
            onChange={row => set({ row: row === EVERY_ROW ? null : row })}
          />
        </Line>
        <Line name="Bars">
          <NumberField
            label="First bar"
            value={wish.firstBar}
            minimum={1}
            maximum={last}
            className="w-20"
            onCommit={firstBar => set({ firstBar, lastBar: Math.max(firstBar, wish.lastBar) })}
          />
          to
          <NumberField
            label="Last bar"
            value={wish.lastBar}
            minimum={1}
            maximum={last}
            className="w-20"
            onCommit={lastBar => set({ lastBar, firstBar: Math.min(lastBar, wish.firstBar) })}
          />
        </Line>
        <Line name="Of each row every">
          <NumberField
            label="Every how many hits"
            value={wish.every}
            minimum={1}
            maximum={64}
            className="w-20"
            onCommit={every => set({ every, from: Math.min(every, wish.from) })}
          />
          hits, from number
          <NumberField
            label="From which hit"
            value={wish.from}
            minimum={1}
            maximum={wish.every}
            className="w-20"
            onCommit={from => set({ from })}
          />
        </Line>
        <Line name="Velocity">
          <NumberField
            label="Softest velocity"
            value={wish.softest}
            minimum={1}
            maximum={127}
            className="w-20"
            onCommit={softest => set({ softest, loudest: Math.max(softest, wish.loudest) })}
          />
          to
          <NumberField
            label="Loudest velocity"
            value={wish.loudest}
            minimum={1}
            maximum={127}
            className="w-20"
            onCommit={loudest => set({ loudest, softest: Math.min(loudest, wish.softest) })}
          />
        </Line>
      </div>
    </Dialog>
  );
}
