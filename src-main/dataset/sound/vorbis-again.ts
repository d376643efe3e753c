import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { createOggEncoder } from 'wasm-media-encoders';
import { invariant } from '#shared/base';
import { frameCount, type PlanarAudio } from '#shared/model';
import { joined } from './joined';
import { packetsOf } from './ogg-packets';

/**
 * Nominal kilobits a second of libvorbis's qualities -1, 0 ... 10 for a stereo pair at 44.1 kHz; a single channel takes about .6 of them.
 * @see vorbisenc's setup_44.h
 */
const NOMINAL_KILOBITS = [45, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 500] as const;
const MONO_SHARE = 0.6;

/**
 * The decoder's own parts (0.1.20, pinned): what it offers to the outside does the same behind promises, and a step of augmentation has to
 * answer at once.
 */
interface Parts {
  _firstPage: boolean;
  _decoder: number;
  readonly _input: Place;
  readonly _inputLen: Place;
  readonly _outputBufferPtr: Place;
  readonly _channels: Place;
  readonly _sampleRate: Place;
  readonly _samplesDecoded: Place;
  readonly _errors: Place;
  readonly _errorsLength: Place;
  readonly _common: {
    readonly wasm: {
      destroy_decoder: (decoder: number) => void;
      create_decoder: (...places: readonly number[]) => number;
    };
  };
  sendSetupHeader: (packet: Uint8Array) => void;
  initDsp: () => void;
  decodePackets: (packets: readonly Uint8Array[]) => { readonly channelData: readonly Float32Array[] };
}

interface Place {
  readonly ptr: number;
}

const MOST_ERRORS = 256;
/** Equal streams for equal audio. */
const SERIAL = 1;

/** Takes mono or stereo audio through Ogg Vorbis and back, as long as it was and in time with it. */
export async function openVorbis(): Promise<(audio: PlanarAudio, kilobits: number) => PlanarAudio> {
  const [encoder, outer] = [await createOggEncoder(), new OggVorbisDecoder()];
  await outer.ready;
  const parts = (outer as unknown as { readonly _decoder: Parts })._decoder;
  return (audio, kilobits) => {
    const { channels, sampleRate } = audio;
    encoder.configure({
      channels: channels.length === 1 ? 1 : 2,
      sampleRate,
      vbrQuality: qualityOf(kilobits, channels.length),
      oggSerialNo: SERIAL,
    });
    // Each piece lies in the encoder's memory and is only good until its next call.
    const bytes = joined([encoder.encode(channels).slice(), encoder.finalize().slice()]);
    const [identification, , setup, ...packets] = packetsOf(bytes);
    invariant(identification && setup, 'a Vorbis stream begins with three headers');
    beginAnew(parts);
    parts.sendSetupHeader(identification);
    parts.sendSetupHeader(setup);
    parts.initDsp();
    const { channelData } = parts.decodePackets(packets);
    const frames = frameCount(audio);
    return {
      sampleRate,
      channels: channels.map((_, channel) => {
        const same = new Float32Array(frames);
        same.set((channelData[channel] ?? same).subarray(0, frames));
        return same;
      }),
    };
  };
}

function beginAnew(parts: Parts): void {
  const { wasm } = parts._common;
  wasm.destroy_decoder(parts._decoder);
  parts._firstPage = true;
  parts._decoder = wasm.create_decoder(
    parts._input.ptr,
    parts._inputLen.ptr,
    parts._outputBufferPtr.ptr,
    parts._channels.ptr,
    parts._sampleRate.ptr,
    parts._samplesDecoded.ptr,
    parts._errors.ptr,
    parts._errorsLength.ptr,
    MOST_ERRORS,
  );
}

/** The quality, -1..10, that takes so many kilobits a second on average. */
function qualityOf(kilobits: number, channelCount: number): number {
  const asked = kilobits / (channelCount === 1 ? MONO_SHARE : 1);
  for (let index = 1; index < NOMINAL_KILOBITS.length; index++) {
    const [low, high] = [NOMINAL_KILOBITS[index - 1] ?? 0, NOMINAL_KILOBITS[index] ?? 0];
    if (asked <= high) return Math.max(-1, index - 2 + (asked - low) / (high - low));
  }
  return 10;
}
