import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { attempt, openAudio } from '#main/platform';
import { measureEvidence, OnsetDetector, prepareHit } from '#shared/analysis';
import { AUDIO_BITS, type HeardRecording, type ReadSample, snareAlone } from '#shared/dataset';
import { explain } from '#shared/protocol';

/** As fine as the detector can hear. */
const SENSITIVITY = 0.8;
const FULL_SCALE = 0.999;
/** What is before an attack's label. */
const PRE_ROLL_SECONDS = 0.002;

/** Decodes one recording whole (a sample lasts seconds) and measures it. */
export async function listenTo(
  folder: string,
  { sample, strokes }: Pick<ReadSample, 'sample' | 'strokes'>,
  signal: AbortSignal,
): Promise<HeardRecording> {
  const faulty = (fault: string): HeardRecording => ({
    sample,
    fault,
    rms: 0,
    clipped: 0,
    onsets: [],
    alone: null,
  });
  const path = join(folder, sample.audio_path ?? '');
  const opened = await openAudio(path, signal);
  if (!opened.ok) return faulty(explain(opened.failure));
  const { sampleRate, channelCount } = opened.value;
  const chunks: (readonly Float32Array[])[] = [];
  const decoded = await attempt(path, async () => {
    try {
      for await (const piece of opened.value.chunks())
        chunks.push(piece.channels.map(channel => channel.slice()));
    } finally {
      await opened.value.close();
    }
  });
  if (!decoded.ok) return faulty(explain(decoded.failure));
  const channels = Array.from({ length: channelCount }, (_, index) =>
    joined(chunks.map(chunk => chunk[index])),
  );
  const frames = channels[0]?.length ?? 0;
  if (frames !== sample.audio_frames || channelCount !== sample.audio_channels)
    return faulty(
      `it has ${channelCount} channels of ${frames} frames; its row says ${sample.audio_channels} of ${sample.audio_frames}`,
    );
  if (pcmHash(channels, frames) !== sample.audio_pcm_sha256)
    return faulty('its samples are not those of its row');
  const [first = new Float32Array(0)] = channels;
  const peak = first.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const detector = new OnsetDetector({ sampleRate, sensitivity: SENSITIVITY, peak });
  const onsets = [...detector.push(first), ...detector.finish()].map(({ frame }) => frame / sampleRate);
  return { sample, fault: null, ...levels(first), onsets, alone: snareOf(first, sampleRate, strokes) };
}

function joined(pieces: readonly (Float32Array | undefined)[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0));
  let at = 0;
  for (const piece of pieces) {
    if (!piece) continue;
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** SHA-256 of the samples as rows name it: 24 bit, little-endian, channels in turn. A float holds 24 bits exactly. */
function pcmHash(channels: readonly Float32Array[], frames: number): string {
  const scale = 2 ** (AUDIO_BITS - 1);
  const bytes = new Uint8Array(frames * channels.length * 3);
  let at = 0;
  for (let frame = 0; frame < frames; frame++)
    for (const channel of channels) {
      const value = Math.round(channel[frame]! * scale);
      bytes[at++] = value;
      bytes[at++] = value >> 8;
      bytes[at++] = value >> 16;
    }
  return createHash('sha256').update(bytes).digest('hex');
}

function levels(samples: Float32Array): { rms: number; clipped: number } {
  let power = 0;
  let full = 0;
  for (const value of samples) {
    power += value * value;
    if (Math.abs(value) >= FULL_SCALE) full++;
  }
  const count = Math.max(1, samples.length);
  return { rms: Math.sqrt(power / count), clipped: full / count };
}

/** What is measured on the snare where it is heard alone. */
function snareOf(
  samples: Float32Array,
  sampleRate: number,
  strokes: ReadSample['strokes'],
): HeardRecording['alone'] {
  const part = snareAlone(strokes, samples.length / sampleRate);
  if (!part) return null;
  const frame = (seconds: number): number =>
    Math.max(0, Math.round((seconds - PRE_ROLL_SECONDS) * sampleRate));
  const hit = prepareHit({ sampleRate, samples: samples.subarray(frame(part.from), frame(part.to)) });
  if (!hit) return null;
  const { flatness, sustain_ratio } = measureEvidence(hit);
  return { flatness, sustain: sustain_ratio };
}
