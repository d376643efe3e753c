import { type EventAt, microsecondsPerQuarter, midiFile } from '../../model';
import { PPQ } from '../../units';
import type { Performance } from './performance';

/** How long a drum's note is in the file, unless the next of its number comes sooner. */
const NOTE_MS = 60;

interface Hit {
  readonly note: number;
  readonly velocity: number;
  on: number;
  off: number;
}

/**
 * A performance as a Standard MIDI File of type 0: General MIDI's drum channel, 960 ticks a quarter at the exercise's tempo, each onset on the
 * tick nearest to its time. Of two strokes of a drum on one tick the second stands a tick later.
 */
export function encodePerformance({ spec, strokes, duration_ms }: Performance): Uint8Array {
  const microseconds = microsecondsPerQuarter(spec.tempo);
  const ticksPerMs = (1000 * PPQ) / microseconds;
  const hits: Hit[] = [];
  const add = (note: number, time: number, velocity: number): void => {
    const on = Math.max(0, Math.round(time * ticksPerMs));
    hits.push({ note, velocity: Math.max(1, Math.min(127, Math.round(velocity))), on, off: on });
  };
  for (const stroke of strokes) {
    add(stroke.note, stroke.actual_time_ms, stroke.actual_velocity);
    for (const { time_ms, velocity } of stroke.bounces) add(stroke.note, time_ms, velocity);
  }
  hits.sort((a, b) => a.on - b.on || a.note - b.note);
  const length = Math.max(1, Math.round(NOTE_MS * ticksPerMs));
  const sounding = new Map<number, Hit>();
  for (const hit of hits) {
    const before = sounding.get(hit.note);
    if (before) {
      if (hit.on <= before.on) hit.on = before.on + 1;
      before.off = Math.min(before.off, hit.on);
    }
    hit.off = hit.on + length;
    sounding.set(hit.note, hit);
  }
  const notes: (EventAt & { readonly order: number })[] = [];
  for (const { note, velocity, on, off } of hits) {
    notes.push({ tick: on, order: 1, event: { type: 'noteOn', number: note, velocity } });
    notes.push({ tick: off, order: 0, event: { type: 'noteOff', number: note } });
  }
  notes.sort((a, b) => a.tick - b.tick || a.order - b.order);
  const head: EventAt[] = [
    { tick: 0, event: { type: 'trackName', text: spec.material.slug } },
    { tick: 0, event: { type: 'tempo', microseconds } },
    { tick: 0, event: { type: 'meter', numerator: 4, denominator: 4 } },
  ];
  const end = Math.max(Math.round(duration_ms * ticksPerMs), notes.at(-1)?.tick ?? 0);
  return midiFile(0, [[...head, ...notes]], end);
}
