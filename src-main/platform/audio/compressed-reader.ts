import { Failed } from '../files/file-failure';
import { type AudioFormat, type AudioReader, inChunks } from './audio-reader';
import type { ByteSource } from './byte-source';

/** What the WebAssembly decoders answer. */
export interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly { readonly message: string }[];
}

export interface StreamDecoder {
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  /** What is left after the last bytes. */
  flush(): Decoded | Promise<Decoded>;
  free(): void;
}

/** A file that ends earlier than this before its promised end counts as whole: encoders and decoders differ by a packet. */
const TOLERATED_SECONDS = 0.05;

interface CompressedStream {
  readonly source: ByteSource;
  readonly format: AudioFormat;
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number | null;
  readonly decoder: StreamDecoder;
  /** The encoded bytes in order. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
  readonly fraction: () => number;
  /** Asked after the last piece: why audio is missing, unless it is that the file was cut short. */
  readonly damage: (isShort: boolean) => Promise<string | null>;
}

/** A reader that feeds `pieces` to a decoder and checks that what comes out is as long as the file says. */
export function compressedReader(stream: CompressedStream): AudioReader {
  const { source, format, sampleRate, channelCount, frames, decoder } = stream;
  const { path } = source;
  let isOpen = true;
  let done = 0;
  function* accept(
    decoded: Decoded,
  ): Generator<ReturnType<typeof inChunks> extends Generator<infer C> ? C : never> {
    if (decoded.samplesDecoded === 0) return;
    if (decoded.sampleRate !== sampleRate || decoded.channelData.length < channelCount) {
      const reason = `it changes from ${sampleRate} Hz, ${channelCount} channels in its midst`;
      throw new Failed({ code: 'corrupt', path, format, reason });
    }
    done += decoded.samplesDecoded;
    yield* inChunks(sampleRate, decoded.channelData.slice(0, channelCount));
  }
  return {
    format,
    sampleRate,
    channelCount,
    frames,
    async *chunks() {
      let isFed = false;
      for await (const piece of stream.pieces()) {
        isFed = true;
        yield* accept(await decoder.decode(piece));
      }
      // A decoder that was fed nothing, because the file ends in its header, breaks when it is flushed.
      if (isFed) yield* accept(await decoder.flush());
      const damage = await stream.damage(isClearlyShort(done, frames, sampleRate));
      if (damage !== null) throw new Failed({ code: 'corrupt', path, format, reason: damage });
      checkLength(path, done, frames, sampleRate);
    },
    fraction: stream.fraction,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      decoder.free();
      await source.close();
    },
  };
}

/** Throws `truncated` when clearly less was decoded than the file promised. */
export function checkLength(path: string, found: number, promised: number | null, sampleRate: number): void {
  if (promised === null || !isClearlyShort(found, promised, sampleRate)) return;
  throw new Failed({
    code: 'truncated',
    path,
    foundSeconds: found / sampleRate,
    promisedSeconds: promised / sampleRate,
  });
}

const isClearlyShort = (found: number, promised: number | null, sampleRate: number): boolean =>
  promised !== null && found + TOLERATED_SECONDS * sampleRate < promised;
