import { BitWriter } from './bit-writer';
import { flacCrc8, flacCrc16 } from './flac-crc';
import { bestPrediction, type Prediction } from './flac-predict';

/** Frames of audio in a FLAC frame; the last one may be shorter. */
export const FLAC_BLOCK_FRAMES = 4096;

const HIGHEST_PARTITION_ORDER = 6;

/** Codes of the frame header; other rates follow in Hz. */
const RATE_CODES = new Map([
  [88_200, 1],
  [176_400, 2],
  [192_000, 3],
  [8000, 4],
  [16_000, 5],
  [22_050, 6],
  [24_000, 7],
  [32_000, 8],
  [44_100, 9],
  [48_000, 10],
  [96_000, 11],
]);
/** A rate in Hz stands behind the frame's number. */
const RATE_FOLLOWS = 13;
const SIZE_CODES = new Map([
  [16, 4],
  [24, 6],
]);

/** How two channels are written: as they are, or one of them as their difference. */
type Stereo = 'as-is' | 'left-side' | 'side-right' | 'mid-side';
const STEREO_CODES: Readonly<Record<Stereo, number>> = {
  'as-is': 1,
  'left-side': 8,
  'side-right': 9,
  'mid-side': 10,
};

interface Subframe {
  readonly samples: Float64Array;
  readonly bits: number;
  readonly prediction: Prediction;
  readonly rice: Rice;
  /** What it takes in the file. */
  readonly size: number;
}

/** Writes one FLAC frame after the other; every one can be decoded by itself. @see RFC 9639, section 9 */
export class FlacFrames {
  readonly #bits: 16 | 24;
  readonly #sampleRate: number;
  readonly #writer = new BitWriter();
  #number = 0;

  constructor(sampleRate: number, bits: 16 | 24) {
    this.#sampleRate = sampleRate;
    this.#bits = bits;
  }

  /** The frame of up to `FLAC_BLOCK_FRAMES` integers of one or two channels. Good until the next call. */
  encode(channels: readonly Float64Array[]): Uint8Array {
    const { code, subframes } = this.#chosen(channels);
    const writer = this.#writer;
    writer.clear();
    this.#header(code, channels[0]?.length ?? 0);
    for (const subframe of subframes) writeSubframe(writer, subframe);
    writer.align();
    writer.write(flacCrc16(writer.bytes), 16);
    this.#number++;
    return writer.bytes;
  }

