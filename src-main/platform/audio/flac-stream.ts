import { createHash } from 'node:crypto';
import { invariant } from '#shared/base';
import { TpdfDither } from '#shared/dsp';
import { FLAC_BLOCK_FRAMES, FlacFrames } from './flac-frame';

export const FLAC_BITS = [16, 24] as const;
export type FlacBits = (typeof FLAC_BITS)[number];

export interface FlacForm {
  readonly bits: FlacBits;
  /** Seed of the dither of 16-bit files: as a WAV's, so that both hold the same samples. */
  readonly ditherSeed?: number | string;
  /** Fields of the comment block: `BPM`, `TITLE`. */
  readonly comments?: Readonly<Record<string, string>>;
}

interface AudioShape {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
}

const STREAM_INFO_BYTES = 34;
const VENDOR = 'Backbeat';

/** A FLAC in the making: encode its pieces in turn, then take its head again, which knows lengths and checksum by then. */
export class FlacStream {
  readonly #audio: AudioShape;
  readonly #form: FlacForm;
  readonly #frames: FlacFrames;
  readonly #dithers: readonly TpdfDither[];
  readonly #hash = createHash('md5');
  #digest: Buffer = Buffer.alloc(16);
  #encoded = 0;
  #smallest = Infinity;
  #largest = 0;

  constructor(audio: AudioShape, form: FlacForm) {
    const { sampleRate, channelCount } = audio;
    invariant(channelCount === 1 || channelCount === 2, 'a FLAC of ours is mono or stereo');
    invariant(
      sampleRate <= 65_535 || sampleRate === 96_000 || sampleRate === 192_000,
      'a FLAC of ours says its rate in every frame',
    );
    this.#audio = audio;
    this.#form = form;
    this.#frames = new FlacFrames(sampleRate, form.bits);
    this.#dithers = Array.from(
      { length: channelCount },
      (_, channel) => new TpdfDither(form.ditherSeed ?? 0, channel),
    );
  }

  /** Signature, STREAMINFO as far as it is known, comments. */
  head(): Buffer {
    const { sampleRate, channelCount, frames } = this.#audio;
    const { bits, comments = {} } = this.#form;
    const info = Buffer.alloc(STREAM_INFO_BYTES);
    info.writeUInt16BE(FLAC_BLOCK_FRAMES, 0);
    info.writeUInt16BE(FLAC_BLOCK_FRAMES, 2);
    if (this.#largest > 0) {
      info.writeUIntBE(this.#smallest, 4, 3);
      info.writeUIntBE(this.#largest, 7, 3);
    }
    const high = Math.floor(frames / 2 ** 32);
    info.writeUInt32BE(sampleRate * 2 ** 12 + ((channelCount - 1) << 9) + ((bits - 1) << 4) + high, 10);
    info.writeUInt32BE(frames % 2 ** 32, 14);
    this.#digest.copy(info, 18);
    return Buffer.concat([
      Buffer.from('fLaC', 'latin1'),
      ...block(0, info, false),
      ...block(4, commentsOf(comments), true),
    ]);
  }

  /** The frames of a piece, which is of whole blocks but for the last one. */
  encode(channels: readonly Float32Array[]): { readonly frames: Buffer; readonly pcm: Buffer } {
    const { bits } = this.#form;
    const count = channels[0]?.length ?? 0;
    const integers = channels.map((samples, channel) => this.#integers(samples, channel));
    const pcm = interleaved(integers, bits / 8);
    this.#hash.update(pcm);
    const parts: Buffer[] = [];
    for (let start = 0; start < count; start += FLAC_BLOCK_FRAMES) {
      const blocks = integers.map(samples => samples.subarray(start, start + FLAC_BLOCK_FRAMES));
      const part = Buffer.from(this.#frames.encode(blocks));
      this.#smallest = Math.min(this.#smallest, part.length);
      this.#largest = Math.max(this.#largest, part.length);
      parts.push(part);
    }
    this.#encoded += count;
    if (this.#encoded === this.#audio.frames) this.#digest = this.#hash.digest();
    return { frames: Buffer.concat(parts), pcm };
  }

  #integers(samples: Float32Array, channel: number): Float64Array {
    const { bits } = this.#form;
    const dither = this.#dithers[channel];
    const scale = 2 ** (bits - 1);
    const integers = new Float64Array(samples.length);
    if (bits === 16 && dither) {
      for (let frame = 0; frame < samples.length; frame++)
        integers[frame] = dither.quantise(samples[frame]!, 16);
      return integers;
    }
    for (let frame = 0; frame < samples.length; frame++) {
      const rounded = Math.floor(samples[frame]! * scale + 0.5);
      integers[frame] = rounded < -scale ? -scale : rounded > scale - 1 ? scale - 1 : rounded;
    }
    return integers;
  }
}

/** As the MD5 is taken of: little-endian, channels in turn, `size` bytes a sample. */
function interleaved(channels: readonly Float64Array[], size: number): Buffer {
  const stride = channels.length * size;
  const bytes = Buffer.allocUnsafe((channels[0]?.length ?? 0) * stride);
  for (const [channel, samples] of channels.entries()) {
    for (let frame = 0, at = channel * size; frame < samples.length; frame++, at += stride) {
      const sample = samples[frame]!;
      bytes[at] = sample;
      bytes[at + 1] = sample >> 8;
      if (size === 3) bytes[at + 2] = sample >> 16;
    }
  }
  return bytes;
}

function block(type: number, body: Buffer, isLast: boolean): Buffer[] {
  const head = Buffer.alloc(4);
  head[0] = type | (isLast ? 0x80 : 0);
  head.writeUIntBE(body.length, 1, 3);
  return [head, body];
}

function commentsOf(comments: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(comments).map(([name, value]) => `${name}=${value}`);
  return Buffer.concat([...text(VENDOR), u32(lines.length), ...lines.flatMap(text)]);
}

function text(line: string): Buffer[] {
  const bytes = Buffer.from(line, 'utf8');
  return [u32(bytes.length), bytes];
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
