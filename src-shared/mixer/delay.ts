/** A stream of one channel, `frames` later. */
export class Delay {
  readonly #frames: number;
  #line: Float64Array;

  constructor(frames: number) {
    this.#frames = frames;
    this.#line = new Float64Array(frames);
  }

  /** Replaces the first `count` values of `samples` by those of `frames` before. */
  pass(samples: Float64Array, count: number): void {
    const frames = this.#frames;
    if (this.#line.length < frames + count) {
      const longer = new Float64Array(frames + count);
      longer.set(this.#line.subarray(0, frames));
      this.#line = longer;
    }
    const line = this.#line;
    for (let frame = 0; frame < count; frame++) line[frames + frame] = samples[frame]!;
    for (let frame = 0; frame < count; frame++) samples[frame] = line[frame]!;
    line.copyWithin(0, count, count + frames);
  }
}
