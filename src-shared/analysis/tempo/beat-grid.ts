/** The beats of a recording in order, none left out, and whether a machine kept the time. */
export interface BeatGrid {
  /** Where each beat is heard. */
  readonly beats: readonly number[];
  /** Seconds a beat: of the straight line where steady, else the mean. */
  readonly period: number;
  /** Its standard error. */
  readonly error: number;
  /** The straight line that the beats stand on, by the time of its beat `beats[0]`; null where they drift. */
  readonly lineStart: number | null;
}

/** Beats as they are counted: on their straight line where they have one. */
export const lineOf = ({ beats, period, lineStart }: BeatGrid): readonly number[] =>
  lineStart === null ? beats : beats.map((_, at) => lineStart + at * period);
