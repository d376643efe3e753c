/** A value that goes to where it is aimed in a straight line of a fixed number of frames, so that no setting clicks. */
export class Ramp {
  readonly #frames: number;
  #value: number;
  #target: number;
  #step = 0;
  #left = 0;

  constructor(value: number, frames: number) {
    this.#value = value;
    this.#target = value;
    this.#frames = frames;
  }

  get value(): number {
    return this.#value;
  }

  get isSettled(): boolean {
    return this.#left === 0;
  }

  aim(target: number): void {
    if (target === this.#target) return;
    this.#target = target;
    this.#left = this.#frames;
    this.#step = (target - this.#value) / this.#frames;
  }

  /** Moves on by `frames` and answers where it is then. */
  advance(frames = 1): number {
    if (this.#left === 0) return this.#value;
    this.#left = Math.max(0, this.#left - frames);
    this.#value = this.#left === 0 ? this.#target : this.#target - this.#step * this.#left;
    return this.#value;
  }
}

/** Frames of a settings change: 20 ms, longer than a period of 50 Hz. */
export const rampFrames = (sampleRate: number): number => Math.round(0.02 * sampleRate);
