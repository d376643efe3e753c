import { useState } from 'react';
import type { Pattern } from '#shared/model';
import { midiVelocity } from '#shared/units';
import type { Lane } from '#renderer/state';
import { Button, Dialog, NumberField, Segments } from '#renderer/ui';
import { DialogLine } from './dialog-line';
import { addVelocity, type Gesture, hitsName, rampVelocity, scaleVelocity, setVelocities } from './gestures';
import { carryOut } from './grid-state';
import { closeGrooveDialog } from './groove-dialogs';
import { meantHits } from './meaning';

const WAYS = [
  { value: 'ramp', name: 'Ramp' },
  { value: 'scale', name: 'Scale' },
  { value: 'add', name: 'Add' },
  { value: 'set', name: 'Set' },
] as const;
type Way = (typeof WAYS)[number]['value'];

/** How hard the selected hits are struck, or the cursor's row: on a line, in proportion, by so much, or all alike. */
export function VelocityDialog({
  pattern,
  lanes,
}: {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
}) {
  const notes = meantHits(pattern);
  const velocities = notes.map(note => midiVelocity(note.velocity));
  const [way, setWay] = useState<Way>('ramp');
  const [first, setFirst] = useState(velocities[0] ?? 100);
  const [last, setLast] = useState(velocities.at(-1) ?? 100);
  const [percent, setPercent] = useState(100);
  const [amount, setAmount] = useState(0);
  const [value, setValue] = useState(100);
  const gesture = (): Gesture | null => {
    switch (way) {
      case 'ramp':
        return rampVelocity(notes, first, last, lanes);
      case 'scale':
        return scaleVelocity(notes, percent, lanes);
      case 'add':
        return addVelocity(notes, amount, lanes);
      case 'set':
        return setVelocities(notes, value, lanes);
    }
  };
  const field = { minimum: 1, maximum: 127, className: 'w-20' };
  return (
    <Dialog
      title="Velocities"
      aside={hitsName(notes, lanes)}
      isOpen
      onClose={closeGrooveDialog}
      className="w-100"
      footer={
        <>
          <span className="flex-1" />
          <Button look="line" onPress={closeGrooveDialog}>
            Cancel
          </Button>
          <Button
            look="primary"
            isDisabled={notes.length === 0}
            onPress={() => {
              carryOut(gesture());
              closeGrooveDialog();
            }}
          >
            Apply
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <Segments label="How velocities change" fill value={way} choices={WAYS} onChange={setWay} />
        {way === 'ramp' ? (
          <DialogLine name="From the first">
            <NumberField label="Velocity of the first hit" value={first} onCommit={setFirst} {...field} />
            to the last
            <NumberField label="Velocity of the last hit" value={last} onCommit={setLast} {...field} />
          </DialogLine>
        ) : null}
        {way === 'scale' ? (
          <DialogLine name="In proportion">
            <NumberField
              label="Percent of the velocities"
              unit="%"
              value={percent}
              onCommit={setPercent}
              {...field}
              minimum={0}
              maximum={400}
            />
          </DialogLine>
        ) : null}
        {way === 'add' ? (
          <DialogLine name="Louder or softer by">
            <NumberField
              label="Velocity added"
              hasSign
              value={amount}
              onCommit={setAmount}
              {...field}
              minimum={-126}
              maximum={126}
            />
          </DialogLine>
        ) : null}
        {way === 'set' ? (
          <DialogLine name="All alike">
            <NumberField label="Velocity of all" value={value} onCommit={setValue} {...field} />
          </DialogLine>
        ) : null}
      </div>
    </Dialog>
  );
}
