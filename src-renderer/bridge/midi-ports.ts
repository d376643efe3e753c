/** A MIDI device as it is listed. */
export interface MidiPortFacts {
  readonly id: string;
  readonly name: string;
}

/** The MIDI devices that are there. Times are milliseconds of the page's clock, `performance.now()`. */
export interface MidiPorts {
  inputs(): readonly MidiPortFacts[];
  outputs(): readonly MidiPortFacts[];
  /** Tells when a device comes or goes; returns the undo, as the next one does. */
  onChange(listener: () => void): () => void;
  listen(id: string, listener: (bytes: Uint8Array, time: number) => void): () => void;
  /** Sends at `time`, at once when that has gone by; nothing where the device has gone. */
  send(id: string, bytes: readonly number[], time: number): void;
  /** Takes back what is to be sent later. */
  clear(id: string): void;
}

type MidiAnswer = { readonly ports: MidiPorts } | { readonly refusal: 'missing' | 'refused' };

/** Asks for the devices, which may ask the user. */
export async function openMidiPorts(): Promise<MidiAnswer> {
  if (!('requestMIDIAccess' in navigator)) return { refusal: 'missing' };
  try {
    return { ports: portsOf(await navigator.requestMIDIAccess({ sysex: false })) };
  } catch {
    return { refusal: 'refused' };
  }
}

/** Whether the devices can be had without a question. */
export async function mayOpenMidiPorts(): Promise<boolean> {
  if (!('requestMIDIAccess' in navigator)) return false;
  try {
    const { state } = await navigator.permissions.query({ name: 'midi' });
    return state === 'granted';
  } catch {
    return false;
  }
}

const factsOf = (ports: Iterable<MIDIPort>): MidiPortFacts[] =>
  [...ports]
    .filter(({ state }) => state !== 'disconnected')
    .map(({ id, name }) => ({ id, name: name ?? 'MIDI device' }));

function portsOf(access: MIDIAccess): MidiPorts {
  return {
    inputs: () => factsOf(access.inputs.values()),
    outputs: () => factsOf(access.outputs.values()),
    onChange: listener => {
      access.addEventListener('statechange', listener);
      return () => access.removeEventListener('statechange', listener);
    },
    listen: (id, listener) => {
      const input = access.inputs.get(id);
      const hear = ({ data, timeStamp }: MIDIMessageEvent): void => {
        if (data) listener(data, timeStamp);
      };
      input?.addEventListener('midimessage', hear);
      // A port that is listened to by `addEventListener` alone stays closed.
      void input?.open().catch(() => undefined);
      return () => input?.removeEventListener('midimessage', hear);
    },
    send: (id, bytes, time) => {
      const output = access.outputs.get(id);
      if (output?.state === 'connected') output.send([...bytes], time);
    },
    clear: id => {
      const output: (MIDIOutput & { clear?: () => void }) | undefined = access.outputs.get(id);
      output?.clear?.();
    },
  };
}
