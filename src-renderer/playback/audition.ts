import { fadeEnds, fadeLengths } from '#shared/analysis';
import type { Hit } from '#shared/model';
import { openEngine } from './engine';
import { arrivedSlice, type SliceAudio, sliceAudio, toBuffer } from './hit-audio';
import { startVoice, type VoiceNode } from './voice-node';

let sounding: VoiceNode | undefined;
let asked = 0;

/** Plays one hit at once; the one before it is let go, as one hand can hold one pad. */
export const audition = (hit: Hit, velocity = 1): Promise<void> =>
  sound(hit.sampleRate, () => arrivedSlice(hit.audio) ?? sliceAudio(hit.audio), velocity ** 2);

/** The same for a sound that nothing but its content is known of. */
export async function auditionSound(sha256: string): Promise<void> {
  const here = arrivedSlice(sha256);
  if (here) return sound(here.sampleRate, () => here, 1);
  const turn = ++asked;
  const audio = await sliceAudio(sha256);
  if (turn === asked) await sound(audio.sampleRate, () => audio, 1);
}

/** Fetches hits that are likely to be auditioned next, so that they sound at once. */
export function prepareAudition(hits: readonly Hit[]): void {
  prepareSounds(hits.map(({ audio }) => audio));
}

export function prepareSounds(audio: readonly string[]): void {
  for (const sha256 of audio) sliceAudio(sha256).catch(() => undefined);
}

/** Fades of what is not yet cut. */
const FADE_MS = 3;

/** Plays a stretch of a stem, faded at both ends. */
export const auditionStretch = (sampleRate: number, read: () => Promise<SliceAudio>): Promise<void> =>
  sound(
    sampleRate,
    async () => {
      const audio = await read();
      const frames = audio.channels[0]?.length ?? 0;
      const onset = Math.round((FADE_MS / 1000) * sampleRate);
      fadeEnds(audio, fadeLengths(frames, onset, { fadeMs: FADE_MS, isRinging: true }, sampleRate));
      return audio;
    },
    1,
  );

async function sound(
  sampleRate: number,
  read: () => SliceAudio | Promise<SliceAudio>,
  gain: number,
): Promise<void> {
  const turn = ++asked;
  const { context, input } = openEngine(sampleRate);
  const reading = read();
  // What is here sounds before the screen is drawn anew, which an await would let go first.
  const audio = reading instanceof Promise ? await reading : reading;
  if (turn !== asked) return;
  const buffer = toBuffer(context, audio);
  const frame = Math.ceil(context.currentTime * context.sampleRate);
  sounding?.setRelease(frame);
  const node = startVoice(input, { buffer, frame, gain, pan: 0 }, () => {
    if (sounding === node) sounding = undefined;
  });
  sounding = node;
}
