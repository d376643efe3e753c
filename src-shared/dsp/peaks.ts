/** Frames that one pair of a waveform overview stands for. */
export const PEAK_FRAMES = 512;

/** Collects a waveform overview while audio streams by: min and max of the channels' mean, per `PEAK_FRAMES` frames. */
export class PeakPairs {
  #pairs = new Float32Array(4096);
  #length = 0;
  #low = Infinity;
  #high = -Infinity;
  #held = 0;

  /** `channels` are the next frames, all channels of one length. */
  push(channels: readonly Float32Array[]): void {
    const count = channels[0]?.length ?? 0;
    for (let frame = 0; frame < count; frame++) {
      let sum = 0;
      for (const channel of channels) sum += channel[frame]!;
      const value = sum / channels.length;
      if (value < this.#low) this.#low = value;
      if (value > this.#high) this.#high = value;
      if (++this.#held === PEAK_FRAMES) this.#close();
    }
  }

  /** All pairs so far, min and max in turn; the last one may stand for fewer frames. Ends the collection. */
  finish(): Float32Array {
    if (this.#held > 0) this.#close();
    return this.#pairs.slice(0, this.#length);
  }

  #close(): void {
    if (this.#length === this.#pairs.length) {
      const longer = new Float32Array(2 * this.#pairs.length);
      longer.set(this.#pairs);
      this.#pairs = longer;
    }
    this.#pairs[this.#length++] = this.#low;
    this.#pairs[this.#length++] = this.#high;
    this.#low = Infinity;
    this.#high = -Infinity;
    this.#held = 0;
  }
}
