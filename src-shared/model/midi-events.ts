import { type MidiEvent, parseMidi } from 'midi-file';
import { fail, ok, type Result } from '../base';
import type { CheckedMidi } from './midi-chunks';
import { DRUM_CHANNEL } from './midi-notes';
import { ROLE_NAMES, ROLES, type Role } from './role';

/** An event at its tick of the file. */
export interface Timed {
  readonly tick: number;
  readonly event: MidiEvent;
}

export type Track = readonly Timed[];

/** A note as the file has it, in the file's ticks. */
export interface RawNote {
  readonly role: Role | null;
  readonly number: number;
  readonly velocity: number;
  readonly on: number;
  readonly off: number;
}

/** Every track's events at absolute ticks; `midi-file` throws strings on broken ones, and yields `undefined` past their end. */
export function readTracks({ bytes }: CheckedMidi): Result<readonly Track[], readonly string[]> {
  try {
    const { tracks } = parseMidi(bytes);
    const timed = tracks.map(track => {
      let tick = 0;
      return track.map(event => ({ tick: (tick += event.deltaTime), event }));
    });
    const broken = timed.findIndex(track => !track.every(isWhole));
    return broken < 0 ? ok(timed) : fail([`track ${broken} ends in the middle of an event`]);
  } catch (thrown) {
    return fail([`a track cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`]);
  }
}

/** MIDI's variable-length numbers have at most 28 bits, and its data bytes 7. */
function isWhole({ tick, event }: Timed): boolean {
  if (!Number.isInteger(tick) || event.deltaTime < 0 || event.deltaTime >= 1 << 28) return false;
  if (event.type !== 'noteOn' && event.type !== 'noteOff') return true;
  return event.noteNumber < 128 && event.velocity < 128;
}

/** The notes of channel 10, or of all channels when none is there, in the order of their onsets. */
export function drumNotes(tracks: readonly Track[], warnings: string[]): RawNote[] {
  const isOnDrums = ({ event }: Timed): boolean => event.type === 'noteOn' && event.channel === DRUM_CHANNEL;
  const hasDrums = tracks.some(track => track.some(isOnDrums));
  const notes = tracks.flatMap(track => notesOfTrack(track, hasDrums ? DRUM_CHANNEL : null));
  if (!hasDrums && notes.length > 0)
    warnings.push('No notes are on channel 10, so all channels were read as drums.');
  const others = hasDrums
    ? tracks.flat().filter(({ event }) => event.type === 'noteOn' && event.channel !== DRUM_CHANNEL).length
    : 0;
  if (others > 0)
    warnings.push(`Notes beside channel 10 (${others}) are of other instruments and were left out.`);
  return notes.sort((a, b) => a.on - b.on || a.number - b.number);
}

/** Note-ons with their note-offs, the oldest sounding one of a number ended first. */
function notesOfTrack(track: Track, channel: number | null): RawNote[] {
  const name = track.flatMap(({ event }) => (event.type === 'trackName' ? [event.text.trim()] : []))[0];
  const role = ROLES.find(each => ROLE_NAMES[each] === name || each === name) ?? null;
  const sounding = new Map<string, { on: number; velocity: number; number: number }[]>();
  const notes: RawNote[] = [];
  const lastTick = track.at(-1)?.tick ?? 0;
  for (const { tick, event } of track) {
    if (event.type !== 'noteOn' && event.type !== 'noteOff') continue;
    if (channel !== null && event.channel !== channel) continue;
    const key = `${event.channel} ${event.noteNumber}`;
    const open = sounding.get(key) ?? [];
    if (event.type === 'noteOn') {
      sounding.set(key, [...open, { on: tick, velocity: event.velocity, number: event.noteNumber }]);
    } else {
      const [first, ...others] = open;
      if (first) notes.push({ ...first, role, off: tick });
      sounding.set(key, others);
    }
  }
  for (const open of sounding.values()) {
    for (const each of open) notes.push({ ...each, role, off: Math.max(each.on + 1, lastTick) });
  }
  return notes;
}
