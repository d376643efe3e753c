import {
  barStarts,
  type GridEvent,
  type GridFile,
  hitId,
  NOTE_SOURCES,
  type Note,
  noteId,
  type Pattern,
  ROLE_INSTRUMENT,
  STEP_TICKS,
  sortedNotes,
  stepsOf,
  swingOf,
  timeOf,
} from '../model';
import { ticks } from '../units';
import { frameOf } from './grid-file';

/** Removes floating-point dust, so that a typed 7 ms is written 7: a picosecond, 10^-9 ms. */
const tidyMilliseconds = (value: number): number => Math.round(value * 1e9) / 1e9 + 0;
/** Feel read from a file is exact to a millionth of a tick, half a nanosecond at 120 BPM. */
const tidyTicks = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

/** A pattern as events, ordered as its notes are; `patternOfEvents` gives the same pattern back. */
export function eventsOfPattern(pattern: Pattern): GridEvent[] {
  const stepAt = stepsOf(pattern.bars);
  const swung = swingOf(pattern);
  const time = timeOf(pattern);
  return pattern.notes.map(note => {
    const { bar, step, tick: stepTick } = stepAt(note.at);
    const played = swung(note.at) + note.feel - stepTick;
    const milliseconds = tidyMilliseconds(time.offsetMilliseconds(stepTick, played));
    return {
      bar,
      step,
      role: note.role,
      sample_id: note.hit,
      vel: note.velocity,
      dur_steps: note.length / STEP_TICKS,
      micro_offset_ms: milliseconds,
      source: note.source,
      start: Math.max(0, time.secondsAt(stepTick) + milliseconds / 1000),
      velocity: note.velocity,
      micro_offset: milliseconds / 1000,
      instrument: note.instrument,
      ...(note.articulation === null ? {} : { articulation: note.articulation }),
      ...(note.muted ? { muted: true } : {}),
      ...(note.ornament === 'none' ? {} : { ornament: note.ornament }),
      ...(note.probability === 1 ? {} : { probability: note.probability }),
      ...(note.ratchet === 1 ? {} : { ratchet: note.ratchet }),
      ...(note.at === stepTick ? {} : { tick: note.at }),
      id: note.id,
    };
  });
}

/** The pattern that checked events on a checked grid stand for. */
export function patternOfEvents(grid: GridFile, events: readonly GridEvent[]): Pattern {
  const frame = frameOf(grid);
  const starts = barStarts(frame.bars);
  const swung = swingOf(frame);
  const time = timeOf(frame);
  const names = new Set<string>();
  const notes = events.map((event, index): Note => {
    const stepTick = (starts[event.bar] ?? 0) + event.step * STEP_TICKS;
    const at = ticks(event.tick ?? stepTick);
    const played = stepTick + time.feelOf(stepTick, event.micro_offset_ms);
    return {
      id: noteId(freshName(event.id ?? `e${index}`, names)),
      role: event.role,
      instrument: event.instrument ?? ROLE_INSTRUMENT[event.role],
      articulation: event.articulation ?? null,
      at,
      feel: tidyTicks(played - swung(at)),
      velocity: event.vel,
      length: ticks(Math.max(1, Math.round(event.dur_steps * STEP_TICKS))),
      ornament: event.ornament ?? 'none',
      probability: event.probability ?? 1,
      ratchet: event.ratchet ?? 1,
      muted: event.muted ?? false,
      hit: event.sample_id === null ? null : hitId(event.sample_id),
      source: NOTE_SOURCES.find(source => source === event.source) ?? 'import',
    };
  });
  return { ...frame, notes: sortedNotes(notes) };
}

function freshName(wanted: string, names: Set<string>): string {
  let name = wanted;
  while (names.has(name)) name += "'";
  names.add(name);
  return name;
}
