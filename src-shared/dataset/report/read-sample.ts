import type { DatasetRows, SampleRow } from '../rows';

/** A note of a sample's MIDI file. */
export interface FileNote {
  readonly ms: number;
  readonly note: number;
  readonly velocity: number;
}

/** All that the tables say of one sample, and what its MIDI file holds. */
export interface ReadSample {
  readonly sample: SampleRow;
  readonly exercises: DatasetRows['exercises'];
  readonly measures: DatasetRows['measures'];
  readonly strokes: DatasetRows['strokes'];
  readonly beats: DatasetRows['beats'];
  readonly mishaps: DatasetRows['mishaps'];
  /** Ascending; null where the file is not there or cannot be read. */
  readonly notes: readonly FileNote[] | null;
}

export type StrokeRow = DatasetRows['strokes'][number];

/** Indices of strokes that nobody asked for: each follows the stroke that its mishap names. */
export const extraStrokes = ({ mishaps }: Pick<ReadSample, 'mishaps'>): ReadonlySet<number> =>
  new Set(
    mishaps.flatMap(({ kind, stroke_index }) =>
      kind === 'extra_stroke' && stroke_index !== null ? [stroke_index + 1] : [],
    ),
  );
