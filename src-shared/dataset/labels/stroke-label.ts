import type { Hand, StrokeType } from '../rudiments';

/** A stroke: the seed's fields. Times in ms from the file's start, velocities as MIDI has them. */
export interface StrokeLabel {
  readonly index: number;
  readonly hand: Hand;
  readonly stroke_type: StrokeType;
  readonly intended_time_ms: number;
  readonly actual_time_ms: number;
  readonly timing_error_ms: number;
  readonly intended_velocity: number;
  readonly actual_velocity: number;
  readonly velocity_error: number;
  readonly is_grace_note: boolean;
  readonly is_accent: boolean;
  readonly diddle_position: 1 | 2 | null;
  readonly flam_spacing_ms: number | null;
  readonly parent_stroke_index: number | null;
  readonly buzz_count: number | null;
}
