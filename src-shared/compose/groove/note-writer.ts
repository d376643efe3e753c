import {
  INSTRUMENT_FACTS,
  type Instrument,
  type Note,
  noteId,
  type Pattern,
  type Role,
  sortedNotes,
  PLAIN,
} from '../../model';
import { ticks } from '../../units';
import { CLASS_INSTRUMENTS, CLOSED_HAT, classOf } from './classes';
import type { CellGrid } from './cell-grid';
import { type CellLimits, classesIn, isPedalHat, takenBy, type Word } from './limits';

/** Where and how a new note is put. */
export interface Placement {
  readonly at: number;
  readonly feel: number;
  readonly velocity: number;
}

/** Writes cells of models as notes among those that the user keeps, with the instruments and roles that the pattern uses already. */
export class NoteWriter {
  readonly #pattern: Pattern;
  readonly #grid: CellGrid;
  readonly #kept: Note[] = [];
  readonly #source: Note['source'];
  readonly #byCell = new Map<number, Note[]>();
  readonly #names = new Set<string>();
  /** What each class is written as. */
  readonly #voices: readonly { readonly instrument: Instrument; readonly role: Role }[];
  readonly #fresh: Note[] = [];
  readonly #freshNames = new Set<string>();

  constructor(
    pattern: Pattern,
    grid: CellGrid,
    {
      kept,
      examples,
      source,
    }: {
      readonly kept: readonly Note[];
      /** Notes whose instruments and roles new ones take. */
      readonly examples: readonly Note[];
      readonly source: Note['source'];
    },
  ) {
    this.#pattern = pattern;
    this.#grid = grid;
    this.#source = source;
    this.keep(kept);
    this.#voices = CLASS_INSTRUMENTS.map((usual, index) => {
      const own = examples.filter(note => classOf(note.instrument) === index);
      const instrument = mostCommon(own.map(note => note.instrument)) ?? usual;
      const roles = own.filter(note => note.instrument === instrument).map(note => note.role);
      return { instrument, role: mostCommon(roles) ?? INSTRUMENT_FACTS[instrument].role };
    });
  }

  /** Notes that stand as they are. */
  keep(notes: readonly Note[]): void {
    for (const note of notes) {
      this.#kept.push(note);
      this.#names.add(note.id);
      if (note.muted || note.velocity === 0) continue;
      const cell = this.#grid.cellAt(note.at);
      this.#byCell.set(cell, [...(this.#byCell.get(cell) ?? []), note]);
    }
  }

  /** What the kept notes take of a cell. */
  taken(cell: number): Pick<CellLimits, 'fixed' | 'otherVoices' | 'otherHands'> {
    return takenBy(this.#byCell.get(cell) ?? []);
  }

  /** Writes the classes of `word` that are not kept ones already. */
  write(cell: number, word: Word, place: (index: number) => Placement): void {
    const { fixed, otherHands } = this.taken(cell);
    for (const index of classesIn(word & ~fixed)) {
      const { at, feel, velocity } = place(index);
      const voice = this.#voices[index];
      if (!voice) continue;
      const instrument = index === CLOSED_HAT && isPedalHat(word, otherHands) ? 'phh' : voice.instrument;
      const id = this.#name(`g${at}.${instrument}`);
      this.#freshNames.add(id);
      this.#fresh.push({
        id,
        role: voice.role,
        instrument,
        at: ticks(at),
        feel,
        velocity,
        length: ticks(Math.max(1, Math.round(this.#grid.cells[cell]?.unit ?? 1))),
        ...PLAIN,
        hit: null,
        source: this.#source,
      });
    }
  }

  /** Whether a note of the finished pattern was written here. */
  isFresh(note: Note): boolean {
    return this.#freshNames.has(note.id);
  }

  pattern(): Pattern {
    return { ...this.#pattern, notes: sortedNotes([...this.#kept, ...this.#fresh]) };
  }

  #name(wanted: string): Note['id'] {
    let name = wanted;
    while (this.#names.has(name)) name += "'";
    this.#names.add(name);
    return noteId(name);
  }
}

/** The value that is there most often, the first of several; null of none. */
function mostCommon<Value>(values: readonly Value[]): Value | null {
  const counts = new Map<Value, number>();
  let best: Value | null = null;
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [value, count] of counts)
    if (count > (best === null ? 0 : (counts.get(best) ?? 0))) best = value;
  return best;
}
