/** A reader of Standard MIDI Files of the tests' own, so that the program's writer is not judged by its own reader. */

export interface SmfNote {
  readonly track: string;
  readonly channel: number;
  readonly key: number;
  readonly velocity: number;
  readonly tick: number;
  readonly seconds: number;
  /** Length. */
  readonly ticks: number;
}

export interface Smf {
  readonly format: number;
  readonly division: number;
  readonly trackNames: readonly string[];
  readonly tempos: readonly { readonly tick: number; readonly microseconds: number }[];
  readonly meters: readonly { readonly tick: number; readonly text: string }[];
  /** Tick of each track's end. */
  readonly ends: readonly number[];
  readonly notes: readonly SmfNote[];
}

/**
 * Notes with both ends; throws when a note never ends, or ends without a beginning, as they do in files `byOthers`. MIDI's 120 BPM hold
 * until the first tempo.
 */
export function readSmf(bytes: Uint8Array, byOthers = false): Smf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [format, division] = [view.getUint16(8), view.getUint16(12)];
  const tempos: { tick: number; microseconds: number }[] = [];
  const meters: { tick: number; text: string }[] = [];
  const trackNames: string[] = [];
  const ends: number[] = [];
  const notes: Omit<SmfNote, 'seconds'>[] = [];
  let at = 14;
  while (at < bytes.length) {
    const end = at + 8 + view.getUint32(at + 4);
    at += 8;
    let tick = 0;
    let name = '';
    const open: { channel: number; key: number; velocity: number; tick: number }[] = [];
    let running = 0;
    const number = (): number => {
      let value = 0;
      for (;;) {
        const byte = view.getUint8(at++);
        value = value * 128 + (byte & 127);
        if (byte < 128) return value;
      }
    };
    while (at < end) {
      tick += number();
      if (view.getUint8(at) >= 128) running = view.getUint8(at++);
      const status = running;
      if (status === 0xff) {
        const kind = view.getUint8(at++);
        const length = number();
        const data = [...bytes.subarray(at, at + length)];
        at += length;
        if (kind === 3) name = String.fromCharCode(...data);
        if (kind === 0x2f) ends.push(tick);
        if (kind === 0x51)
          tempos.push({ tick, microseconds: data.reduce((sum, byte) => sum * 256 + byte, 0) });
        if (kind === 0x58) meters.push({ tick, text: `${data[0]}/${2 ** (data[1] ?? 0)}` });
        continue;
      }
      if (status === 0xf0 || status === 0xf7) {
        at += number();
        continue;
      }
      const [channel, kind, key] = [status & 15, status >> 4, view.getUint8(at++)];
      const velocity = kind === 0xc || kind === 0xd ? 0 : view.getUint8(at++);
      if (kind === 9 && velocity > 0) open.push({ channel, key, velocity, tick });
      else if (kind === 8 || kind === 9) {
        const index = open.findIndex(note => note.key === key && note.channel === channel);
        const [note] = index < 0 ? [] : open.splice(index, 1);
        if (!note && !byOthers) throw new Error(`note ${key} ends at ${tick} but never began`);
        if (note) notes.push({ ...note, track: name, ticks: tick - note.tick });
      } else if (kind < 8 || kind > 14) throw new Error(`unexpected status ${status}`);
    }
    if (byOthers) notes.push(...open.map(note => ({ ...note, track: name, ticks: tick - note.tick })));
    else if (open.length > 0) throw new Error(`${open.length} notes never end`);
    trackNames.push(name);
  }
  tempos.sort((a, b) => a.tick - b.tick);
  meters.sort((a, b) => a.tick - b.tick);
  const timed = notes.map(note => ({ ...note, seconds: secondsAt(note.tick, tempos, division) }));
  return { format, division, trackNames, tempos, meters, ends, notes: timed };
}

/** Adds up the stretches of time that each tempo holds before `tick`. */
function secondsAt(tick: number, tempos: Smf['tempos'], division: number): number {
  let total = 0;
  let from = 0;
  let microseconds = 500_000;
  for (const tempo of tempos) {
    if (tempo.tick > tick) break;
    total += (tempo.tick - from) * microseconds;
    from = tempo.tick;
    microseconds = tempo.microseconds;
  }
  return (total + (tick - from) * microseconds) / division / 1e6;
}
