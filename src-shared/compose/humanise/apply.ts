import { type Note, type Pattern, swingOf } from '../../model';
import { clamp } from '../../units';
import { type Cell, CLASS_COUNT, classOf, type CellGrid, type Performance } from '../groove';

/** A note's velocity and feel as a performance has them; null where it says nothing of it. */
interface Played {
  readonly velocity: number;
  readonly feel: number;
}

export interface ApplyOptions {
  /** 0 leaves the notes as they are, 1 plays them as the performance has them. */
  readonly amount: number;
  /**
   * Whether offsets say where strokes sound, swing included, or how far beside the (swung) place where they are written.
   */
  readonly isSounding: boolean;
  readonly isFree: (note: Note) => boolean;
}

/** Softest stroke that MIDI can say. */
const SOFTEST = 1 / 127;

/**
 * Gives free notes the velocities and the feel of a performance, `amount` (0..1) of the way from what they have. Percussion and
 * effects, which the models do not know, move with what is played beside them and keep their velocity.
 */
export function withPerformance(
  pattern: Pattern,
  grid: CellGrid,
  performance: Performance,
  { amount, isSounding, isFree }: ApplyOptions,
): Pattern {
  const room = roomOf(pattern.notes);
  const swung = swingOf(pattern);
  const feelOf = (note: Note, cell: Cell, offset: number): number =>
    isSounding ? cell.centre + offset * cell.unit - swung(note.at) : feelBeside(note, cell, offset);
  return {
    ...pattern,
    notes: pattern.notes.map(note => {
      const played = note.muted || !isFree(note) ? null : playedNote(note, grid, performance, feelOf);
      if (!played || amount === 0) return note;
      const most = room.get(note.id) ?? Infinity;
      const feel = clamp(note.feel + amount * (played.feel - note.feel), -most, most);
      const velocity = clamp(note.velocity + amount * (played.velocity - note.velocity), SOFTEST, 1);
      return { ...note, feel: feel + 0, velocity, source: 'groovae' as const };
    }),
  };
}

function playedNote(
  note: Note,
  grid: CellGrid,
  performance: Performance,
  feelOf: (note: Note, cell: Cell, offset: number) => number,
): Played | null {
  const index = grid.cellAt(note.at);
  const cell = grid.cells[index];
  if (!cell) return null;
  const known = classOf(note.instrument);
  if (known === null) {
    const offset = meanOffset(performance, index);
    return offset === null ? null : { velocity: note.velocity, feel: feelOf(note, cell, offset) };
  }
  const place = index * CLASS_COUNT + known;
  if (performance.hits[place] === 0) return null;
  return {
    velocity: performance.velocities[place]!,
    feel: feelOf(note, cell, performance.offsets[place]!),
  };
}

/**
 * A triplet lies beside its cell. Where the model plays it as one, it says so in its offset; else the offset is from where
 * the note is written. What moves the note less is meant.
 */
function feelBeside(note: Note, cell: Cell, offset: number): number {
  const beside = (note.at - cell.centre) / cell.unit;
  return cell.unit * (Math.abs(offset - beside) < Math.abs(offset) ? offset - beside : offset);
}

function meanOffset({ hits, offsets }: Performance, cell: number): number | null {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < CLASS_COUNT; index++) {
    const place = cell * CLASS_COUNT + index;
    if (hits[place] === 0) continue;
    sum += offsets[place]!;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** How far each note may move so that strokes of one instrument keep their order: half the way to the nearest other one, in ticks. */
function roomOf(notes: readonly Note[]): ReadonlyMap<string, number> {
  const room = new Map<string, number>();
  const last = new Map<string, Note>();
  for (const note of notes) {
    const before = last.get(note.instrument);
    if (before && before.at < note.at) {
      const half = (note.at - before.at) / 2;
      room.set(before.id, Math.min(room.get(before.id) ?? Infinity, half));
      room.set(note.id, half);
    }
    last.set(note.instrument, note);
  }
  return room;
}
