import { SampleQueue } from '../../dsp';
import { HeldAudio } from './held-audio';
import { fromLowRate, LOW_RATE_DIVISOR, LOW_REACH, LowRate } from './low-rate';
import { joinPieces, type StemPieces, type StemStream } from './stem-stream';
import { strokeMeanCorrection } from './stroke-mean';
import { BEFORE } from './strokes';
import { type Stereo, stereoOf } from './tensors';

/** In low-rate frames: 10 s are corrected at once, with the strokes of 40 s before and 30 s after. */
export interface StrokeMeanReach {
  readonly block: number;
  readonly before: number;
  readonly after: number;
}
const REACH: StrokeMeanReach = { block: 27_562, before: 110_250, after: 82_687 };

/**
 * Corrects the drums that another stream separates, below 900 Hz and in their middle: each stroke becomes more like the mean of those
 * like it (`strokeMeanCorrection`). Memory is flat: what `REACH` says is held, no more.
 */
export class StrokeMeanStream implements StemStream {
  readonly #drumStream: StemStream;
  readonly #reach: StrokeMeanReach;
  readonly #mixRate = new LowRate();
  readonly #drumRate = new LowRate();
  /** The middle of mix and drums at the low rate from `#lowStart` on. */
  readonly #mix = new SampleQueue();
  readonly #drums = new SampleQueue();
  #lowStart = 0;
  /** Drums at their own rate that are not corrected yet. */
  readonly #held = new HeldAudio();
  #emitted = 0;
  #blockStart = 0;
  /** Corrections from low frame `#correctionStart` on. */
  #correction = new Float32Array(0);
  #correctionStart = 0;

  constructor(drumStream: StemStream, reach: StrokeMeanReach = REACH) {
    this.#drumStream = drumStream;
    this.#reach = reach;
  }

  async push(mix: Stereo): Promise<StemPieces> {
    this.#mix.push(this.#mixRate.push(middleOf(mix)));
    this.#take(await this.#drumStream.push(mix));
    return this.#corrected(null);
  }

  async finish(): Promise<StemPieces> {
    this.#mix.push(this.#mixRate.finish());
    this.#take(await this.#drumStream.finish());
    this.#drums.push(this.#drumRate.finish());
    return this.#corrected(this.#lowStart + this.#drums.length);
  }

  #take(pieces: StemPieces): void {
    const [drums] = pieces;
    if (!drums) return;
    this.#held.push(drums);
    this.#drums.push(this.#drumRate.push(middleOf(drums)));
  }

  /** Corrects every block whose neighbourhood is there; `total` is the song's length at the low rate, null while it is not known. */
  #corrected(total: number | null): StemPieces {
    const { block, before, after } = this.#reach;
    const pieces: StemPieces[] = [];
    for (;;) {
      const blockEnd = Math.min(this.#blockStart + block, total ?? Infinity);
      const needed = Math.min(blockEnd + after, total ?? Infinity);
      if (this.#blockStart >= blockEnd || this.#lowStart + this.#drums.length < needed) break;
      const count = needed - this.#lowStart;
      const correction = strokeMeanCorrection(
        { mix: this.#mix.peek(count), drums: this.#drums.peek(count) },
        this.#blockStart - this.#lowStart,
        blockEnd - this.#lowStart,
      );
      this.#add(correction, this.#blockStart - BEFORE);
      this.#blockStart = blockEnd;
      // Strokes of the next block begin `BEFORE` it.
      if (blockEnd !== total) pieces.push(this.#emit((blockEnd - BEFORE - LOW_REACH) * LOW_RATE_DIVISOR));
      const spent = Math.max(0, blockEnd - before - this.#lowStart);
      this.#mix.drop(spent);
      this.#drums.drop(spent);
      this.#lowStart += spent;
    }
    if (total !== null) pieces.push(this.#emit(this.#held.end));
    return joinPieces(pieces, 1);
  }

  #add(correction: Float32Array, start: number): void {
    const kept = Math.max(0, this.#correctionStart + this.#correction.length - start);
    const begin = Math.min(start, this.#correctionStart);
    const sum = new Float32Array(start - begin + Math.max(kept, correction.length));
    sum.set(this.#correction, this.#correctionStart - begin);
    for (let at = 0; at < correction.length; at++) sum[start - begin + at]! += correction[at]!;
    this.#correction = sum;
    this.#correctionStart = begin;
  }

  /** The drums up to frame `end`, corrected. */
  #emit(end: number): StemPieces {
    const count = Math.max(0, end - this.#emitted);
    const drums = stereoOf(count);
    this.#held.read(this.#emitted, drums);
    const correction = fromLowRate(this.#correction, this.#correctionStart, this.#emitted, count);
    for (const channel of drums) for (let at = 0; at < count; at++) channel[at]! += correction[at]!;
    this.#emitted += count;
    this.#held.dropBefore(this.#emitted);
    const spent = Math.floor(this.#emitted / LOW_RATE_DIVISOR) - LOW_REACH - this.#correctionStart;
    if (spent > 0) {
      this.#correction = this.#correction.slice(spent);
      this.#correctionStart += spent;
    }
    return [drums];
  }
}

function middleOf([left, right]: Stereo): Float32Array {
  return left.map((value, at) => (value + right[at]!) / 2);
}
