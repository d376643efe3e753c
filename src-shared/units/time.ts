declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Time in seconds, a real number. */
export type Seconds = Branded<'Seconds'>;
/** Audio position or length in frames (one instant over all channels), an integer. */
export type Frames = Branded<'Frames'>;
/** Musical position in ticks, `PPQ` to the quarter note. Written positions are integers; feel is a real number. */
export type Ticks = Branded<'Ticks'>;

export const seconds = (value: number): Seconds => value as Seconds;
export const frames = (value: number): Frames => value as Frames;
export const ticks = (value: number): Ticks => value as Ticks;

/** Ticks per quarter note, everywhere in Backbeat. */
export const PPQ = 960;

/** The frame nearest to `time`: the one place where seconds are rounded to audio. */
export const framesAt = (time: number, sampleRate: number): Frames => frames(Math.round(time * sampleRate));

/** Length of `count` ticks in seconds at a constant tempo. */
export const secondsOfTicks = (count: number, tempo: number): Seconds =>
  seconds((count * 60) / (tempo * PPQ));

/** Real number of ticks that `time` seconds span at a constant tempo; the caller rounds if it must. */
export const ticksOfSeconds = (time: number, tempo: number): Ticks => ticks((time * tempo * PPQ) / 60);

export const ticksOfMilliseconds = (time: number, tempo: number): Ticks => ticksOfSeconds(time / 1000, tempo);

export const millisecondsOfTicks = (count: number, tempo: number): number =>
  secondsOfTicks(count, tempo) * 1000;
