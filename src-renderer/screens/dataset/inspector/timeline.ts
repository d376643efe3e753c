import { LEAD_IN_MS, type DatasetRows } from '#shared/dataset';
import { drumOfNote, GENERAL_MIDI, INSTRUMENT_FACTS, INSTRUMENTS } from '#shared/model';
import { lateness, plain, signed } from '#renderer/ui';
import { spoken } from '../names';
import { soundingTimes } from './sounding-times';

type StrokeRow = DatasetRows['strokes'][number];

/** A stroke as it is drawn, at seconds of the audio, or of the performance where there is none. */
export interface TimelineStroke {
  readonly index: number;
  readonly lane: number;
  readonly hand: 'R' | 'L';
  /** "accent", "Snare, grace note". */
  readonly kind: string;
  readonly intended: number;
  readonly actual: number;
  /** Of the performance, as the label says. */
  readonly intendedMs: number;
  /** 0..1. */
  readonly intendedVelocity: number;
  readonly actualVelocity: number;
  readonly errorMs: number;
  readonly isGrace: boolean;
  readonly isAccent: boolean;
  /** Names of what went wrong at it. */
  readonly mishaps: readonly string[];
  /** Everything of it in one sentence. */
  readonly words: string;
}

export interface BeatLine {
  readonly at: number;
  /** "2.3": cycle of the pattern, and beat in it. */
  readonly label: string;
  /** Whether a cycle begins with it. */
  readonly isFirst: boolean;
}

/** A failure at its place; of a missed stroke nothing else is there. */
export interface MishapMark {
  readonly at: number;
  readonly name: string;
  /** `index` of the stroke that it happened to; null where none sounded. */
  readonly stroke: number | null;
}

export interface Timeline {
  readonly seconds: number;
  /** "Right" and "Left"; of a groove the drums that it plays. */
  readonly lanes: readonly string[];
  /** By index. */
  readonly strokes: readonly TimelineStroke[];
  readonly beats: readonly BeatLine[];
  readonly mishaps: readonly MishapMark[];
  /** Of the errors of all strokes but graces, ms. */
  readonly meanMs: number;
  readonly deviationMs: number;
  /** What holds every error, in steps of 10 ms. */
  readonly errorLimitMs: number;
}

const SNARE_NOTE = 38;
const LEAST_ERROR_LIMIT_MS = 20;
const HANDS = { R: 'right', L: 'left' } as const;
const LOUDEST = 127;

/** What is drawn of a sample, from its rows alone. */
export function timelineOf(rows: DatasetRows): Timeline {
  const [sample] = rows.samples;
  const isGroove = rows.strokes.some(({ midi_note }) => midi_note !== SNARE_NOTE);
  const instruments = isGroove ? instrumentsOf(rows.strokes) : [];
  const toSeconds = soundingTimes(rows.strokes);
  const named = new Map<number, string[]>();
  for (const { kind, stroke_index } of rows.mishaps)
    if (stroke_index !== null) named.set(stroke_index, [...(named.get(stroke_index) ?? []), spoken(kind)]);
  const strokes = rows.strokes.map((row): TimelineStroke => {
    const hand = row.hand === 'L' ? 'L' : 'R';
    const drum = instrumentOf(row);
    const mishaps = named.get(row.index) ?? [];
    return {
      index: row.index,
      lane: isGroove ? instruments.indexOf(drum) : hand === 'R' ? 0 : 1,
      hand,
      kind: kindOf(row, isGroove),
      intended: toSeconds(row.intended_time_ms),
      actual: toSeconds(row.actual_time_ms),
      intendedMs: row.intended_time_ms,
      intendedVelocity: row.intended_velocity / LOUDEST,
      actualVelocity: row.actual_velocity / LOUDEST,
      errorMs: row.timing_error_ms,
      isGrace: row.is_grace_note,
      isAccent: row.is_accent,
      mishaps,
      words: strokeWords(row, rows.strokes.length, mishaps, isGroove),
    };
  });
  const errors = strokes.filter(({ isGrace }) => !isGrace).map(({ errorMs }) => errorMs);
  const meanMs = meanOf(errors);
  const largest = strokes.reduce((most, { errorMs }) => Math.max(most, Math.abs(errorMs)), 0);
  return {
    seconds: Math.max(sample?.audio_duration_sec ?? sample?.duration_sec ?? 0, 0.1),
    lanes: isGroove ? instruments.map(instrument => INSTRUMENT_FACTS[instrument].name) : ['Right', 'Left'],
    strokes,
    beats: beatLines(rows, toSeconds),
    mishaps: rows.mishaps.map(({ kind, time_ms, stroke_index }) => ({
      at: toSeconds(time_ms),
      name: spoken(kind),
      stroke: stroke_index,
    })),
    meanMs,
    deviationMs: Math.sqrt(meanOf(errors.map(error => (error - meanMs) ** 2))),
    errorLimitMs: Math.max(LEAST_ERROR_LIMIT_MS, Math.ceil(largest / 10) * 10),
  };
}

