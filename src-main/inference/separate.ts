import { performance } from 'node:perf_hooks';
import { type StemPieces, type Stereo, type TrackLevel, TrackLevelMeter } from '#shared/analysis';
import { fail, ok, type Result } from '#shared/base';
import { Resampler, SampleQueue } from '#shared/dsp';
import type { Failure } from '#shared/protocol';
import { Failed, type WavFile } from '#main/platform';
import type { SeparationModel } from './separation-model';

/** A mono or stereo song that can be read through more than once. */
export interface MixSource {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
  pieces(): AsyncIterable<readonly Float32Array[]>;
}

/** The next frames of the song taken apart, all of one length, in the song's rate and channels. */
export interface SeparatedPiece {
  /** In the order of the stems asked for. */
  readonly stems: readonly (readonly Float32Array[])[];
  /** The mix less its drums, or, where no drums were asked for, less all stems that were. */
  readonly residual: readonly Float32Array[];
}

export interface SeparateOptions {
  /** Some of the model's; all of them unless given. */
  readonly stems?: readonly string[];
  readonly shifts?: number;
  /** As in `StreamOptions`. */
  readonly overlap?: number;
  readonly seed: number | string;
  readonly signal: AbortSignal;
  /** Share done, 0..1, never falling, and the speed in words. */
  report?(fraction: number, rate?: string): void;
}

/** Of the whole work, what reading the song for its level takes. */
const LEVEL_SHARE = 0.02;

/**
 * Separates `mix` with `model` and hands the stems to `write`, in memory that does not depend on the song's length.
 * Frames written are as many as the mix has. Throws the signal's reason when it is aborted.
 */
export async function separateWithModel(
  model: SeparationModel,
  mix: MixSource,
  write: (piece: SeparatedPiece) => Promise<void>,
  options: SeparateOptions,
): Promise<Result<null, Failure>> {
  const { signal, seed, shifts, overlap, report = () => undefined, stems = model.stems } = options;
  const begin = performance.now();
  try {
    const level = await levelOf(mix, signal);
    report(LEVEL_SHARE);
    const stream = model.openStream({ stems, level, seed, shifts, overlap, signal });
    const aligner = new Aligner(model, mix, stems, level);
    let read = 0;
    for await (const piece of mix.pieces()) {
      signal.throwIfAborted();
      const prepared = aligner.prepare(piece);
      await write(aligner.finishPiece(await stream.push(prepared)));
      read += piece[0]?.length ?? 0;
      const seconds = (performance.now() - begin) / 1000;
      const share = read / Math.max(1, mix.frames);
      report(LEVEL_SHARE + (1 - LEVEL_SHARE) * share, rateText(read / mix.sampleRate / seconds));
    }
    await write(aligner.finishPiece(await stream.push(aligner.prepareEnd())));
    await write(aligner.finishPiece(await stream.finish()));
    await write(aligner.finishEnd());
    return ok(null);
  } catch (error) {
    if (error instanceof Failed) return fail(error.failure);
    throw error;
  }
}

const rateText = (rate: number): string => `${rate.toFixed(rate < 10 ? 1 : 0)}x real time`;

async function levelOf(mix: MixSource, signal: AbortSignal): Promise<TrackLevel> {
  const meter = new TrackLevelMeter();
  for await (const piece of mix.pieces()) {
    signal.throwIfAborted();
    meter.push(piece);
  }
  return meter.finish();
}

/** Frames read at once: half a second, so that progress moves and memory stays small. */
const PIECE_FRAMES = 1 << 15;

export const mixOfWav = (wav: WavFile): MixSource => ({
  sampleRate: wav.sampleRate,
  channelCount: wav.channelCount,
  frames: wav.frames,
  async *pieces() {
    for (let start = 0; start < wav.frames; start += PIECE_FRAMES) {
      yield (await wav.read(start, PIECE_FRAMES)).channels;
    }
  },
});

