import type { Hit } from '#shared/model';
import { openEngine } from './engine';
import { sliceAudio, toBuffer } from './hit-audio';
import { startVoice, type VoiceNode } from './voice-node';

let sounding: VoiceNode | undefined;
let asked = 0;

/** Plays one hit at once; the one before it is let go, as one hand can hold one pad. */
export async function audition(hit: Hit, velocity = 1): Promise<void> {
  const turn = ++asked;
  const { context, input } = openEngine(hit.sampleRate);
  const audio = await sliceAudio(hit.audio);
  if (turn !== asked) return;
  sounding?.release(context.currentTime);
  const buffer = toBuffer(context, audio);
  const node = startVoice(input, { buffer, time: context.currentTime, gain: velocity ** 2, pan: 0 }, () => {
    if (sounding === node) sounding = undefined;
  });
  sounding = node;
}
