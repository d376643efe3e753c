import type { Instrument, MonoAudio } from '#shared/model';

/** What an ear makes of some sounds. */
export interface HeardSounds {
  /** A row of `size` numbers a sound, of length 1; zeros for silence. */
  readonly vectors: Float32Array;
  /** What the model's own classifier says of each; null for silence, and where it has none. */
  readonly own: readonly (Readonly<Partial<Record<Instrument, number>>> | null)[];
}

/** An audio-text model: sounds and words as vectors in one space. Its networks are loaded when they are first asked. */
export interface Ear {
  /** By which vectors of one ear are told from those of another: "drum-clap-2". */
  readonly id: string;
  /** Numbers of a vector. */
  readonly size: number;
  /** Throws `Failed` when the model cannot be loaded or run, and the signal's reason. Batches are small: memory is flat. */
  hear(sounds: readonly MonoAudio[], signal?: AbortSignal): Promise<HeardSounds>;
  /** A row of `size` numbers a text, of length 1. */
  read(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Scales every row to length 1; rows of zeros stay. */
export function asUnitRows(rows: Float32Array, size: number): Float32Array {
  for (let start = 0; start < rows.length; start += size) {
    let squares = 0;
    for (let at = start; at < start + size; at++) squares += rows[at]! ** 2;
    if (squares === 0) continue;
    const scale = 1 / Math.sqrt(squares);
    for (let at = start; at < start + size; at++) rows[at]! *= scale;
  }
  return rows;
}

/** `items` in groups of `size`, in order. */
export function* batchesOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let first = 0; first < items.length; first += size) yield items.slice(first, first + size);
}
