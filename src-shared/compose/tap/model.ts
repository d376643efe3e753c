/** Sets of thresholds: the most exact beat as a whole, or one in which rare voices are heard, too. */
export const TAP_COLOURS = ['exact', 'colourful'] as const;
export type TapColour = (typeof TAP_COLOURS)[number];

export interface TapWindows {
  readonly count: number;
  /** `window * 96 + cell * 3`: 1 where tapped, velocity, doubled offset. */
  readonly taps: Float32Array;
  readonly tempos: readonly number[];
  /** Index into `GROOVE_STYLES`. */
  readonly style: number;
}

/** The trained tap-to-drums, whatever runs it; answers are `window * 288 + cell * 9 + class`. */
export interface Tapper {
  /** Of each class: the chance from which it sounds. */
  readonly thresholds: Readonly<Record<TapColour, readonly number[]>>;
  play(windows: TapWindows): Promise<{
    readonly chances: Float32Array;
    readonly velocities: Float32Array;
    readonly offsets: Float32Array;
  }>;
}

export const TAP_NUMBERS = 3;