/** Brings a song to what a model takes - its rate, two channels, its level - and the stems back, beside the mix itself. */
class Aligner {
  readonly #mix: MixSource;
  readonly #drums: number;
  readonly #isNormalised: boolean;
  readonly #gain: number;
  readonly #mean: number;
  readonly #toModel: Resampler | null;
  readonly #back: readonly Resampler[];
  readonly #queues: readonly SampleQueue[];
  readonly #stemQueues: readonly (readonly SampleQueue[])[];
  #written = 0;

  constructor(model: SeparationModel, mix: MixSource, stems: readonly string[], level: TrackLevel) {
    const { contract } = model;
    this.#mix = mix;
    this.#drums = stems.indexOf('drums');
    this.#isNormalised = contract.family !== 'drum-stem' && contract.normalisation === 'track';
    this.#gain = level.deviation + 1e-8;
    this.#mean = level.mean;
    const [own, theirs] = [mix.sampleRate, contract.sampleRate];
    this.#toModel = own === theirs ? null : new Resampler(own, theirs, 2);
    this.#back = own === theirs ? [] : stems.map(() => new Resampler(theirs, own, 2));
    const channels = Array.from({ length: mix.channelCount });
    this.#queues = channels.map(() => new SampleQueue());
    this.#stemQueues = stems.map(() => channels.map(() => new SampleQueue()));
  }

  prepare(piece: readonly Float32Array[]): Stereo {
    piece.forEach((channel, index) => this.#queues[index]?.push(channel));
    const sides = [piece[0]!, piece[1] ?? piece[0]!];
    const normalised = this.#isNormalised ? sides.map(side => this.#normalise(side)) : sides;
    return stereo(this.#toModel ? this.#toModel.push(normalised) : normalised);
  }

  prepareEnd(): Stereo {
    return stereo(this.#toModel ? this.#toModel.finish() : [new Float32Array(0), new Float32Array(0)]);
  }

  finishPiece(pieces: StemPieces): SeparatedPiece {
    pieces.forEach((piece, stem) => this.#queue(stem, this.#back[stem]?.push(piece) ?? piece));
    return this.#take(this.#stemQueues[0]?.[0]?.length ?? 0);
  }

  /** What resampling held back, and silence for a frame that its rounding lost. */
  finishEnd(): SeparatedPiece {
    this.#back.forEach((resampler, stem) => this.#queue(stem, resampler.finish()));
    for (const queues of this.#stemQueues) {
      for (const queue of queues)
        queue.pushZeros(Math.max(0, this.#mix.frames - this.#written - queue.length));
    }
    return this.#take(this.#mix.frames - this.#written);
  }

  #normalise(values: Float32Array): Float32Array {
    const normalised = new Float32Array(values.length);
    for (let at = 0; at < values.length; at++) normalised[at] = (values[at]! - this.#mean) / this.#gain;
    return normalised;
  }

  #queue(stem: number, [left, right]: readonly Float32Array[]): void {
    const queues = this.#stemQueues[stem]!;
    const channels = queues.length === 1 ? [meanOf(left!, right!)] : [left!, right!];
    channels.forEach((channel, side) => {
      for (let at = 0; this.#isNormalised && at < channel.length; at++) {
        channel[at] = channel[at]! * this.#gain + this.#mean;
      }
      queues[side]!.push(channel);
    });
  }

  #take(available: number): SeparatedPiece {
    const count = Math.min(available, this.#queues[0]?.length ?? 0);
    this.#written += count;
    const stems = this.#stemQueues.map(queues => queues.map(queue => queue.take(count)));
    const taken = this.#drums >= 0 ? [stems[this.#drums]!] : stems;
    const residual = this.#queues.map((queue, channel) => {
      const rest = queue.take(count);
      for (const stem of taken) {
        const part = stem[channel]!;
        for (let at = 0; at < count; at++) rest[at]! -= part[at]!;
      }
      return rest;
    });
    return { stems, residual };
  }
}

function meanOf(left: Float32Array, right: Float32Array): Float32Array {
  const mean = new Float32Array(left.length);
  for (let at = 0; at < left.length; at++) mean[at] = (left[at]! + right[at]!) / 2;
  return mean;
}

const stereo = (channels: readonly Float32Array[]): Stereo => [channels[0]!, channels[1]!];
