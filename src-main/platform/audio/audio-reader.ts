import type { PlanarAudio } from '#shared/model';

/** What a file holds, told from its content, never from its name. */
export type AudioFormat =
  | 'WAV'
  | 'RF64'
  | 'AIFF'
  | 'FLAC'
  | 'Ogg FLAC'
  | 'MP3'
  | 'Ogg Vorbis'
  | 'Opus'
  | 'M4A'
  | 'AAC'
  | 'CAF'
  | 'WMA'
  | 'WebM'
  | 'AU'
  | 'WavPack';

/** Longest chunk that a reader hands out, in frames. */
export const CHUNK_FRAMES = 65_536;

/** A file being decoded from its start to its end, in bounded memory. */
export interface AudioReader {
  readonly format: AudioFormat;
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Length in frames as the file states it; null when it states none. */
  readonly frames: number | null;
  /**
   * The audio in order, at most `CHUNK_FRAMES` frames at a time, channels in WAV's order; iterate it once. Throws `Failed` (see
   * `failureOfError`) for a file that is damaged or ends early, and the signal's reason when it is aborted.
   */
  chunks(): AsyncIterable<PlanarAudio>;
  /** Share of the file decoded so far, 0..1; for progress. */
  fraction(): number;
  /** Frees the file and the decoder; safe to call twice, and needed also after the last chunk. */
  close(): Promise<void>;
}

/** `audio` cut into pieces of at most `CHUNK_FRAMES`; the pieces share its memory. */
export function* inChunks(sampleRate: number, channels: readonly Float32Array[]): Generator<PlanarAudio> {
  const count = channels[0]?.length ?? 0;
  for (let start = 0; start < count; start += CHUNK_FRAMES) {
    yield { sampleRate, channels: channels.map(channel => channel.subarray(start, start + CHUNK_FRAMES)) };
  }
}
