import { type AudioReader, CHUNK_FRAMES } from './audio-reader';
import type { ByteSource } from './byte-source';
import { bytesPerFrame, decodePcm, type PcmLayout } from './pcm';

/** Decodes uncompressed audio. */
export function pcmReader(source: ByteSource, layout: PcmLayout, signal: AbortSignal): AudioReader {
  const { format, sampleRate, channelCount, frames, dataStart } = layout;
  const stride = bytesPerFrame(layout);
  let done = 0;
  return {
    format,
    sampleRate,
    channelCount,
    frames,
    async *chunks() {
      const end = dataStart + frames * stride;
      for await (const bytes of source.pieces(dataStart, end, CHUNK_FRAMES * stride, signal)) {
        const chunk = decodePcm(bytes, layout);
        done += chunk.channels[0]?.length ?? 0;
        yield chunk;
      }
    },
    fraction: () => (frames === 0 ? 1 : done / frames),
    close: () => source.close(),
  };
}
