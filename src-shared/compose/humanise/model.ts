/** Sizes of the humaniser's tensors, from its manifest. */
export interface HumaniserSizes {
  /** Numbers of a step's context, of the decoder's state and of a latent groove. */
  readonly context: number;
  readonly state: number;
  readonly groove: number;
  readonly velocityLevels: number;
  readonly offsetLevels: number;
}

/** Windows of two model bars: hits `window * 288 + cell * 9 + class`; tempo and style a window. */
export interface Windows {
  readonly count: number;
  readonly hits: Float32Array;
  /** Quarter notes a minute. */
  readonly tempos: readonly number[];
  readonly fills: readonly boolean[];
  /** Index into `GROOVE_STYLES`. */
  readonly style: number;
}

/** The trained humaniser, whatever runs it. Rows of a batch do not influence each other but in the last bits of a number. */
export interface Humaniser {
  readonly sizes: HumaniserSizes;
  /** The expected performance: velocities 0..1 and offsets of every cell, struck or not. */
  tight(windows: Windows): Promise<{ readonly velocities: Float32Array; readonly offsets: Float32Array }>;
  /** What the decoder is told of each step, and the grooves that suit each window. */
  context(windows: Windows): Promise<{
    readonly context: Float32Array;
    readonly mean: Float32Array;
    readonly logDeviation: Float32Array;
  }>;
  /** The groove of performances: per step 9 hits, 9 velocities, 9 doubled offsets. */
  listen(context: Float32Array, performance: Float32Array, count: number): Promise<Float32Array>;
  /** One step of `rows` performances: logits `row * 9 * levels`, velocity levels before offset levels, and the next state. */
  play(step: {
    readonly rows: number;
    readonly context: Float32Array;
    readonly groove: Float32Array;
    readonly previous: Float32Array;
    readonly state: Float32Array;
  }): Promise<{ readonly logits: Float32Array; readonly state: Float32Array }>;
}

/** Numbers that the decoder hears of a step. */
export const STEP_NUMBERS = 27;
