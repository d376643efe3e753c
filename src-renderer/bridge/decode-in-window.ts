/** AAC is decoded here, by the browser, because the studio ships no decoder for it. */
const WINDOW_DECODES = /\.(m4a|mp4|aac)$/i;
/** About 40 minutes of AAC; whole songs are decoded at once, so longer files are left to the studio's own ways. */
const MOST_BYTES = 40e6;
const SAMPLE_RATE = 44_100;
const HEAD_BYTES = 44;
const IEEE_FLOAT = 3;

/** The same song as a 32-bit float WAV where only the window can decode it; the file itself where it cannot or need not. */
export async function decodedInWindow(file: File): Promise<File> {
  if (!WINDOW_DECODES.test(file.name) || file.size > MOST_BYTES) return file;
  try {
    const context = new OfflineAudioContext(2, 1, SAMPLE_RATE);
    const audio = await context.decodeAudioData(await file.arrayBuffer());
    return new File([floatWav(audio)], file.name.replace(WINDOW_DECODES, '.wav'), { type: 'audio/wav' });
  } catch {
    return file;
  }
}

function floatWav(audio: AudioBuffer): ArrayBuffer {
  const { numberOfChannels: channelCount, length, sampleRate } = audio;
  const dataBytes = length * channelCount * 4;
  const bytes = new ArrayBuffer(HEAD_BYTES + dataBytes);
  const view = new DataView(bytes);
  const text = (at: number, word: string): void => {
    for (let index = 0; index < word.length; index++) view.setUint8(at + index, word.charCodeAt(index));
  };
  text(0, 'RIFF');
  view.setUint32(4, HEAD_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, IEEE_FLOAT, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channelCount * 4, true);
  view.setUint16(32, channelCount * 4, true);
  view.setUint16(34, 32, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let channel = 0; channel < channelCount; channel++) {
    const samples = audio.getChannelData(channel);
    for (let frame = 0; frame < length; frame++) {
      view.setFloat32(HEAD_BYTES + (frame * channelCount + channel) * 4, samples[frame]!, true);
    }
  }
  return bytes;
}