  #chosen(channels: readonly Float64Array[]): {
    readonly code: number;
    readonly subframes: readonly Subframe[];
  } {
    const bits = this.#bits;
    const [left, right] = channels;
    if (!left || !right) return { code: 0, subframes: channels.map(samples => subframeOf(samples, bits)) };
    const l = subframeOf(left, bits);
    const r = subframeOf(right, bits);
    const side = subframeOf(
      left.map((value, index) => value - right[index]!),
      bits + 1,
    );
    const mid = subframeOf(
      left.map((value, index) => Math.floor((value + right[index]!) / 2)),
      bits,
    );
    const ways: readonly (readonly [Stereo, readonly [Subframe, Subframe]])[] = [
      ['as-is', [l, r]],
      ['left-side', [l, side]],
      ['side-right', [side, r]],
      ['mid-side', [mid, side]],
    ];
    const size = ([a, b]: readonly [Subframe, Subframe]): number => a.size + b.size;
    const [stereo, subframes] = ways.reduce((best, way) => (size(way[1]) < size(best[1]) ? way : best));
    return { code: STEREO_CODES[stereo], subframes };
  }

  #header(channelCode: number, frames: number): void {
    const writer = this.#writer;
    // Sync code, and blocks of one size, which frames are counted by.
    writer.write(0xfff8, 16);
    writer.write(frames === FLAC_BLOCK_FRAMES ? 12 : 7, 4);
    const rateCode = RATE_CODES.get(this.#sampleRate) ?? RATE_FOLLOWS;
    writer.write(rateCode, 4);
    writer.write(channelCode, 4);
    writer.write(SIZE_CODES.get(this.#bits) ?? 0, 3);
    writer.write(0, 1);
    for (const byte of codedNumber(this.#number)) writer.write(byte, 8);
    if (frames !== FLAC_BLOCK_FRAMES) writer.write(frames - 1, 16);
    if (rateCode === RATE_FOLLOWS) writer.write(this.#sampleRate, 16);
    writer.write(flacCrc8(writer.bytes), 8);
  }
}

/** UTF-8's way of writing a number of up to 31 bits. */
function codedNumber(value: number): readonly number[] {
  if (value < 0x80) return [value];
  const following: number[] = [];
  let left = value;
  do {
    following.unshift(0x80 | (left & 0x3f));
    left >>>= 6;
  } while (left >= 2 ** (6 - following.length));
  const marks = (0xff00 >> (following.length + 1)) & 0xff;
  return [marks | left, ...following];
}

function subframeOf(samples: Float64Array, bits: number): Subframe {
  const prediction = bestPrediction(samples);
  if (prediction.kind === 'constant') return { samples, bits, prediction, rice: NO_RICE, size: 8 + bits };
  const rice = riceOf(prediction.residual, prediction.order);
  const head = prediction.kind === 'linear' ? 9 + prediction.order * prediction.precision : 0;
  return { samples, bits, prediction, rice, size: 8 + prediction.order * bits + head + rice.size };
}

/** Its residual would take more than the samples themselves. */
const isBetterPlain = ({ size, bits, samples }: Subframe): boolean => size >= 8 + bits * samples.length;

function writeSubframe(writer: BitWriter, subframe: Subframe): void {
  const { samples, bits, prediction, rice } = subframe;
  if (prediction.kind === 'constant') {
    writer.write(0, 8);
    writer.write(samples[0] ?? 0, bits);
    return;
  }
  if (isBetterPlain(subframe)) {
    writer.write(1 << 1, 8);
    for (const sample of samples) writer.write(sample, bits);
    return;
  }
  const { order } = prediction;
  writer.write((prediction.kind === 'fixed' ? 8 + order : 31 + order) << 1, 8);
  for (let index = 0; index < order; index++) writer.write(samples[index]!, bits);
  if (prediction.kind === 'linear') {
    writer.write(prediction.precision - 1, 4);
    writer.write(prediction.shift, 5);
    for (const coefficient of prediction.coefficients) writer.write(coefficient, prediction.precision);
  }
  writeRice(writer, order, rice);
}

/** The residual's codes: parts of one length, each with its own parameter. */
interface Rice {
  readonly folded: Uint32Array;
  readonly parameters: readonly number[];
  /** Bits of a parameter: 4, or 5 where one is above 14. */
  readonly parameterBits: 4 | 5;
  readonly size: number;
}
const NO_RICE: Rice = { folded: new Uint32Array(), parameters: [], parameterBits: 4, size: 0 };

/** 31 would say that what follows is not coded at all. */
const HIGHEST_PARAMETER = 30;

/** The parts are chosen by the sums of their values, which tell the size within a bit a value or so; then it is counted. */
function riceOf(residual: Float64Array, order: number): Rice {
  const folded = foldedOf(residual, order);
  if (!folded) return { ...NO_RICE, size: Infinity };
  const cuts = partsOf(residual.length, order);
  let sums = sumsOf(folded, order, residual.length / (cuts.at(-1) ?? 1));
  let best: readonly number[] = [];
  let least = Infinity;
  for (const parts of cuts.toReversed()) {
    if (sums.length > parts) sums = sumsOf(sums, 0, 2);
    const length = residual.length / parts;
    const parameters: number[] = [];
    let bits = 0;
    for (let part = 0; part < parts; part++) {
      const count = part === 0 ? length - order : length;
      const parameter = parameterOf(sums[part]!, count);
      parameters.push(parameter);
      bits += 4 + count * (parameter + 0.5) + (sums[part]! + count / 2) / 2 ** parameter;
    }
    // Of equal ones that of fewer parts.
    if (bits > least) continue;
    least = bits;
    best = parameters;
  }
  const parameterBits = Math.max(...best) > 14 ? 5 : 4;
  return {
    folded,
    parameters: best,
    parameterBits,
    size: 6 + parameterBits * best.length + codedBits(folded, order, best),
  };
}

/** Numbers of parts that a residual can be cut into, ascending. */
function partsOf(samples: number, order: number): number[] {
  const numbers: number[] = [];
  for (let partitionOrder = 0; partitionOrder <= HIGHEST_PARTITION_ORDER; partitionOrder++) {
    const length = samples / 2 ** partitionOrder;
    if (!Number.isInteger(length) || length <= order) break;
    numbers.push(2 ** partitionOrder);
  }
  return numbers;
}

function sumsOf(values: Uint32Array | Float64Array, first: number, length: number): Float64Array {
  const sums = new Float64Array(Math.floor(values.length / length));
  for (let part = 0; part < sums.length; part++) {
    let sum = 0;
    for (let index = part === 0 ? first : part * length; index < (part + 1) * length; index++)
      sum += values[index]!;
    sums[part] = sum;
  }
  return sums;
}

/** Small numbers of either sign as small numbers: 0, -1, 1, -2 ... */
const fold = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1);

/** Null where one takes more than 32 bits: such a residual is not worth its codes. */
function foldedOf(residual: Float64Array, order: number): Uint32Array | null {
  const folded = new Uint32Array(residual.length);
  let largest = 0;
  for (let index = order; index < residual.length; index++) {
    const value = fold(residual[index]!);
    folded[index] = value;
    if (value > largest) largest = value;
  }
  return largest < 2 ** 32 ? folded : null;
}

function parameterOf(sum: number, count: number): number {
  const mean = sum / Math.max(1, count);
  return Math.max(0, Math.min(HIGHEST_PARAMETER, Math.floor(Math.log2(Math.max(1, mean * Math.LN2 + 0.5)))));
}

function codedBits(folded: Uint32Array, order: number, parameters: readonly number[]): number {
  const length = folded.length / parameters.length;
  let bits = 0;
  for (const [part, parameter] of parameters.entries()) {
    const from = part === 0 ? order : part * length;
    const to = (part + 1) * length;
    bits += (to - from) * (parameter + 1);
    for (let index = from; index < to; index++) bits += folded[index]! >>> parameter;
  }
  return bits;
}

function writeRice(writer: BitWriter, order: number, { folded, parameters, parameterBits }: Rice): void {
  const length = folded.length / parameters.length;
  writer.write(parameterBits - 4, 2);
  writer.write(Math.log2(parameters.length), 4);
  for (const [part, parameter] of parameters.entries()) {
    writer.write(parameter, parameterBits);
    writer.rice(folded, part === 0 ? order : part * length, (part + 1) * length, parameter);
  }
}
