import {
  barStarts,
  DIVISION_TICKS,
  type Division,
  type GrooveTemplate,
  type Instrument,
  type Note,
  type Pattern,
  patternTicks,
  swingOf,
  type TemplateSlot,
} from '../../model';

export interface ExtractRequest {
  readonly name: string;
  readonly source: string;
  /** The step that feel is measured from. */
  readonly base: Division;
  /** Bars of the cycle; those after it are averaged into it. */
  readonly bars: number;
}

/** A voice with fewer strokes in a cycle has no feel of its own. */
const LEAST_STROKES = 4;

interface Stroke {
  readonly slot: number;
  readonly offset: number;
  readonly velocity: number;
  readonly instrument: Instrument;
}

/**
 * The feel of `pattern`: how late each step of its first `bars` bars is played, swing included, and how loud beside its voice's mean;
 * muted notes left out. Bars after the cycle count where they fall in it.
 */
export function extractTemplate(
  pattern: Pattern,
  { name, source, base, bars }: ExtractRequest,
): GrooveTemplate {
  const step = DIVISION_TICKS[base];
  const starts = barStarts(pattern.bars);
  const cycle = starts[Math.min(bars, pattern.bars.length)] ?? patternTicks(pattern);
  const count = Math.max(1, Math.ceil(cycle / step));
  const heard = pattern.notes.filter(note => !note.muted && note.velocity > 0);
  const strokes = strokesOf(pattern, heard, step, count);
  const byVoice = Map.groupBy(strokes, stroke => stroke.instrument);
  const accented = [...byVoice.values()].flatMap(voice => withAccents(voice));
  const voices = [...byVoice].flatMap(([instrument, voice]) =>
    voice.length >= LEAST_STROKES && byVoice.size > 1
      ? [[instrument, slotsOf(withAccents(voice), count)] as const]
      : [],
  );
  return {
    version: 1,
    name,
    base,
    slots: slotsOf(accented, count),
    voices: Object.fromEntries(voices),
    source,
  };
}

function strokesOf(pattern: Pattern, notes: readonly Note[], step: number, count: number): Stroke[] {
  const swung = swingOf(pattern);
  return notes.map(note => {
    const written = Math.round(note.at / step);
    // What is written between two steps is measured from where it is written.
    const stand = Math.abs(note.at - written * step) < step / 4 ? written * step : note.at;
    return {
      slot: written % count,
      offset: swung(note.at) + note.feel - stand,
      velocity: note.velocity,
      instrument: note.instrument,
    };
  });
}

interface Accented extends Stroke {
  readonly accent: number;
}

function withAccents(voice: readonly Stroke[]): Accented[] {
  const mean = voice.reduce((sum, { velocity }) => sum + velocity, 0) / voice.length;
  return voice.map(stroke => ({ ...stroke, accent: stroke.velocity / mean }));
}

function slotsOf(strokes: readonly Accented[], count: number): TemplateSlot[] {
  const bySlot = Map.groupBy(strokes, ({ slot }) => slot);
  return Array.from({ length: count }, (_, slot): TemplateSlot => {
    const here = bySlot.get(slot);
    if (!here) return null;
    const mean = (of: (stroke: Accented) => number): number =>
      here.reduce((sum, stroke) => sum + of(stroke), 0) / here.length;
    return { offset: tidy(mean(({ offset }) => offset)), accent: tidy(mean(({ accent }) => accent)) };
  });
}

/** A millionth, as fine as files hold feel. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;
