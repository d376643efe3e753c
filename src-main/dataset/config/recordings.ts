import { attempt, openAudio } from '#main/platform';
import { atRate } from '#shared/augment';
import { fail, ok, type Result } from '#shared/base';
import type { ResourceFile } from '#shared/dataset';
import { type PlanarAudio, toMono } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { SYNTH_RATE } from '../sound';

/** Of a longer recording the beginning is taken: a minute of mono is 11 MB in every worker. */
const MOST_SECONDS = 60;
/** Of all recordings of a run together. */
const MOST_IN_ALL_SECONDS = 3600;

/** Every response and noise of `files` by its SHA-256, as steps of augmentation take it: mono at 44.1 kHz. */
export async function recordingsOf(
  files: readonly ResourceFile[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, PlanarAudio>, Failure>> {
  const recordings = new Map<string, PlanarAudio>();
  let seconds = 0;
  for (const { kind, sha256, path } of files) {
    if (kind !== 'response' && kind !== 'noise' && kind !== 'short-noise') continue;
    if (recordings.has(sha256)) continue;
    const decoded = await monoAt44k(path, signal);
    if (!decoded.ok) return decoded;
    recordings.set(sha256, decoded.value);
    seconds += (decoded.value.channels[0]?.length ?? 0) / SYNTH_RATE;
    if (seconds > MOST_IN_ALL_SECONDS)
      return fail({
        code: 'badOption',
        option: 'impulse_response_paths, noise_paths and short_noise_paths',
        value: `more than ${Math.floor(seconds / 60)} minutes of audio`,
        wanted: `${MOST_IN_ALL_SECONDS / 60} minutes at most, of which each file counts up to ${MOST_SECONDS} seconds`,
      });
  }
  return ok(recordings);
}

async function monoAt44k(path: string, signal: AbortSignal): Promise<Result<PlanarAudio, Failure>> {
  const opened = await openAudio(path, signal);
  if (!opened.ok) return opened;
  const reader = opened.value;
  try {
    const { sampleRate } = reader;
    const whole = new Float32Array(MOST_SECONDS * sampleRate);
    let frames = 0;
    const read = await attempt(path, async () => {
      for await (const piece of reader.chunks()) {
        const { samples } = toMono(piece);
        const taken = samples.subarray(0, whole.length - frames);
        whole.set(taken, frames);
        frames += taken.length;
        if (frames === whole.length) break;
      }
    });
    if (!read.ok) return read;
    if (frames === 0) return fail({ code: 'emptyFile', path });
    return ok(atRate({ sampleRate, channels: [whole.slice(0, frames)] }, SYNTH_RATE));
  } finally {
    await reader.close();
  }
}
