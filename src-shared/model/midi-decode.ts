import { ok, type Result } from '../base';
import { clamp, PPQ, type Ticks, ticks } from '../units';
import { type DrumMap, drumOfNote, isNamed } from './drum-map';
import { likelyMap } from './drum-maps';
import { INSTRUMENT_FACTS } from './instrument';
import { barsOfMidi, metersOfMidi } from './midi-bars';
import { checkMidi, type MidiClock } from './midi-chunks';
import { drumNotes, type RawNote, readTracks, type Timed } from './midi-events';
import { inSequence } from './midi-sequence';
import { temposOfMidi } from './midi-tempos';
import { lanesOfNotes, writtenAsPlayed, writtenInSixteenths } from './midi-writing';
import {
  type NOTE_SOURCES,
  type Note,
  noteId,
  type Pattern,
  PLAIN,
  PLAIN_FRAME,
  sortedNotes,
} from './pattern';
import { timeOf } from './pattern-time';

export interface DecodeOptions {
  /** What the note numbers mean; the map that they look like unless given. */
  readonly map?: DrumMap;
  /** Whose notes they are then. */
  readonly source?: (typeof NOTE_SOURCES)[number];
  /** Where notes are written: on sixteenths, or (unless given) on triplets and thirty-seconds too where those fit clearly better. */
  readonly grid?: 'sixteenths' | 'played';
}

export interface DecodedMidi {
  readonly pattern: Pattern;
  /** By which its notes were read. */
  readonly map: DrumMap;
  /** How often each note number is struck, ascending. */
  readonly numbers: ReadonlyMap<number, number>;
  /** What the file says that a pattern cannot, and what was taken for granted: sentences for the user. */
  readonly warnings: readonly string[];
  /** What of the notes the map does not name, or a pattern cannot play as the map means it: sentences. */
  readonly unnamed: readonly string[];
}

/**
 * A drum pattern from a Standard MIDI File: the notes of channel 10, or of all channels when none is there. Each is
 * written on the nearest line of a grid, and what it is off by is its feel, so nothing is lost. Fails with sentences on files that are
 * broken or that a pattern cannot hold.
 */
export function decodeMidi(
  bytes: Uint8Array,
  { map: given, source = 'import', grid = 'played' }: DecodeOptions = {},
): Result<DecodedMidi, readonly string[]> {
  const checked = checkMidi(bytes);
  if (!checked.ok) return checked;
  const read = readTracks(checked.value);
  if (!read.ok) return read;
  const warnings: string[] = [];
  const { clock, format } = checked.value;
  const tracks = format === 2 ? inSequence(read.value, clock, warnings) : read.value;
  const events = tracks.flat().sort((a, b) => a.tick - b.tick);
  const scale = ticksOf(clock, events, warnings);
  const raw = drumNotes(tracks, warnings);
  const end = tracks.reduce((last, track) => Math.max(last, track.at(-1)?.tick ?? 0), 0);
  const meters = metersOfMidi(events, scale);
  if (!meters.ok) return meters;
  const bars = barsOfMidi(meters.value, end * scale, raw.length === 0 ? null : (raw.at(-1)?.on ?? 0) * scale);
  if (!bars.ok) return bars;
  if (bars.value.moved > 1)
    warnings.push(
      `Its meter changes between sixteenths; bar lines were moved by up to ${Math.round(bars.value.moved)} ticks, the notes were not.`,
    );
  const tempoEvents = 'ticksPerSecond' in clock ? steadyTempo(events) : events;
  const tempos = temposOfMidi(tempoEvents, scale, (end * scale) / PPQ);
  if (!tempos.ok) return tempos;
  if (!tempoEvents.some(({ event }) => event.type === 'setTempo'))
    warnings.push('It says no tempo, so 120 BPM was taken, as MIDI has it.');
  const map = given ?? likelyMap(raw.map(({ number }) => number));
  const numbers = countsOf(raw);
  const strange = [...numbers.keys()].filter(number => !isNamed(map, number));
  const unnamed =
    strange.length > 0
      ? [`${map.name} does not name notes ${strange.join(', ')}; they were read as percussion.`]
      : [];
  const chokes = raw.filter(({ number }) => drumOfNote(map, number).articulation?.endsWith('choke')).length;
  if (chokes > 0)
    unnamed.push(`Notes that choke a cymbal in ${map.name} (${chokes}) are strokes in a pattern: mute them.`);
  const frame = { ...PLAIN_FRAME, ...tempos.value, bars: bars.value.bars };
  const { place } =
    grid === 'sixteenths'
      ? writtenInSixteenths(frame.bars)
      : writtenAsPlayed(
          frame.bars,
          raw.map(({ on }) => on * scale),
          timeOf(frame).tempoAt,
        );
  const notes = sortedNotes(raw.map((note, index) => toNote(note, index, scale, place, map, source)));
  if (notes.length === 0) warnings.push('It holds no notes.');
  const lanes = grid === 'sixteenths' ? [] : lanesOfNotes(notes, frame.bars);
  return ok({ pattern: { ...frame, lanes, notes }, map, numbers, warnings, unnamed });
}

/** Our ticks in one of the file's. Seconds become beats of the file's first tempo. */
function ticksOf(clock: MidiClock, events: readonly Timed[], warnings: string[]): number {
  if ('ticksPerQuarter' in clock) return PPQ / clock.ticksPerQuarter;
  const [first] = steadyTempo(events);
  const microseconds = first?.event.type === 'setTempo' ? first.event.microsecondsPerBeat : 500_000;
  warnings.push(
    `It counts time in film frames, not in beats; its beats were taken to be those of ${(60e6 / microseconds).toFixed(2)} BPM.`,
  );
  return (PPQ * 1e6) / microseconds / clock.ticksPerSecond;
}

/** The first tempo of a file whose time no tempo changes, at its start. */
const steadyTempo = (events: readonly Timed[]): readonly Timed[] =>
  events
    .filter(({ event }) => event.type === 'setTempo')
    .slice(0, 1)
    .map(({ event }) => ({ tick: 0, event }));

function countsOf(notes: readonly RawNote[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { number } of notes) counts.set(number, (counts.get(number) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a - b));
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
