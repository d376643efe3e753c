import { fail, ok, type Result } from '../base';

/** What a MIDI file counts its time in: parts of a quarter note, or of a second. */
export type MidiClock =
  | { readonly ticksPerQuarter: number }
  /** Film frames (SMPTE), which no tempo changes. */
  | { readonly ticksPerSecond: number };

/** A file's clock and the bytes that `midi-file` can read: unknown chunks left out. */
export interface CheckedMidi {
  /** 0: one track; 1: tracks that sound together; 2: tracks that follow one another. */
  readonly format: 0 | 1 | 2;
  readonly clock: MidiClock;
  readonly bytes: Uint8Array;
}

/**
 * Checks a MIDI file's chunks. `midi-file` rejects chunks it does not know, which the standard says to skip, and reads a truncated file
 * without a word; so its input is checked and cleaned here.
 */
export function checkMidi(given: Uint8Array): Result<CheckedMidi, readonly string[]> {
  if (given.length === 0) return fail(['it is empty']);
  const bytes = unwrapped(given);
  const view = viewOf(bytes);
  if (nameAt(bytes, 0) !== 'MThd') return fail(['it does not begin with "MThd", as every MIDI file does']);
  if (bytes.length < 14) return fail([`its header is cut off after ${bytes.length} of 14 bytes`]);
  const headerLength = view.getUint32(4);
  const [format, promised, division] = [view.getUint16(8), view.getUint16(10), view.getUint16(12)];
  if (headerLength < 6) return fail([`its header holds ${headerLength} bytes, but must hold 6`]);
  if (format !== 0 && format !== 1 && format !== 2)
    return fail([`it is of type ${format}; there are only types 0, 1 and 2`]);
  const clock = clockOf(division);
  if (!clock.ok) return clock;
  const tracks: Uint8Array[] = [];
  let position = 8 + headerLength;
  while (position < bytes.length && tracks.length < promised) {
    if (position + 8 > bytes.length)
      return fail([`it is cut off at byte ${bytes.length}, inside a chunk's head`]);
    const end = position + 8 + view.getUint32(position + 4);
    if (end > bytes.length) {
      return fail([
        `it is cut off: a chunk promises to end at byte ${end}, but the file has ${bytes.length}`,
      ]);
    }
    if (nameAt(bytes, position) === 'MTrk') tracks.push(bytes.subarray(position, end));
    position = end;
  }
  if (tracks.length < promised) return fail([`it promises ${promised} tracks, but holds ${tracks.length}`]);
  return ok({
    format,
    clock: clock.value,
    bytes: joined([Uint8Array.of(...headOf(format, tracks.length, ANY_DIVISION)), ...tracks]),
  });
}

/** What `midi-file` is told; it does not count with it. */
const ANY_DIVISION = 480;

/** The MIDI file inside a RIFF file (.rmi), as it is otherwise. */
function unwrapped(bytes: Uint8Array): Uint8Array {
  if (nameAt(bytes, 0) !== 'RIFF' || nameAt(bytes, 8) !== 'RMID') return bytes;
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (nameAt(bytes, at) === 'data') return bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  return bytes;
}

/** Frames a second by the byte that says them; "29" is the 29.97 of colour television. */
const FRAME_RATES: ReadonlyMap<number, number> = new Map([
  [24, 24],
  [25, 25],
  [29, 30_000 / 1001],
  [30, 30],
]);

function clockOf(division: number): Result<MidiClock, readonly string[]> {
  if (division === 0) return fail(['it has 0 ticks a quarter']);
  if (division < 0x8000) return ok({ ticksPerQuarter: division });
  const [frames, parts] = [256 - (division >> 8), division & 0xff];
  const rate = FRAME_RATES.get(frames);
  if (rate === undefined || parts === 0)
    return fail([
      `it counts time in ${frames} film frames a second of ${parts} parts, which nothing can play`,
    ]);
  return ok({ ticksPerSecond: rate * parts });
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const nameAt = (bytes: Uint8Array, position: number): string =>
  String.fromCharCode(...bytes.subarray(position, position + 4));

const headOf = (...words: readonly number[]): number[] => [
  0x4d,
  0x54,
  0x68,
  0x64,
  0,
  0,
  0,
  6,
  ...words.flatMap(word => [word >> 8, word & 0xff]),
];

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
