import { type MidiEvent, parseMidi } from 'midi-file';
import { fail, ok, type Result } from '../base';
import { clamp, PPQ, type Ticks, ticks } from '../units';
import { type DrumMap, drumOfNote, isNamed } from './drum-map';
import { likelyMap } from './drum-maps';
import {
  barAt,
  barStarts,
  barTicks,
  COMMON_TIME,
  type Meter,
  MeterSchema,
  STEP_TICKS,
  stepsPerBar,
} from './grid';
import { INSTRUMENT_FACTS } from './instrument';
import { type CheckedMidi, checkMidi } from './midi-chunks';
import { microsecondsPerQuarter } from './midi-encode';
import { DRUM_CHANNEL } from './midi-notes';
import {
  type NOTE_SOURCES,
  type Note,
  noteId,
  type Pattern,
  sortedNotes,
  PLAIN,
  PLAIN_FRAME,
  MOST_BARS,
} from './pattern';
import { ROLE_NAMES, ROLES, type Role } from './role';

export interface DecodedMidi {
  readonly pattern: Pattern;
  /** By which its notes were read. */
  readonly map: DrumMap;
  /** What the file says that a pattern cannot: sentences for the user. */
  readonly warnings: readonly string[];
}

export interface DecodeOptions {
  /** What the note numbers mean; the map that they look like unless given. */
  readonly map?: DrumMap;
  /** Whose notes they are then. */
  readonly source?: (typeof NOTE_SOURCES)[number];
}

/** How far a file's bar lines may stray from where its meters put them. */
const SLACK_TICKS = STEP_TICKS / 2;

/** An event at its tick of the file. */
interface Timed {
  readonly tick: number;
  readonly event: MidiEvent;
}

interface RawNote {
  readonly role: Role | null;
  readonly number: number;
  readonly velocity: number;
  /** In the file's ticks. */
  readonly on: number;
  readonly off: number;
}

/**
 * A drum pattern from a Standard MIDI File: the notes of channel 10, or of all channels when none is there. Each is
 * written on its nearest sixteenth, and what it is off by is its feel, so nothing is lost. Fails with sentences on files that are
 * broken or that a pattern cannot hold.
 */
export function decodeMidi(
  bytes: Uint8Array,
  { map: given, source = 'import' }: DecodeOptions = {},
): Result<DecodedMidi, readonly string[]> {
  const checked = checkMidi(bytes);
  if (!checked.ok) return checked;
  const tracks = readTracks(checked.value);
  if (!tracks.ok) return tracks;
  const warnings: string[] = [];
  const events = tracks.value.flat().sort((a, b) => a.tick - b.tick);
  const scale = PPQ / checked.value.ticksPerQuarter;
  const raw = drumNotes(tracks.value, warnings);
  const map = given ?? likelyMap(new Set(raw.map(({ number }) => number)));
  const strange = new Set(raw.map(({ number }) => number).filter(number => !isNamed(map, number)));
  if (strange.size > 0)
    warnings.push(
      `${map.name} does not name notes ${[...strange].join(', ')}; they were read as percussion.`,
    );
  const end = Math.max(
    0,
    ...tracks.value.map(track => track.at(-1)?.tick ?? 0),
    ...raw.map(({ on }) => on + 1),
  );
  const bars = barsOfMidi(events, scale, end * scale);
  if (!bars.ok) return bars;
  const tempos = temposOfMidi(events, scale, end / checked.value.ticksPerQuarter);
  if (!tempos.ok) return tempos;
  const place = placing(bars.value);
  const notes = raw.map((note, index) => toNote(note, index, scale, place, map, source));
  if (notes.length === 0) warnings.push('It holds no notes.');
  return ok({
    pattern: { ...PLAIN_FRAME, ...tempos.value, bars: bars.value, notes: sortedNotes(notes) },
    map,
    warnings,
  });
}

