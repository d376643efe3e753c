import type { Result } from '#shared/base';
import type { PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { attempt, Failed } from '../files/file-failure';
import { ByteSource } from './byte-source';
import { bytesPerFrame, decodePcm } from './pcm';
import { parseWav } from './riff';

/** A WAV read at any place. */
export interface WavFile {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frames: number;
  /** Frames `start` to `start + count`; those outside the file are left out, so that less may come back. */
  read(start: number, count: number): Promise<PlanarAudio>;
  close(): Promise<void>;
}

/** Opens an uncompressed WAV, as every audio file of Backbeat's own is. */
export const openWav = (path: string): Promise<Result<WavFile, Failure>> =>
  attempt(path, () => openSource(path));

async function openSource(path: string): Promise<WavFile> {
  const source = await ByteSource.open(path);
  try {
    if (source.size === 0) throw new Failed({ code: 'emptyFile', path });
    const head = (await source.read(0, 12)).toString('latin1');
    if (!/^(RIFF|RF64|BW64)....WAVE$/s.test(head)) {
      throw new Failed({
        code: 'badFile',
        path,
        format: 'WAV',
        problems: ['it does not begin as a WAV does'],
      });
    }
    const layout = await parseWav(source);
    if ('codec' in layout) {
      throw new Failed({
        code: 'badFile',
        path,
        format: 'uncompressed WAV',
        problems: [`it holds ${layout.codec}`],
      });
    }
    const stride = bytesPerFrame(layout);
    const { sampleRate, channelCount, frames, promisedFrames, dataStart } = layout;
    if (frames < promisedFrames) {
      throw new Failed({
        code: 'truncated',
        path,
        foundSeconds: frames / sampleRate,
        promisedSeconds: promisedFrames / sampleRate,
      });
    }
    return {
      sampleRate,
      channelCount,
      frames,
      async read(start, count) {
        const first = Math.min(frames, Math.max(0, start));
        const last = Math.max(first, Math.min(frames, start + count));
        return decodePcm(await source.read(dataStart + first * stride, (last - first) * stride), layout);
      },
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}
