import { DRUM_CHANNEL } from '../model';

export const CLOCK = 0xf8;
export const START = 0xfa;
export const CONTINUE = 0xfb;
export const STOP = 0xfc;
const SONG_POSITION = 0xf2;
const NOTE_ON = 0x90;
const NOTE_OFF = 0x80;
const CONTROL = 0xb0;
const ALL_SOUND_OFF = 120;
const ALL_NOTES_OFF = 123;

/** What a drum pad or a key says: a note and how hard, 0 (let go) ... 127. */
export interface KeyStroke {
  readonly note: number;
  readonly velocity: number;
}

/** A note that is struck, on whatever channel; null for every other message. */
export function keyStroke(bytes: ArrayLike<number>): KeyStroke | null {
  const [status = 0, note = 0, velocity = 0] = Array.from(bytes);
  return bytes.length === 3 && (status & 0xf0) === NOTE_ON && velocity > 0 ? { note, velocity } : null;
}

export const noteOn = (note: number, velocity: number): number[] => [NOTE_ON | DRUM_CHANNEL, note, velocity];
export const noteOff = (note: number): number[] => [NOTE_OFF | DRUM_CHANNEL, note, 0];

/** All that sounds on the drum channel falls silent. */
export const SILENCE: readonly (readonly number[])[] = [
  [CONTROL | DRUM_CHANNEL, ALL_NOTES_OFF, 0],
  [CONTROL | DRUM_CHANNEL, ALL_SOUND_OFF, 0],
];

/** Where a device is to continue, in sixteenths from the start: 14 bits. */
export function songPosition(sixteenths: number): number[] {
  const place = Math.max(0, Math.min(0x3fff, Math.round(sixteenths)));
  return [SONG_POSITION, place & 0x7f, place >> 7];
}
