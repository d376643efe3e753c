import type { SliceAudio } from './hit-audio';

/** Of every recording of a dataset. */
const SAMPLE_RATE = 44_100;

/** The audio of a dataset's sample, decoded by the browser without opening a device. */
export async function sampleAudio(address: string, signal: AbortSignal): Promise<SliceAudio> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`its audio could not be read (${answer.status})`);
  const bytes = await answer.arrayBuffer();
  const decoded = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes);
  return {
    sampleRate: decoded.sampleRate,
    channels: Array.from({ length: decoded.numberOfChannels }, (_, channel) =>
      decoded.getChannelData(channel),
    ),
  };
}
