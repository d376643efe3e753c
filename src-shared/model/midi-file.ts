import { PPQ } from '../units';
import { DRUM_CHANNEL } from './midi-notes';

/** What our MIDI files hold. */
export type WrittenEvent =
  | { readonly type: 'noteOn'; readonly number: number; readonly velocity: number }
  | { readonly type: 'noteOff'; readonly number: number }
  | { readonly type: 'trackName'; readonly text: string }
  | { readonly type: 'tempo'; readonly microseconds: number }
  | { readonly type: 'meter'; readonly numerator: number; readonly denominator: number };

export interface EventAt {
  readonly tick: number;
  readonly event: WrittenEvent;
}

/** A Standard MIDI File of 960 ticks a quarter, all notes on channel 10, every track ended at `end`. Tracks are ascending in time. */
export function midiFile(format: 0 | 1, tracks: readonly (readonly EventAt[])[], end: number): Uint8Array {
  const bytes = new ByteList();
  bytes.text('MThd');
  bytes.number(6, 4);
  bytes.number(format, 2);
  bytes.number(tracks.length, 2);
  bytes.number(PPQ, 2);
  for (const track of tracks) {
    bytes.text('MTrk');
    const length = bytes.reserved(4);
    let now = 0;
    for (const { tick, event } of track) {
      bytes.variable(tick - now);
      write(bytes, event);
      now = tick;
    }
    bytes.variable(end - now);
    bytes.meta(0x2f, []);
    bytes.fill(length, 4);
  }
  return bytes.whole();
}

function write(bytes: ByteList, event: WrittenEvent): void {
  switch (event.type) {
    case 'noteOn':
      return bytes.push(0x90 | DRUM_CHANNEL, event.number, event.velocity);
    case 'noteOff':
      return bytes.push(0x80 | DRUM_CHANNEL, event.number, 0);
    case 'trackName':
      return bytes.meta(0x03, utf8(event.text));
    case 'tempo':
      return bytes.meta(0x51, [
        event.microseconds >>> 16,
        (event.microseconds >>> 8) & 0xff,
        event.microseconds & 0xff,
      ]);
    case 'meter':
      // Then MIDI clocks a metronome click, 24 a quarter, and 32nds a quarter.
      return bytes.meta(0x58, [
        event.numerator,
        Math.log2(event.denominator),
        Math.max(1, Math.round(96 / event.denominator)),
        8,
      ]);
  }
}

/** UTF-8 by hand: shared code has no `TextEncoder`. */
function utf8(text: string): number[] {
  return Array.from(text).flatMap(sign => {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const rest = (shift: number): number => 0x80 | ((code >>> shift) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >>> 6), rest(0)];
    if (code < 0x1_0000) return [0xe0 | (code >>> 12), rest(6), rest(0)];
    return [0xf0 | (code >>> 18), rest(12), rest(6), rest(0)];
  });
}

/** Bytes that grow by doubling. */
class ByteList {
  #bytes = new Uint8Array(4096);
  #length = 0;

  push(...values: readonly number[]): void {
    if (this.#length + values.length > this.#bytes.length) {
      const more = new Uint8Array(2 * (this.#length + values.length));
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** Big-endian. */
  number(value: number, size: number): void {
    for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) this.push((value >>> shift) & 0xff);
  }

  text(ascii: string): void {
    this.push(...Array.from(ascii, sign => sign.charCodeAt(0)));
  }

  /** MIDI's numbers of seven bits a byte, the last without the eighth. */
  variable(value: number): void {
    const bytes = [value & 0x7f];
    for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
    this.push(...bytes);
  }

  meta(kind: number, data: readonly number[]): void {
    this.push(0xff, kind);
    this.variable(data.length);
    this.push(...data);
  }

  /** Leaves `size` bytes open; answers where. */
  reserved(size: number): number {
    const at = this.#length;
    this.number(0, size);
    return at;
  }

  /** Says in the `size` bytes left open at `at` how many bytes follow them. */
  fill(at: number, size: number): void {
    const count = this.#length - at - size;
    for (let index = 0; index < size; index++)
      this.#bytes[at + index] = (count >>> (8 * (size - 1 - index))) & 0xff;
  }

  whole(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