const instrumentOf = ({ midi_note }: StrokeRow) => drumOfNote(GENERAL_MIDI, midi_note).instrument;

/** Those that are played, as every list of instruments is ordered. */
function instrumentsOf(strokes: readonly StrokeRow[]) {
  const played = new Set(strokes.map(instrumentOf));
  return INSTRUMENTS.filter(instrument => played.has(instrument));
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A line for every beat of the performance, also where nothing is struck. */
function beatLines(rows: DatasetRows, toSeconds: (ms: number) => number): readonly BeatLine[] {
  const [sample] = rows.samples;
  const last = rows.beats.at(-1);
  if (!sample || !last) return [];
  const cycleOf = new Map(rows.beats.map(({ beat, measure_index }) => [beat, measure_index]));
  const lines: BeatLine[] = [];
  let cycle = 0;
  let first = 0;
  for (let beat = 0; beat <= last.beat; beat++) {
    const here = cycleOf.get(beat) ?? cycle;
    const isFirst = beat === 0 || here !== cycle;
    if (isFirst) first = beat;
    cycle = here;
    lines.push({
      at: toSeconds(LEAD_IN_MS + (beat * 60_000) / sample.tempo_bpm),
      label: `${cycle + 1}.${beat - first + 1}`,
      isFirst,
    });
  }
  return lines;
}

/** Its type; of a groove's the drum too. */
function kindOf(row: StrokeRow, isGroove: boolean): string {
  const type = row.is_grace_note ? 'grace note' : row.stroke_type;
  const kind = row.buzz_count === null ? type : `${type} of ${row.buzz_count} contacts`;
  return isGroove ? `${INSTRUMENT_FACTS[instrumentOf(row)].name}, ${kind}` : kind;
}

function strokeWords(row: StrokeRow, count: number, mishaps: readonly string[], isGroove: boolean): string {
  const parts = [
    `Stroke ${row.index + 1} of ${count}`,
    kindOf(row, isGroove),
    `${HANDS[row.hand === 'L' ? 'L' : 'R']} hand`,
    `meant at ${plain(row.intended_time_ms, 1)} ms, came at ${plain(row.actual_time_ms, 1)} ms, ${lateness(row.timing_error_ms)}`,
    `velocity ${row.actual_velocity} for ${row.intended_velocity} (${signed(row.velocity_error)})`,
    ...(row.flam_spacing_ms === null ? [] : [`flam gap ${plain(row.flam_spacing_ms, 1)} ms`]),
    ...(row.audio_time_ms === null || row.audio_time_ms === row.actual_time_ms
      ? []
      : [`heard at ${plain(row.audio_time_ms, 1)} ms`]),
    ...mishaps,
  ];
  return parts.join(', ');
}
