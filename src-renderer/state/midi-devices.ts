import { create } from 'zustand';
import { mayOpenMidiPorts, type MidiPortFacts, type MidiPorts, openMidiPorts } from '#renderer/bridge';
import { keyStroke } from '#shared/live';
import { DRUM_MAPS, type DrumMap, drumOfNote, GENERAL_MIDI } from '#shared/model';
import { setLive, useLiveSettings } from './live-settings';
import { struckDrum } from './recording';
import { strikeNote } from './strike-pad';
import { useView } from './view';

interface MidiDevices {
  readonly status: 'off' | 'asking' | 'on' | 'refused' | 'missing';
  readonly inputs: readonly MidiPortFacts[];
  readonly outputs: readonly MidiPortFacts[];
  readonly ports: MidiPorts | null;
  /** The last stroke that came in, for whoever checks a cable. */
  readonly heard: { readonly note: number; readonly velocity: number } | null;
}

const OFF: MidiDevices = { status: 'off', inputs: [], outputs: [], ports: null, heard: null };

export const useMidiDevices = create<MidiDevices>(() => OFF);

export const drumMapOf = (id: string): DrumMap => DRUM_MAPS.find(map => map.id === id) ?? GENERAL_MIDI;

let stopListening: (() => void) | null = null;
let stopWatching: (() => void) | null = null;

function list(): void {
  const { ports } = useMidiDevices.getState();
  if (ports) useMidiDevices.setState({ inputs: ports.inputs(), outputs: ports.outputs() });
  listen();
}

/** Listens to the chosen device, or to all that are there. */
function listen(): void {
  stopListening?.();
  const { ports, inputs } = useMidiDevices.getState();
  const { input } = useLiveSettings.getState();
  if (!ports) return;
  const meant = inputs.filter(({ id }) => input === null || id === input);
  const undo = meant.map(({ id }) => ports.listen(id, hear));
  stopListening = () => {
    for (const stop of undo) stop();
  };
}

function hear(bytes: Uint8Array, time: number): void {
  const stroke = keyStroke(bytes);
  if (!stroke) return;
  useMidiDevices.setState({ heard: stroke });
  if (useView.getState().screen === 'kit' && strikeNote(stroke.note, stroke.velocity / 127)) return;
  const drum = drumOfNote(drumMapOf(useLiveSettings.getState().inputMap), stroke.note);
  struckDrum(drum, { velocity: stroke.velocity / 127, time });
}

/** Opens the devices, which may ask the user. */
export async function enableMidi(): Promise<void> {
  useMidiDevices.setState({ status: 'asking' });
  const answer = await openMidiPorts();
  if ('refusal' in answer) {
    useMidiDevices.setState({ ...OFF, status: answer.refusal });
    return;
  }
  setLive({ usesMidi: true });
  useMidiDevices.setState({ status: 'on', ports: answer.ports });
  stopWatching?.();
  stopWatching = answer.ports.onChange(list);
  list();
}

export function disableMidi(): void {
  setLive({ usesMidi: false });
  stopWatching?.();
  stopListening?.();
  stopWatching = null;
  stopListening = null;
  useMidiDevices.setState(OFF);
}

/** Takes the devices up again where that needs no question; returns the undo. */
export function followMidiDevices(): () => void {
  const stop = useLiveSettings.subscribe((now, before) => {
    if (now.input !== before.input) listen();
    const { status } = useMidiDevices.getState();
    if (now.usesMidi && !before.usesMidi && status === 'off')
      void mayOpenMidiPorts().then(may => (may ? enableMidi() : undefined));
  });
  return () => {
    stop();
    stopWatching?.();
    stopListening?.();
  };
}
