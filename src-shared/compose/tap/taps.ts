import { type Note, type Pattern, swingOf } from '../../model';
import { clamp } from '../../units';
import type { CellGrid } from '../groove';

/** A rhythm without instruments: in each cell the loudest note that sounds there, whatever it is. */
export interface Taps {
  /** 0 or 1, by cell. */
  readonly hits: Float32Array;
  readonly velocities: Float32Array;
  /** In the model's sixteenths, -0.5..0.5. */
  readonly offsets: Float32Array;
  /** The note behind each tap. */
  readonly notes: readonly (Note | null)[];
}

export function tapsOf(pattern: Pattern, grid: CellGrid): Taps {
  const swung = swingOf(pattern);
  const count = grid.cells.length;
  const notes: (Note | null)[] = Array.from({ length: count }, () => null);
  for (const note of pattern.notes) {
    if (note.muted || note.velocity === 0) continue;
    const index = grid.cellAt(note.at);
    if (note.velocity > (notes[index]?.velocity ?? 0)) notes[index] = note;
  }
  const taps = {
    hits: new Float32Array(count),
    velocities: new Float32Array(count),
    offsets: new Float32Array(count),
    notes,
  };
  for (const [index, note] of notes.entries()) {
    const cell = grid.cells[index];
    if (!note || !cell) continue;
    taps.hits[index] = 1;
    taps.velocities[index] = note.velocity;
    taps.offsets[index] = clamp((swung(note.at) + note.feel - cell.centre) / cell.unit, -0.5, 0.5);
  }
  return taps;
}