/** Every track's events at absolute ticks; `midi-file` throws strings on broken ones, and yields `undefined` past their end. */
function readTracks({ bytes }: CheckedMidi): Result<readonly (readonly Timed[])[], readonly string[]> {
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

function drumNotes(tracks: readonly (readonly Timed[])[], warnings: string[]): RawNote[] {
  const isOnDrums = ({ event }: Timed): boolean => event.type === 'noteOn' && event.channel === DRUM_CHANNEL;
  const hasDrums = tracks.some(track => track.some(isOnDrums));
  const notes = tracks.flatMap(track => notesOfTrack(track, hasDrums ? DRUM_CHANNEL : null));
  if (!hasDrums && notes.length > 0)
    warnings.push('No notes are on channel 10, so all channels were read as drums.');
  return notes;
}

/** Note-ons with their note-offs, the oldest sounding one of a number ended first. */
function notesOfTrack(track: readonly Timed[], channel: number | null): RawNote[] {
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
  return notes.sort((a, b) => a.on - b.on || a.number - b.number);
}

/** MIDI's own, until a file says another. */
const DEFAULT_MICROSECONDS = 500_000;

/** The tempo at the start and its changes. A tempo that is said again where it holds already is none; of several on a tick the last counts. */
function temposOfMidi(
  events: readonly Timed[],
  scale: number,
  quarters: number,
): Result<Pick<Pattern, 'tempo' | 'tempoChanges'>, readonly string[]> {
  const said = new Map<number, number>([[0, DEFAULT_MICROSECONDS]]);
  for (const { tick, event } of events) {
    if (event.type === 'setTempo') said.set(tick, event.microsecondsPerBeat);
  }
  const all = [...said]
    .sort(([a], [b]) => a - b)
    .filter(([, microseconds], index, list) => index === 0 || microseconds !== list[index - 1]?.[1]);
  const tempos = all.map(([tick, microseconds]) => ({
    at: tick * scale,
    tempo: roundestTempo(microseconds, quarters),
  }));
  const strange = tempos.find(({ tempo }) => tempo < 20 || tempo > 400);
  if (strange) return fail([`its tempo is ${strange.tempo.toFixed(2)} BPM, but must be 20 to 400`]);
  const [first, ...tempoChanges] = tempos;
  return ok({ tempo: first?.tempo ?? 120, tempoChanges });
}

/**
 * The tempo with the fewest decimals that MIDI would round to `microseconds`, so that 123 BPM comes back as 123; the
 * exact one where that would shift the last beat by more than a fiftieth of a tick, half the length of an audio frame.
 */
function roundestTempo(microseconds: number, quarters: number): number {
  const exact = 60e6 / microseconds;
  const round = [0, 1, 2, 3]
    .map(decimals => Number(exact.toFixed(decimals)))
    .find(tempo => microsecondsPerQuarter(tempo) === microseconds);
  if (round === undefined) return exact;
  const drift = Math.abs(60e6 / round - microseconds) * quarters;
  return drift < microseconds / PPQ / 50 ? round : exact;
}

/** The meter of every bar until `end` (our ticks); a change inside a bar counts from the next one. */
function barsOfMidi(
  events: readonly Timed[],
  scale: number,
  end: number,
): Result<Meter[], readonly string[]> {
  const changes: { readonly at: number; readonly meter: Meter }[] = [];
  for (const { tick, event } of events) {
    if (event.type !== 'timeSignature') continue;
    const parsed = MeterSchema.safeParse({ numerator: event.numerator, denominator: event.denominator });
    if (!parsed.success) {
      return fail([`its meter ${event.numerator}/${event.denominator} is not one that a pattern can have`]);
    }
    changes.push({ at: tick * scale, meter: parsed.data });
  }
  const bars: Meter[] = [];
  let start = 0;
  while (bars.length === 0 || start < end - SLACK_TICKS) {
    if (bars.length === MOST_BARS) {
      return fail([`it lasts more than ${MOST_BARS} bars, the most that a pattern can have`]);
    }
    const meter = changes.findLast(({ at }) => at <= start + SLACK_TICKS)?.meter ?? COMMON_TIME;
    bars.push(meter);
    start += barTicks(meter);
  }
  return ok(bars);
}

/** Turns positions into the tick of the nearest sixteenth of the pattern. */
function placing(bars: readonly Meter[]): (position: number) => Ticks {
  const starts = barStarts(bars);
  return position => {
    const { bar, within } = barAt(starts, position);
    const lastStep = stepsPerBar(bars[bar] ?? COMMON_TIME) - 1;
    const nearest = Math.round(within / STEP_TICKS);
    const step = bar + 1 < bars.length ? nearest : Math.min(nearest, lastStep);
    return ticks((starts[bar] ?? 0) + step * STEP_TICKS);
  };
}

function toNote(
  { role, number, velocity, on, off }: RawNote,
  index: number,
  scale: number,
  place: (position: number) => Ticks,
  map: DrumMap,
  source: Note['source'],
): Note {
  const { instrument, articulation } = drumOfNote(map, number);
  const position = on * scale;
  const at = place(position);
  return {
    id: noteId(`m${index}`),
    role: role ?? INSTRUMENT_FACTS[instrument].role,
    instrument,
    at,
    feel: position - at,
    velocity: clamp(velocity / 127, 0, 1),
    length: ticks(Math.max(1, Math.round((off - on) * scale))),
    ...PLAIN,
    articulation,
    hit: null,
    source,
  };
}
