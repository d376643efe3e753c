import { MPEGDecoder } from 'mpg123-decoder';
import { createMp3Encoder } from 'wasm-media-encoders';
import { atRate } from '#shared/augment';
import { invariant } from '#shared/base';
import type { PlanarAudio } from '#shared/model';
import { joined } from './joined';
import { nearestOf } from './nearest';

/** What LAME and the decoder after it put before the audio: 576 and 529 frames. */
const DELAY_FRAMES = 1105;
/** Frames of one layer III frame at most; silence behind the audio brings its last frames out of both. */
const FRAME_FRAMES = 1152;

/** MPEG-1 at its own rates, MPEG-2 at half of them where the bits are few. */
const RATES = [32_000, 44_100, 48_000] as const;
const HALF_RATES = [16_000, 22_050, 24_000] as const;
const KILOBITS = [32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const HALF_KILOBITS = [8, 16, 24] as const;
/** Below it MPEG-1 has no bit rate. */
const LEAST_FULL_KILOBITS = 28;

/**
 * The decoder's own parts (1.0.3, pinned): what it offers to begin anew is a promise, and a step of augmentation has to answer at once. What
 * is left in it of the stream before would change the last bits.
 */
interface Parts {
  _decoder: number;
  /** Four bytes of its memory that hold nothing between two calls. */
  readonly _samplesDecodedPtr: { readonly ptr: number; readonly buf: Uint32Array };
  readonly _common: {
    readonly wasm: {
      mpeg_frame_decoder_destroy: (decoder: number) => void;
      mpeg_frame_decoder_create: (target: number, isGapless: 0 | 1) => number;
    };
  };
}

/** Takes mono or stereo audio through an MP3 of constant bit rate and back, as long as it was and in time with it. */
export async function openMp3(): Promise<(audio: PlanarAudio, kilobits: number) => PlanarAudio> {
  const [encoder, decoder] = [await createMp3Encoder(), new MPEGDecoder({ enableGapless: false })];
  await decoder.ready;
  const encoded = (
    channels: readonly Float32Array[],
    rate: (typeof RATES | typeof HALF_RATES)[number],
    bitrate: (typeof KILOBITS | typeof HALF_KILOBITS)[number],
  ): Uint8Array => {
    encoder.configure({
      channels: channels.length === 1 ? 1 : 2,
      sampleRate: rate,
      outputSampleRate: rate,
      bitrate,
    });
    const silence = channels.map(() => new Float32Array(3 * FRAME_FRAMES));
    // Each piece lies in the encoder's memory and is only good until its next call.
    return joined([
      encoder.encode(channels).slice(),
      encoder.encode(silence).slice(),
      encoder.finalize().slice(),
    ]);
  };
  return (audio, kilobits) => {
    const isHalf = kilobits < LEAST_FULL_KILOBITS;
    const full = nearestOf(RATES, audio.sampleRate);
    const rate = isHalf ? (HALF_RATES[RATES.indexOf(full)] ?? 22_050) : full;
    const sent = atRate(audio, rate);
    const bytes = encoded(sent.channels, rate, nearestOf(isHalf ? HALF_KILOBITS : KILOBITS, kilobits));
    beginAnew(decoder as unknown as Parts);
    const { channelData } = decoder.decode(bytes);
    const frames = sent.channels[0]?.length ?? 0;
    const channels = sent.channels.map((_, channel) =>
      (channelData[channel] ?? new Float32Array(0)).slice(DELAY_FRAMES, DELAY_FRAMES + frames),
    );
    return atRate({ sampleRate: rate, channels }, audio.sampleRate);
  };
}

function beginAnew(parts: Parts): void {
  const { wasm } = parts._common;
  wasm.mpeg_frame_decoder_destroy(parts._decoder);
  const error = wasm.mpeg_frame_decoder_create(parts._samplesDecodedPtr.ptr, 0);
  invariant(error === 0, `the MP3 decoder begins anew: ${error}`);
  parts._decoder = parts._samplesDecodedPtr.buf[0] ?? 0;
}
