/** Measures a song's level while it streams by, for models that want it at one level. */
export class TrackLevelMeter {
  #count = 0;
  #sum = 0;
  #squares = 0;
  #power = 0;

  push(channels: readonly Float32Array[]): void {
    const left = channels[0]!;
    const right = channels[1] ?? left;
    for (let at = 0; at < left.length; at++) {
      const l = left[at]!;
      const r = right[at]!;
      const mono = (l + r) / 2;
      this.#sum += mono;
      this.#squares += mono * mono;
      this.#power += (l * l + r * r) / 2;
    }
    this.#count += left.length;
  }

  finish(): TrackLevel {
    const count = Math.max(1, this.#count);
    const mean = this.#sum / count;
    const variance = (this.#squares - count * mean * mean) / Math.max(1, count - 1);
    return {
      mean,
      deviation: Math.sqrt(Math.max(0, variance)),
      sideRms: Math.sqrt(this.#power / count),
    };
  }
}

export interface TrackLevel {
  /** Mean and unbiased deviation of the channels' mean: what Demucs normalises by. */
  readonly mean: number;
  readonly deviation: number;
  /** sqrt(mean(M^2 + S^2)), M and S half the channels' sum and difference: what `drum-stem` normalises by. */
  readonly sideRms: number;
}
