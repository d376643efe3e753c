import type { SegmentPlan } from './contract';
import { HeldAudio } from './held-audio';
import { segmentWeights } from './segment-plans';
import { joinPieces, type StemPieces, type StemStream } from './stem-stream';
import { type Stereo, stereoOf } from './tensors';

/** Separates one segment of the plan's length into `stems`, whose buffers are its own. */
export type SeparateSegment = (segment: Stereo, stems: readonly Stereo[]) => Promise<void>;

/**
 * Cuts a stream into overlapping segments and adds up what a model makes of them, in memory that does not depend on its
 * length. How the stream is cut into pieces does not change a bit of the result.
 *
 * As Demucs does it: a segment that the song's end cuts short is filled up from both sides, with the song where there
 * is song and zeros where there is none, and its weights are the first of a whole segment's.
 */
export class SegmentStream implements StemStream {
  readonly #plan: SegmentPlan;
  readonly #separate: SeparateSegment;
  readonly #weights: Float32Array;
  readonly #held = new HeldAudio();
  readonly #segment: Stereo;
  readonly #stems: readonly Stereo[];
  /** Weighted sums of the stems, and of the weights, from frame `#offset` on. */
  readonly #sums: readonly Stereo[];
  readonly #weightSum: Float32Array;
  /** Frame at which the next segment begins. */
  #offset: number;

  constructor(plan: SegmentPlan, stemCount: number, separate: SeparateSegment) {
    this.#plan = plan;
    this.#separate = separate;
    this.#weights = segmentWeights(plan);
    this.#segment = stereoOf(plan.frames);
    this.#stems = Array.from({ length: stemCount }, () => stereoOf(plan.frames));
    this.#sums = Array.from({ length: stemCount }, () => stereoOf(plan.frames));
    this.#weightSum = new Float32Array(plan.frames);
    this.#offset = -plan.lead;
  }

  async push(piece: Stereo): Promise<StemPieces> {
    this.#held.push(piece);
    const pieces: StemPieces[] = [];
    while (this.#offset + this.#plan.frames <= this.#held.end) {
      pieces.push(await this.#advance(this.#plan.frames, false));
    }
    return joinPieces(pieces, this.#stems.length);
  }

  async finish(): Promise<StemPieces> {
    const total = this.#held.end;
    const { frames, lead, stride } = this.#plan;
    const pieces: StemPieces[] = [];
    while (this.#offset + lead < total) {
      const isLast = this.#offset + stride + lead >= total;
      pieces.push(await this.#advance(Math.min(frames, total - this.#offset), isLast));
    }
    // Segments that ended with the song have left their overlap in the sums.
    const rest = total - this.#offset;
    if (rest > 0) pieces.push(this.#emit(rest));
    return joinPieces(pieces, this.#stems.length);
  }

  /** Separates the next segment, of which the song has `length` frames, and gives the frames that no later one reaches. */
  async #advance(length: number, isLast: boolean): Promise<StemPieces> {
    const { frames, stride, short } = this.#plan;
    const before = short === 'centred' ? Math.floor((frames - length) / 2) : 0;
    this.#held.read(this.#offset - before, this.#segment);
    await this.#separate(this.#segment, this.#stems);
    const weights = this.#weights;
    for (let at = 0; at < length; at++) this.#weightSum[at]! += weights[at]!;
    this.#stems.forEach((stem, index) => {
      stem.forEach((channel, side) => {
        const sum = this.#sums[index]![side]!;
        for (let at = 0; at < length; at++) sum[at]! += weights[at]! * channel[before + at]!;
      });
    });
    return this.#emit(isLast ? length : Math.min(length, stride));
  }

  /** Takes `count` frames off the sums; those before the song are let go. */
  #emit(count: number): StemPieces {
    const skipped = Math.min(count, Math.max(0, -this.#offset));
    const weightSum = this.#weightSum;
    const inverses = Float64Array.from(weightSum.subarray(skipped, count), weight => 1 / weight);
    const pieces = this.#sums.map(([left, right]): Stereo => {
      const take = (sum: Float32Array): Float32Array => {
        const piece = sum.slice(skipped, count);
        for (let at = 0; at < piece.length; at++) piece[at]! *= inverses[at]!;
        shift(sum, count);
        return piece;
      };
      return [take(left), take(right)];
    });
    shift(weightSum, count);
    this.#offset += count;
    this.#held.dropBefore(this.#offset - Math.ceil(this.#plan.frames / 2));
    return pieces;
  }
}

function shift(values: Float32Array, count: number): void {
  values.copyWithin(0, count);
  values.fill(0, values.length - count);
}
