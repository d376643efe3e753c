import { midiVelocity } from '../units';
import { barStarts, barTicks, COMMON_TIME } from './grid';
import { type DrumMap, noteOfDrum } from './drum-map';
import { GENERAL_MIDI } from './drum-maps';
import { type EventAt, midiFile } from './midi-file';
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

/** Events on one tick stand in the order: meta events, note-offs, note-ons. */
type At = EventAt & { readonly order: number };

/** The whole microseconds a quarter that MIDI can say for `tempo`. */
export const microsecondsPerQuarter = (tempo: number): number => Math.round(60e6 / tempo);

/**
 * A pattern as a Standard MIDI File, 960 ticks a quarter, all on channel 10: what it plays in its first pass, ornaments as notes of
 * their own. Muted and silent notes are left out.
 *
 * Onsets are counted in time under the file's own tempo, which MIDI rounds to a whole microsecond a quarter: so each stands within
 * half a tick (31.25 / BPM ms) of its true time however long the pattern is, and no drift adds up. Tempos, meters and the end stand on the
 * pattern's own ticks, so that a DAW's bars are its bars.
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
    const title = meta(0, { type: 'trackName', text: ROLE_NAMES[role] });
    return [{ role, track: [title, ...notes.flatMap(noteEvents)] }];
  });
  return {
    conductor: conductorEvents(pattern, name, time),
    notes: placed.flatMap(noteEvents),
    roles,
    end: endTick(pattern, placed),
  };
}

const fileOf = (format: 0 | 1, tracks: readonly (readonly At[])[], end: number): Uint8Array =>
  midiFile(format, tracks.map(inOrder), end);

/**
 * Onsets and ends in the file's ticks. A note ends where the next of its number begins, and at the pattern's end, so that no note-off
 * meets another's note-on; notes of one number on one tick all keep their length and are ended one by one.
 */
function placeNotes(pattern: Pattern, map: DrumMap, { tickOf }: FileTime): PlacedNote[] {
  const swung = swingOf(pattern);
  const end = patternTicks(pattern);
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
}

interface FileTime {
  /** Each on a whole tick, ascending. */
  readonly tempos: readonly FileTempo[];
  /** The file's tick that sounds nearest to when `at` does in the pattern. */
  readonly tickOf: (at: number) => number;
}

function fileTime(pattern: Pattern): FileTime {
  const end = patternTicks(pattern);
  const said = new Map([[0, microsecondsPerQuarter(pattern.tempo)]]);
  for (const { at, tempo } of pattern.tempoChanges)
    if (at < end) said.set(Math.round(at), microsecondsPerQuarter(tempo));
  const tempos = [...said].map(([tick, microseconds]) => ({ tick, microseconds }));
  const [own, file] = [timeOf(pattern), timeOf(inBpm(tempos))];
  return { tempos, tickOf: at => Math.round(file.ticksAt(own.secondsAt(at))) };
}

function inBpm([first, ...others]: readonly FileTempo[]): Pick<Pattern, 'tempo' | 'tempoChanges'> {
  const bpm = (each: FileTempo | undefined): number => 60e6 / (each?.microseconds ?? 500_000);
  return { tempo: bpm(first), tempoChanges: others.map(each => ({ at: each.tick, tempo: bpm(each) })) };
}

/** The pattern's last bar line; a later one when a note played late stands past it. */
function endTick(pattern: Pattern, placed: readonly PlacedNote[]): number {
  const last = placed.reduce((latest, { off }) => Math.max(latest, off), 0);
  const bar = barTicks(pattern.bars.at(-1) ?? COMMON_TIME);
  const end = patternTicks(pattern);
  return last <= end ? end : end + Math.ceil((last - end) / bar) * bar;
}

const meta = (tick: number, event: At['event']): At => ({ tick, order: 0, event });

function conductorEvents(pattern: Pattern, name: string, { tempos }: FileTime): At[] {
  const { bars } = pattern;
  const starts = barStarts(bars);
  return [
    meta(0, { type: 'trackName', text: name }),
    ...tempos.map(({ tick, microseconds }) => meta(tick, { type: 'tempo', microseconds })),
    ...bars.flatMap(({ numerator, denominator }, bar) => {
      const before = bars[bar - 1];
      const isSame = before?.numerator === numerator && before.denominator === denominator;
      return isSame ? [] : [meta(starts[bar] ?? 0, { type: 'meter', numerator, denominator })];
    }),
  ];
}

const noteEvents = ({ note, number, on, off }: PlacedNote): At[] => [
  { tick: on, order: 2, event: { type: 'noteOn', number, velocity: midiVelocity(note.velocity) } },
  { tick: off, order: 1, event: { type: 'noteOff', number } },
];

const inOrder = (events: readonly At[]): At[] =>
  [...events].sort((a, b) => a.tick - b.tick || a.order - b.order);
