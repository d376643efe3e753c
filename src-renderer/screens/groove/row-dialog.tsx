import {
  DIVISIONS,
  type Division,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  laneLines,
  laneSetting,
  type Pattern,
  ROLE_NAMES,
} from '#shared/model';
import { PPQ } from '#shared/units';
import { type Lane, laneKey, toggleLock, useLocks } from '#renderer/state';
import { Button, CheckBox, classNames, Dialog, NumberField, Picker, Segments } from '#renderer/ui';
import { DialogLine } from './dialog-line';
import { carryOut } from './grid-state';
import { closeGrooveDialog } from './groove-dialogs';
import { DIVISION_NAMES, rowSteps, setGrid, setInstrument, setRowSteps } from './row-gestures';

const DIVISION_CHOICES = DIVISIONS.map(value => ({ value, name: DIVISION_NAMES[value] }));
const KINDS = [
  { value: 'even', name: 'Even' },
  { value: 'mixed', name: 'Mixed in the bar' },
] as const;
/** Quarters of the longest mixed grid: a bar of 4/4. */
const MIXED_QUARTERS = 4;

/** How a row is divided, how long it is and what it plays; each change is done at once. */
export function RowDialog({
  pattern,
  lane,
  lanes,
}: {
  readonly pattern: Pattern;
  readonly lane: Lane;
  readonly lanes: readonly Lane[];
}) {
  const isLocked = useLocks(state => state.rows.has(lane.key));
  const { grid, length } = laneSetting(pattern, lane);
  const most = laneLines(pattern, lane).length;
  const isMixed = grid.length > 1;
  const quarters = Math.max(grid.length, MIXED_QUARTERS);
  const at = (quarter: number): Division => grid[quarter % grid.length] ?? '16';
  const mixed = Array.from({ length: quarters }, (_, quarter) => at(quarter));
  const set = (next: readonly Division[]): void => carryOut(setGrid(pattern, lane, next));
  return (
    <Dialog
      title={lane.spokenName}
      aside={lane.instruments.length > 1 ? 'every row of the role' : ROLE_NAMES[lane.role]}
      isOpen
      onClose={closeGrooveDialog}
      className="w-140"
      footer={
        <>
          <span className="flex-1 text-ink-3">Hits stay where they are written.</span>
          <Button look="primary" onPress={closeGrooveDialog}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <div inert={isLocked} className={classNames('flex flex-col gap-3', isLocked && 'opacity-40')}>
          <DialogLine name="Grid">
            <Segments
              label="Grid of the row"
              value={isMixed ? 'mixed' : 'even'}
              choices={KINDS}
              onChange={kind => set(kind === 'mixed' ? mixed : [at(0)])}
            />
            {isMixed ? null : (
              <Picker
                label="Steps of the row"
                value={at(0)}
                choices={DIVISION_CHOICES}
                className="w-36"
                onChange={division => set([division])}
              />
            )}
          </DialogLine>
          {isMixed ? (
            <div role="group" aria-label="Steps of each quarter" className="flex flex-wrap gap-2 pl-34">
              {mixed.map((division, quarter) => (
                <Picker
                  // A quarter is its place: the list never changes its order.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={quarter}
                  label={`Steps of quarter ${quarter + 1}`}
                  prefix={`${quarter + 1}`}
                  value={division}
                  choices={DIVISION_CHOICES}
                  className="w-40"
                  onChange={next => set(mixed.with(quarter, next))}
                />
              ))}
            </div>
          ) : null}
          <DialogLine name="Begins again after">
            <NumberField
              label="Length of the row in steps"
              value={rowSteps(pattern, lane)}
              minimum={1}
              maximum={most}
              className="w-20"
              onCommit={steps => carryOut(setRowSteps(pattern, lane, steps), `length ${lane.key}`)}
            />
            {length === null ? (
              <span className="text-ink-3">steps, with the pattern</span>
            ) : (
              <>
                <span className="text-ink-3">steps, {Number((length / PPQ).toFixed(2))} quarters</span>
                <Button look="ghost" onPress={() => carryOut(setRowSteps(pattern, lane, most))}>
                  With the pattern
                </Button>
              </>
            )}
          </DialogLine>
          {lane.instruments.length > 1 ? null : (
            <DialogLine name="Instrument">
              <Picker
                label="Instrument of the row"
                value={lane.instrument}
                choices={INSTRUMENTS.map(value => ({ value, name: INSTRUMENT_FACTS[value].name }))}
                className="w-44"
                onChange={instrument => {
                  const key = laneKey({ role: lane.role, instrument });
                  const onto = lanes.find(one => one.key === key);
                  const { name } = INSTRUMENT_FACTS[instrument];
                  carryOut(setInstrument(pattern, lane, instrument, onto, name));
                  closeGrooveDialog();
                }}
              />
            </DialogLine>
          )}
        </div>
        <DialogLine name="Lock">
          <CheckBox isChosen={isLocked} onChange={() => toggleLock(lane.key)}>
            No edit and no take changes its hits
          </CheckBox>
        </DialogLine>
      </div>
    </Dialog>
  );
}
