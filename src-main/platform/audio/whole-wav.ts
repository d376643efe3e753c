import type { Result } from '#shared/base';
import { frameCount, type PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { attempt, Failed } from '../files/file-failure';
import { openWav } from './wav-file';
import { createWavWriter, type WavFormat } from './wav-writer';

/** A short WAV (a slice, a sample) as a whole. Songs are read by `openAudio` or `openWav`. */
export const readWav = (path: string): Promise<Result<PlanarAudio, Failure>> =>
  attempt(path, async () => {
    const opened = await openWav(path);
    if (!opened.ok) throw new Failed(opened.failure);
    try {
      return await opened.value.read(0, opened.value.frames);
    } finally {
      await opened.value.close();
    }
  });

/** Writes a WAV whole or not at all. Throws `Failed` with `diskFull` or `notWritable`. */
export async function writeWav(
  path: string,
  audio: PlanarAudio,
  format: WavFormat,
  ditherSeed: number | string = 0,
): Promise<void> {
  const { sampleRate, channels } = audio;
  const expectedFrames = frameCount(audio);
  const writer = await createWavWriter(path, {
    sampleRate,
    channelCount: channels.length,
    format,
    ditherSeed,
    expectedFrames,
  });
  await writer.write(audio);
  await writer.finish();
}
