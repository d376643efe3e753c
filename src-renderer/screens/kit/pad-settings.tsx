import { INSTRUMENT_FACTS, INSTRUMENTS, type Kit, type Pad, ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import { changePad, movePad, removePad } from '#renderer/state';
import { Button, NumberField, Picker, TextField } from '#renderer/ui';
import { chokeName } from './choke-groups';
import { Setting } from './setting';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;

interface PadSettingsProps {
  readonly kit: Kit;
  readonly pad: Pad;
  readonly onChokeGroups: () => void;
}

/** What a pad is, and how it plays. */
export function PadSettings({ kit, pad, onChokeGroups }: PadSettingsProps) {
  const set = (what: string, changed: Partial<Pad>, isGesture = false): void =>
    changePad(`${what} of ${pad.name}`, pad.id, changed, isGesture);
  const at = kit.pads.findIndex(({ id }) => id === pad.id);
  const sharesNote = kit.pads.some(other => other.id !== pad.id && other.note === pad.note);
  const groups = [...new Set([...LETTERS, ...kit.pads.flatMap(({ choke }) => choke ?? [])])].filter(
    group => group !== 'H' || !kit.pads.some(({ choke }) => choke === 'hat'),
  );
  return (
    <div className="flex flex-col gap-1.5">
      <Setting name="Level">
        <NumberField
          label="Level of the pad"
          small
          value={pad.gainDecibels}
          minimum={-60}
          maximum={12}
          digits={1}
          step={0.5}
          hasSign
          unit="dB"
          className="w-26"
          onCommit={gainDecibels => set('Level', { gainDecibels }, true)}
        />
      </Setting>
      <Setting name="Pan">
        <NumberField
          label="Pan of the pad"
          small
          value={Math.round(pad.pan * 100)}
          minimum={-100}
          maximum={100}
          hasSign
          unit="%"
          className="w-26"
          onCommit={value => set('Pan', { pan: value / 100 }, true)}
        />
      </Setting>
      <Setting name="Tune">
        <NumberField
          label="Tune of the pad"
          small
          value={pad.semitones}
          minimum={-24}
          maximum={24}
          digits={2}
          step={1}
          hasSign
          unit="st"
          className="w-26"
          onCommit={semitones => set('Tune', { semitones }, true)}
        />
      </Setting>
      <Setting name="Velocity curve">
        <NumberField
          label="Velocity curve of the pad"
          small
          value={pad.velocityCurve}
          minimum={0.25}
          maximum={4}
          digits={2}
          step={0.05}
          className="w-26"
          onCommit={velocityCurve => set('Velocity curve', { velocityCurve }, true)}
        />
      </Setting>
      <Setting name="Choke group">
        <span className="flex items-center gap-1.5">
          <Button small look="ghost" onPress={onChokeGroups}>
            Groups
          </Button>
          <Picker
            label="Choke group"
            value={pad.choke ?? 'none'}
            choices={[
              { value: 'none', name: 'none' },
              ...groups.map(group => ({ value: group, name: chokeName(group) })),
            ]}
            onChange={value => set('Choke group', { choke: value === 'none' ? null : value })}
            className="w-26"
          />
        </span>
      </Setting>
      <Setting name="Name">
        <TextField
          label="Name of the pad"
          value={pad.name}
          className="w-40"
          onCommit={name => {
            if (name === '') return 'A pad needs a name';
            changePad(`Rename ${pad.name}`, pad.id, { name });
            return null;
          }}
        />
      </Setting>
      <Setting name="Instrument">
        <Picker
          label="Instrument of the pad"
          value={pad.instrument}
          choices={INSTRUMENTS.map(value => ({ value, name: INSTRUMENT_FACTS[value].name }))}
          onChange={instrument => set('Instrument', { instrument })}
          className="w-40"
        />
      </Setting>
      <Setting name="Role">
        <Picker
          label="Role of the pad"
          value={pad.role}
          choices={ROLES_IN_ORDER.map(value => ({ value, name: ROLE_NAMES[value] }))}
          onChange={role => set('Role', { role })}
          className="w-40"
        />
      </Setting>
      <Setting name={sharesNote ? 'Note, shared with another pad' : 'Note'}>
        <NumberField
          label="MIDI note of the pad"
          small
          value={pad.note}
          minimum={0}
          maximum={127}
          className="w-26"
          onCommit={note => set('Note', { note }, true)}
        />
      </Setting>
      <div className="flex gap-1.5 pt-1">
        <Button small look="line" isDisabled={at <= 0} onPress={() => movePad(pad.id, at - 1)}>
          Move back
        </Button>
        <Button
          small
          look="line"
          isDisabled={at >= kit.pads.length - 1}
          onPress={() => movePad(pad.id, at + 1)}
        >
          Move on
        </Button>
        <span className="flex-1" />
        <Button small look="danger" isDisabled={pad.locked} onPress={() => removePad(pad.id)}>
          Remove pad
        </Button>
      </div>
    </div>
  );
}
