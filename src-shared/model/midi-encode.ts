import { type MidiEvent, writeMidi } from 'midi-file';
import { midiVelocity, PPQ } from '../units';
import { barStarts, barTicks, COMMON_TIME, meterText } from './grid';
import { type DrumMap, noteOfDrum } from './drum-map';
import { GENERAL_MIDI } from './drum-maps';
import { DRUM_CHANNEL } from './midi-notes';
import { type Note, type Pattern, patternTicks } from './pattern';
import { timeOf } from './pattern-time';
import { performedNotes } from './performance';
import { type Role, ROLE_NAMES, ROLES_IN_ORDER } from './role';
import { swingOf } from './swing';

export interface MidiOptions {
  /** 1: a conductor and a named track for each role; 0: all in one. */
  readonly type: 0 | 1;
  /** What the conductor's track is called. */
  readonly name?: string;
  /** Which note number plays which drum; General MIDI unless given. */
  readonly map?: DrumMap;
}

interface PlacedNote {
  readonly note: Note;
  readonly number: number;
  readonly on: number;
  off: number;
}

type At = { readonly tick: number; readonly order: number; readonly event: MidiEvent };

/** The whole microseconds a quarter that MIDI can say for `tempo`. */
export const microsecondsPerQuarter = (tempo: number): number => Math.round(60e6 / tempo);

/**
 * A pattern as a Standard MIDI File, 960 ticks a quarter, all on channel 10: what it plays in its first pass, ornaments as notes of
 * their own. Muted and silent notes are left out.
 *
 * Ticks are counted in time under the file's own tempo, which MIDI rounds to a whole microsecond a quarter: so each onset stands within
 * half a tick (31.25 / BPM ms) of its true time however long the pattern is, and no drift adds up.
 */
export function encodeMidi(pattern: Pattern, options: MidiOptions): Uint8Array {
  const { conductor, notes, roles, end } = layOutFile(pattern, options);
  const tracks =
    options.type === 0 ? [[...conductor, ...notes]] : [conductor, ...roles.map(each => each.track)];
  return fileOf(options.type, tracks, end);
}

/** A file of type 1 for each role that sounds: the conductor and that role's track, all of them equally long. */
export function encodeMidiByRole(
  pattern: Pattern,
  options: Omit<MidiOptions, 'type'>,
): readonly { readonly role: Role; readonly bytes: Uint8Array }[] {
  const { conductor, roles, end } = layOutFile(pattern, options);
  return roles.map(({ role, track }) => ({ role, bytes: fileOf(1, [conductor, track], end) }));
}

function layOutFile(pattern: Pattern, { name = 'Backbeat', map = GENERAL_MIDI }: Omit<MidiOptions, 'type'>) {
  const time = fileTime(pattern);
  const placed = placeNotes(pattern, map, time);
  const roles = ROLES_IN_ORDER.flatMap(role => {
    const notes = placed.filter(({ note }) => note.role === role);
    if (notes.length === 0) return [];
    const title = meta(0, { deltaTime: 0, meta: true, type: 'trackName', text: ROLE_NAMES[role] });
    return [{ role, track: [title, ...notes.flatMap(noteEvents)] }];
  });
  return {
    conductor: conductorEvents(pattern, name, time),
    notes: placed.flatMap(noteEvents),
    roles,
    end: endTick(pattern, placed, time),
  };
}

const fileOf = (format: 0 | 1, tracks: readonly (readonly At[])[], end: number): Uint8Array =>
  Uint8Array.from(
    writeMidi({
      header: { format, numTracks: tracks.length, ticksPerBeat: PPQ },
      tracks: tracks.map(events => inDeltas(events, end)),
    }),
  );

/**
 * Onsets and ends in the file's ticks. A note ends where the next of its number begins, and at the pattern's end, so that no note-off
 * meets another's note-on; notes of one number on one tick all keep their length and are ended one by one.
 */
function placeNotes(pattern: Pattern, map: DrumMap, { tickOf }: FileTime): PlacedNote[] {
  const swung = swingOf(pattern);
  const end = tickOf(patternTicks(pattern));
  const placed = performedNotes(pattern)
    .filter(note => !note.muted && note.velocity > 0)
    .map((note): PlacedNote => {
      const on = Math.max(0, tickOf(swung(note.at) + note.feel));
      const off = Math.max(on + 1, Math.min(on + note.length, on < end ? end : Infinity));
      return { note, number: noteOfDrum(map, note), on, off };
    })
    .sort((a, b) => a.on - b.on);
  const nextOn = new Map<number, { readonly on: number; readonly later: number }>();
  for (const each of placed.toReversed()) {
    const next = nextOn.get(each.number);
    const later = next === undefined ? Infinity : next.on > each.on ? next.on : next.later;
    each.off = Math.min(each.off, later);
    nextOn.set(each.number, { on: each.on, later });
  }
  return placed;
}

