import { SampleQueue } from '../../dsp';
import type { Stereo } from './tensors';

/** The stretch of a stereo stream that is still needed, addressed by frames of the whole stream. */
export class HeldAudio {
  readonly #queues: readonly [SampleQueue, SampleQueue] = [new SampleQueue(), new SampleQueue()];
  #start = 0;

  /** Frames received in all. */
  get end(): number {
    return this.#start + this.#queues[0].length;
  }

  push([left, right]: Stereo): void {
    this.#queues[0].push(left);
    this.#queues[1].push(right);
  }

  pushZeros(count: number): void {
    for (const queue of this.#queues) queue.pushZeros(count);
  }

  /** Lets go of all before `frame`. */
  dropBefore(frame: number): void {
    const count = Math.min(this.end, frame) - this.#start;
    if (count <= 0) return;
    for (const queue of this.#queues) queue.drop(count);
    this.#start += count;
  }

  /** Copies the frames from `start` on into `target`, zeros where the stream is not; none may have been dropped. */
  read(start: number, target: Stereo): void {
    target.forEach((channel, side) => {
      channel.fill(0);
      const from = Math.max(start, this.#start);
      const to = Math.min(start + channel.length, this.end);
      if (to <= from) return;
      const held = this.#queues[side as 0 | 1].peek(to - this.#start);
      channel.set(held.subarray(from - this.#start), from - start);
    });
  }

  /** What is held of both channels, whose first frame is `start`; valid until the next push or drop. */
  view(): { readonly start: number; readonly channels: Stereo } {
    const [left, right] = this.#queues;
    return { start: this.#start, channels: [left.peek(left.length), right.peek(right.length)] };
  }
}
