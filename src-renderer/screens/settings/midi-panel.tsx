import type { ReactNode } from 'react';
import { Piano } from 'lucide-react';
import { disableMidi, enableMidi, keysOf, setLive, useLiveSettings, useMidiDevices } from '#renderer/state';
import { Button, CheckBox, count, Empty, Keys, Message, Picker } from '#renderer/ui';
import type { MidiPortFacts } from '#renderer/bridge';
import { DRUM_MAPS } from '#shared/model';

const MAPS = DRUM_MAPS.map(({ id, name }) => ({ value: id, name }));
/** Picker values for what is no device. */
const ALL = ' all';
const NONE = ' none';

/** Devices that play the studio and that it plays. */
export function MidiPanel() {
  const status = useMidiDevices(state => state.status);
  const isOn = status === 'on';
  return (
    <section aria-label="MIDI" data-panel="" className="flex min-w-0 flex-1 flex-col overflow-auto">
      <div className="flex shrink-0 items-center gap-4 px-6 pt-5 pb-4">
        <div className="min-w-0 flex-1">
          <h1 className="type-display">MIDI</h1>
          <p className="text-ink-2">
            Pads and keyboards play the kit and record; hardware and other programs play along, in time.
          </p>
        </div>
        {isOn ? (
          <Button onPress={disableMidi}>Turn off</Button>
        ) : (
          <Button look="primary" isDisabled={status === 'asking'} onPress={() => void enableMidi()}>
            {status === 'asking' ? 'Asking' : 'Turn on MIDI'}
          </Button>
        )}
      </div>
      {status === 'refused' ? (
        <div className="px-6">
          <Message tone="warn">
            MIDI devices were not allowed. Allow them for this page and turn MIDI on again.
          </Message>
        </div>
      ) : null}
      {status === 'missing' ? (
        <div className="px-6">
          <Message tone="warn">
            This browser has no Web MIDI. The Backbeat app, Chrome, Edge and Firefox have it.
          </Message>
        </div>
      ) : null}
      {isOn ? (
        <>
          <In />
          <Out />
        </>
      ) : (
        <Empty icon={Piano} title="MIDI is off">
          Nothing is asked of your devices before you turn it on. Keys of the computer play without it: press{' '}
          <Keys keys={keysOf('record')} /> in the groove.
        </Empty>
      )}
    </section>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="mx-6 mb-4 max-w-160 rounded-r3 border border-line bg-bg-1 p-4">
      <h2 className="mb-3 type-head">{title}</h2>
      <div className="flex flex-col gap-3">{children}</div>
    </section>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-7 items-center gap-3">
      <span className="w-28 shrink-0 text-ink-2">{name}</span>
      {children}
    </div>
  );
}

/** The devices that are there, and the chosen one even when it is not. */
function choices(ports: readonly MidiPortFacts[], chosen: string | null) {
  const there = ports.map(({ id, name }) => ({ value: id, name }));
  const isGone = chosen !== null && !ports.some(({ id }) => id === chosen);
  return isGone ? [...there, { value: chosen, name: 'A device that is not connected' }] : there;
}

function In() {
  const { input, inputMap } = useLiveSettings();
  const inputs = useMidiDevices(state => state.inputs);
  const heard = useMidiDevices(state => state.heard);
  return (
    <Group title="Played by">
      <Line name="Device">
        <Picker
          label="MIDI input"
          value={input ?? ALL}
          choices={[
            {
              value: ALL,
              name: inputs.length === 0 ? 'None connected' : `All, ${count(inputs.length, 'device')}`,
            },
            ...choices(inputs, input),
          ]}
          onChange={value => setLive({ input: value === ALL ? null : value })}
          className="w-80"
        />
      </Line>
      <Line name="Drum map">
        <Picker
          label="Drum map of the input"
          value={inputMap}
          choices={MAPS}
          onChange={value => setLive({ inputMap: value })}
          className="w-80"
        />
      </Line>
      <Line name="Heard">
        <span role="status" className="text-ink-3">
          {heard ? `Note ${heard.note}, velocity ${heard.velocity}` : 'Nothing yet: strike a pad'}
        </span>
      </Line>
    </Group>
  );
}

function Out() {
  const { output, outputMap, sendsNotes, sendsClock } = useLiveSettings();
  const outputs = useMidiDevices(state => state.outputs);
  return (
    <Group title="Plays">
      <Line name="Device">
        <Picker
          label="MIDI output"
          value={output ?? NONE}
          choices={[{ value: NONE, name: 'None' }, ...choices(outputs, output)]}
          onChange={value => setLive({ output: value === NONE ? null : value })}
          className="w-80"
        />
      </Line>
      <Line name="Drum map">
        <Picker
          label="Drum map of the output"
          value={outputMap}
          choices={MAPS}
          onChange={value => setLive({ outputMap: value })}
          className="w-80"
        />
      </Line>
      <Line name="Sends">
        <CheckBox isChosen={sendsNotes} onChange={value => setLive({ sendsNotes: value })}>
          Notes on channel 10
        </CheckBox>
        <CheckBox isChosen={sendsClock} onChange={value => setLive({ sendsClock: value })}>
          Clock, start and stop
        </CheckBox>
      </Line>
    </Group>
  );
}
