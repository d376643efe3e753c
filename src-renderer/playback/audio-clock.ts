/** Readings that are kept: a second of a pulse. */
const KEPT = 40;

/**
 * Between the audio clock and the page's. The audio clock moves in blocks, so that a reading is late by up to one; of many, the one
 * that is ahead most is nearest to the truth.
 */
export class AudioClock {
  #leads: number[] = [];

  /** The audio clock shows `time` in seconds when the page's shows `milliseconds`. */
  read(time: number, milliseconds: number): void {
    this.#leads = [...this.#leads, time - milliseconds / 1000].slice(-KEPT);
  }

  /** What the audio clock shows when the page's shows `milliseconds`. */
  timeAt(milliseconds: number): number {
    return milliseconds / 1000 + Math.max(...this.#leads);
  }

  /** What the page's clock shows when the audio clock shows `time`. */
  millisecondsAt(time: number): number {
    return (time - Math.max(...this.#leads)) * 1000;
  }
}
