import { INSTRUMENT_FACTS, INSTRUMENTS, type Kit, type Pad, ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import { changePad, movePad, removePad } from '#renderer/state';
import { Button, Picker, TextField } from '#renderer/ui';
import { chokeName } from './choke-groups';
import { Dial } from './dial';
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
      <Dial
        kind="padGain"
        name="Level"
        label="Level of the pad"
        value={pad.gainDecibels}
        onCommit={gainDecibels => set('Level', { gainDecibels }, true)}
      />
      <Dial
        kind="pan"
        name="Pan"
        label="Pan of the pad"
        value={Math.round(pad.pan * 100)}
        onCommit={value => set('Pan', { pan: value / 100 }, true)}
      />
      <Dial
        kind="tune"
        name="Tune"
        label="Tune of the pad"
        value={pad.semitones}
        onCommit={semitones => set('Tune', { semitones }, true)}
      />
      <Dial
        kind="velocityCurve"
        name="Velocity curve"
        label="Velocity curve of the pad"
        value={pad.velocityCurve}
        onCommit={velocityCurve => set('Velocity curve', { velocityCurve }, true)}
      />
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
      <Dial
        kind="note"
        name={sharesNote ? 'Note, shared with another pad' : 'Note'}
        label="MIDI note of the pad"
        value={pad.note}
        onCommit={note => set('Note', { note }, true)}
      />
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
