import { fail, ok, type Result } from '../base';

/** A file's division of a quarter note and the bytes that `midi-file` can read: unknown chunks left out. */
export interface CheckedMidi {
  readonly format: number;
  readonly ticksPerQuarter: number;
  readonly bytes: Uint8Array;
}

/**
 * Checks a MIDI file's chunks. `midi-file` rejects chunks it does not know, which the standard says to skip, and reads a truncated file
 * without a word; so its input is checked and cleaned here.
 */
export function checkMidi(bytes: Uint8Array): Result<CheckedMidi, readonly string[]> {
  if (bytes.length === 0) return fail(['it is empty']);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (nameAt(bytes, 0) !== 'MThd') return fail(['it does not begin with "MThd", as every MIDI file does']);
  if (bytes.length < 14) return fail([`its header is cut off after ${bytes.length} of 14 bytes`]);
  const headerLength = view.getUint32(4);
  const [format, promised, division] = [view.getUint16(8), view.getUint16(10), view.getUint16(12)];
  if (headerLength < 6) return fail([`its header holds ${headerLength} bytes, but must hold 6`]);
  if (format > 1) return fail([`it is of type ${format}; only types 0 and 1 hold one song`]);
  if (division >= 0x8000) return fail(['it counts time in film frames, not in beats']);
  if (division === 0) return fail(['it has 0 ticks a quarter']);
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
    ticksPerQuarter: division,
    bytes: joined([Uint8Array.of(...headOf(format, tracks.length, division)), ...tracks]),
  });
}

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
