/** Two clocks of one machine part by less than this, in seconds a second. */
const MOST_DRIFT = 2e-4;
/** The audio clock stood still, or jumped: what was known of it holds no more. */
const LOST_SECONDS = 0.2;

/**
 * Between the audio clock and the page's. The audio clock moves in blocks, so that a reading is late by up to one; of many, the one
 * that is ahead most is nearest to the truth, and is forgotten only as fast as clocks may drift.
 */
export class AudioClock {
  /** Seconds by which the audio clock leads. */
  #lead: number | null = null;
  #readAt = 0;

  /** The audio clock shows `time` in seconds when the page's shows `milliseconds`. */
  read(time: number, milliseconds: number): void {
    const now = milliseconds / 1000;
    const lead = time - now;
    const known = this.#lead === null ? -Infinity : this.#lead - (now - this.#readAt) * MOST_DRIFT;
    this.#lead = known - lead > LOST_SECONDS ? lead : Math.max(lead, known);
    this.#readAt = now;
  }

  /** What the audio clock shows when the page's shows `milliseconds`. */
  timeAt(milliseconds: number): number {
    return milliseconds / 1000 + (this.#lead ?? 0);
  }

  /** What the page's clock shows when the audio clock shows `time`. */
  millisecondsAt(time: number): number {
    return (time - (this.#lead ?? 0)) * 1000;
  }
}
