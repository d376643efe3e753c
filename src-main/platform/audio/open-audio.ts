import type { Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { attempt, Failed } from '../files/file-failure';
import { parseAiff } from './aiff';
import type { AudioReader } from './audio-reader';
import { ByteSource } from './byte-source';
import { checkLength } from './compressed-reader';
import { ffmpegReader, mp4Reader } from './ffmpeg-reader';
import { flacReader } from './flac-reader';
import { mp3Reader } from './mp3-reader';
import { oggReader } from './ogg-reader';
import { pcmReader } from './pcm-reader';
import { parseWav } from './riff';
import { sniff } from './sniff';

/**
 * Opens any audio file for decoding from start to end. What the file is comes from its content; its name does not
 * matter. M4A, AAC and a few rarer kinds go through the user's ffmpeg.
 */
export const openAudio = (path: string, signal: AbortSignal): Promise<Result<AudioReader, Failure>> =>
  attempt(path, async () => {
    const source = await ByteSource.open(path);
    try {
      return await readerOf(source, signal);
    } catch (error) {
      await source.close();
      throw error;
    }
  });

async function readerOf(source: ByteSource, signal: AbortSignal): Promise<AudioReader> {
  const { path } = source;
  if (source.size === 0) throw new Failed({ code: 'emptyFile', path });
  const sniffed = await sniff(source);
  if (sniffed.kind === 'other') throw new Failed({ code: 'notAudio', path, looksLike: sniffed.looksLike });
  const { format, start } = sniffed;
  switch (format) {
    case 'WAV':
    case 'RF64':
    case 'AIFF': {
      const layout = format === 'AIFF' ? await parseAiff(source, start) : await parseWav(source, start);
      if ('codec' in layout) {
        return ffmpegReader({ source, format, name: `${layout.codec} in ${format}`, seconds: null }, signal);
      }
      checkLength(path, layout.frames, layout.promisedFrames, layout.sampleRate);
      return pcmReader(source, layout, signal);
    }
    case 'MP3':
      return mp3Reader(source, start, signal);
    case 'FLAC':
      return flacReader(source, start, signal);
    case 'Ogg FLAC':
    case 'Ogg Vorbis':
    case 'Opus':
      return oggReader(source, format, start, signal);
    case 'M4A':
      return mp4Reader(source, signal);
    case 'AAC':
    case 'CAF':
    case 'WMA':
    case 'WebM':
    case 'AU':
    case 'WavPack':
      return ffmpegReader({ source, format, name: format, seconds: null }, signal);
  }
}
