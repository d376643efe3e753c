import type { Random } from '../../base';
import { SampleQueue } from '../../dsp';
import type { StemPieces, StemStream } from './stem-stream';
import type { Stereo } from './tensors';

/** Longest offset: half a second. */
const MOST_SECONDS = 0.5;

/**
 * Runs several streams of the same song, each begun a random time earlier with silence, and gives their mean: what a
 * model says about a sound depends a little on where in a segment it lies. As Demucs' `shifts`.
 */
export class ShiftedStream implements StemStream {
  readonly #streams: readonly ShiftedOne[];
  readonly #stemCount: number;

  constructor(
    open: () => StemStream,
    options: {
      readonly shifts: number;
      readonly stemCount: number;
      readonly sampleRate: number;
      readonly random: Random;
    },
  ) {
    const { shifts, stemCount, sampleRate, random } = options;
    this.#stemCount = stemCount;
    const most = Math.floor(MOST_SECONDS * sampleRate);
    this.#streams = Array.from(
      { length: shifts },
      (_, index) => new ShiftedOne(open(), stemCount, random.fork('shift', index).below(most + 1)),
    );
  }

  async push(piece: Stereo): Promise<StemPieces> {
    for (const stream of this.#streams) await stream.push(piece);
    return this.#mean();
  }

  async finish(): Promise<StemPieces> {
    for (const stream of this.#streams) await stream.finish();
    return this.#mean();
  }

  #mean(): StemPieces {
    const count = Math.min(...this.#streams.map(stream => stream.length));
    return Array.from({ length: this.#stemCount }, (_, stem): Stereo => {
      const side = (index: 0 | 1): Float32Array => {
        const sum = new Float32Array(count);
        for (const stream of this.#streams) {
          const values = stream.take(stem, index, count);
          for (let at = 0; at < count; at++) sum[at]! += values[at]!;
        }
        for (let at = 0; at < count; at++) sum[at]! /= this.#streams.length;
        return sum;
      };
      return [side(0), side(1)];
    });
  }
}

/** One of them: gives back its silence first, and queues what it is ahead of the others. */
class ShiftedOne {
  readonly #stream: StemStream;
  readonly #queues: readonly (readonly [SampleQueue, SampleQueue])[];
  #silence: number;
  #toDrop: number;

  constructor(stream: StemStream, stemCount: number, silence: number) {
    this.#stream = stream;
    this.#queues = Array.from({ length: stemCount }, () => [new SampleQueue(), new SampleQueue()] as const);
    this.#silence = silence;
    this.#toDrop = silence;
  }

  get length(): number {
    return this.#queues[0]?.[0].length ?? 0;
  }

  take(stem: number, side: 0 | 1, count: number): Float32Array {
    return this.#queues[stem]![side].take(count);
  }

  async push(piece: Stereo): Promise<void> {
    if (this.#silence > 0) {
      const silence = new Float32Array(this.#silence);
      this.#silence = 0;
      this.#queue(await this.#stream.push([silence, silence]));
    }
    this.#queue(await this.#stream.push(piece));
  }

  async finish(): Promise<void> {
    this.#queue(await this.#stream.finish());
  }

  #queue(pieces: StemPieces): void {
    const dropped = Math.min(this.#toDrop, pieces[0]?.[0].length ?? 0);
    this.#toDrop -= dropped;
    pieces.forEach((piece, stem) => {
      piece.forEach((channel, side) => this.#queues[stem]![side as 0 | 1].push(channel.subarray(dropped)));
    });
  }
}