interface FileTempo {
  readonly tick: number;
  readonly microseconds: number;
  /** When the file's tempos bring it to `tick`. */
  readonly time: number;
}

interface FileTime {
  readonly tempos: readonly FileTempo[];
  readonly tickOf: (at: number) => number;
}

/** The file's tempos, each on a whole tick, and the tick that sounds nearest to when `at` does, under them. */
function fileTime(pattern: Pattern): FileTime {
  const time = timeOf(pattern);
  const tempos: FileTempo[] = [{ tick: 0, microseconds: microsecondsPerQuarter(pattern.tempo), time: 0 }];
  const tickAt = (seconds: number): number => {
    const tempo = tempos.findLast(each => each.time <= seconds) ?? tempos[0]!;
    return tempo.tick + ((seconds - tempo.time) * 1e6 * PPQ) / tempo.microseconds;
  };
  for (const change of pattern.tempoChanges) {
    if (change.at >= patternTicks(pattern)) break;
    const last = tempos.at(-1)!;
    const tick = Math.round(tickAt(time.secondsAt(change.at)));
    const reached = last.time + ((tick - last.tick) * last.microseconds) / 1e6 / PPQ;
    tempos.push({ tick, microseconds: microsecondsPerQuarter(change.tempo), time: reached });
  }
  return { tempos, tickOf: at => Math.round(tickAt(time.secondsAt(at))) };
}

/** The pattern's last bar line; a later one when a note played late stands past it. */
function endTick(pattern: Pattern, placed: readonly PlacedNote[], { tickOf }: FileTime): number {
  const last = placed.reduce((latest, { off }) => Math.max(latest, off), 0);
  const bar = barTicks(pattern.bars.at(-1) ?? COMMON_TIME);
  const end = tickOf(patternTicks(pattern));
  return last <= end ? end : end + Math.ceil((last - end) / bar) * bar;
}

const meta = (tick: number, event: MidiEvent): At => ({ tick, order: 0, event });

function conductorEvents(pattern: Pattern, name: string, { tempos, tickOf }: FileTime): At[] {
  const { bars } = pattern;
  const starts = barStarts(bars);
  return [
    meta(0, { deltaTime: 0, meta: true, type: 'trackName', text: name }),
    ...tempos.map(({ tick, microseconds }) =>
      meta(tick, { deltaTime: 0, meta: true, type: 'setTempo', microsecondsPerBeat: microseconds }),
    ),
    ...bars.flatMap((meter, bar) => {
      const before = bars[bar - 1];
      if (before && meterText(before) === meterText(meter)) return [];
      return meta(tickOf(starts[bar] ?? 0), {
        deltaTime: 0,
        meta: true,
        type: 'timeSignature',
        numerator: meter.numerator,
        denominator: meter.denominator,
        // MIDI clocks a metronome click (24 a quarter) and 32nds a quarter.
        metronome: 96 / meter.denominator,
        thirtyseconds: 8,
      });
    }),
  ];
}

const noteEvents = ({ note, number, on, off }: PlacedNote): At[] => [
  {
    tick: on,
    order: 2,
    event: {
      deltaTime: 0,
      type: 'noteOn',
      channel: DRUM_CHANNEL,
      noteNumber: number,
      velocity: midiVelocity(note.velocity),
    },
  },
  {
    tick: off,
    order: 1,
    event: { deltaTime: 0, type: 'noteOff', channel: DRUM_CHANNEL, noteNumber: number, velocity: 0 },
  },
];

/** A track's events in order (on one tick: meta events, note-offs, note-ons), ended at `end`. */
function inDeltas(events: readonly At[], end: number): MidiEvent[] {
  const sorted = [...events].sort((a, b) => a.tick - b.tick || a.order - b.order);
  let now = 0;
  const track = sorted.map(({ tick, event }): MidiEvent => {
    const deltaTime = tick - now;
    now = tick;
    return { ...event, deltaTime };
  });
  return [...track, { deltaTime: end - now, meta: true, type: 'endOfTrack' }];
}
