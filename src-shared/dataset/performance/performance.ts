import type { Mishap, Player } from '../players';
import type { Hand, StrokeType } from '../rudiments';
import type { Material } from './material';

/** How long an exercise is: whole cycles, or as many of them as fit into a fixed duration (at least one). */
export type ExerciseLength = { readonly cycles: number } | { readonly seconds: number };

/** Everything that a performance follows from. */
export interface ExerciseSpec {
  readonly datasetSeed: number;
  readonly player: Player;
  readonly material: Material;
  /** Quarter notes per minute, 20..400. */
  readonly tempo: number;
  /** Tells performances of one material by one player at one tempo apart. */
  readonly take: number;
  readonly length: ExerciseLength;
}

export interface Bounce {
  readonly time_ms: number;
  readonly velocity: number;
}

/** One stroke as it was meant and as it came. Times are from the file's start. */
export interface PerformedStroke {
  readonly cycle: number;
  /** Intended, from the first stroke. */
  readonly beat: number;
  /** That played it; a wrong hand is an event. */
  readonly hand: Hand;
  readonly stroke_type: StrokeType;
  readonly note: number;
  readonly intended_time_ms: number;
  readonly actual_time_ms: number;
  readonly intended_velocity: number;
  readonly actual_velocity: number;
  readonly is_accent: boolean;
  readonly diddle_position: 1 | 2 | null;
  /** Of a flam's grace and stroke: onset to onset, negative when inverted. */
  readonly flam_spacing_ms: number | null;
  /** Of a grace note: the stroke that it belongs to, its place in the list. */
  readonly parent_stroke_index: number | null;
  /** Of a buzzed stroke: all that is heard, the first included. */
  readonly buzz_count: number | null;
  /** Of a buzzed stroke: what follows its first contact. */
  readonly bounces: readonly Bounce[];
  /** Not asked for by the material. */
  readonly is_extra: boolean;
}

/** A failure that happened, where and when. */
export interface MishapEvent {
  readonly kind: Mishap;
  /** Intended time of the stroke that it happened to. */
  readonly time_ms: number;
  /** The stroke in the list; null where none sounded (missed). */
  readonly stroke_index: number | null;
}

/** A performance: sorted by intended time, graces before their strokes. */
export interface Performance {
  readonly spec: ExerciseSpec;
  readonly cycles: number;
  readonly beats: number;
  readonly duration_ms: number;
  readonly strokes: readonly PerformedStroke[];
  readonly mishaps: readonly MishapEvent[];
}

/** Before the first beat, so that graces and early strokes have a time. */
export const LEAD_IN_MS = 400;
/** After the last beat, for what rings. */
export const TAIL_MS = 600;
