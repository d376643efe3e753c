import { attempt, openAudio } from '#main/platform';
import { atRate } from '#shared/augment';
import { fail, ok, type Result } from '#shared/base';
import { type PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { SYNTH_RATE } from '../sound';

/** What is decoded of a background at most; steps take stretches of it. */
const MOST_SECONDS = 600;

/** A file of any format as steps of augmentation take it: 44.1 kHz, channels as they are. */
export async function recordingAt44k(
  path: string,
  signal: AbortSignal,
): Promise<Result<PlanarAudio, Failure>> {
  const opened = await openAudio(path, signal);
  if (!opened.ok) return opened;
  const reader = opened.value;
  try {
    const pieces: PlanarAudio[] = [];
    let frames = 0;
    const read = await attempt(path, async () => {
      for await (const piece of reader.chunks()) {
        pieces.push({ ...piece, channels: piece.channels.map(samples => samples.slice()) });
        frames += piece.channels[0]?.length ?? 0;
        if (frames >= MOST_SECONDS * reader.sampleRate) break;
      }
    });
    if (!read.ok) return read;
    if (frames === 0) return fail({ code: 'emptyFile', path });
    const channels = Array.from({ length: reader.channelCount }, (_, channel) => {
      const whole = new Float32Array(frames);
      let at = 0;
      for (const piece of pieces) {
        const samples = piece.channels[channel] ?? new Float32Array(0);
        whole.set(samples, at);
        at += samples.length;
      }
      return whole;
    });
    return ok(atRate({ sampleRate: reader.sampleRate, channels }, SYNTH_RATE));
  } finally {
    await reader.close();
  }
}
