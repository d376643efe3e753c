import { z } from 'zod';
import { FileRefSchema, throwIfCancelled } from '#main/pipeline/stage';
import { openAudio } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import { Resampler } from '#shared/dsp';
import type { PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';

export const SampleSchema = z.object({
  sampleId: z.string().min(1),
  file: FileRefSchema,
  /** Where the attack begins inside the file, in the file's own frames. */
  onsetFrame: z.number().int().min(0).default(0),
});
export type Sample = z.infer<typeof SampleSchema>;

/** A sample in memory at the rate of the render. */
export interface LoadedSample {
  readonly audio: PlanarAudio;
  /** Frames before the attack at that rate, a real number. */
  readonly preRoll: number;
}

/** Reads a sample of any format and rate, its first two channels at most, and brings it to `sampleRate`. */
export async function loadSample(
  { file, onsetFrame }: Sample,
  sampleRate: number,
  signal: AbortSignal,
): Promise<Result<LoadedSample, Failure>> {
  const opened = await openAudio(file.path, signal);
  if (!opened.ok) return fail(opened.failure);
  const reader = opened.value;
  try {
    const channelCount = Math.min(2, reader.channelCount);
    const resampler =
      reader.sampleRate === sampleRate ? null : new Resampler(reader.sampleRate, sampleRate, channelCount);
    const pieces: (readonly Float32Array[])[] = [];
    for await (const { channels } of reader.chunks()) {
      throwIfCancelled(signal);
      const kept = channels.slice(0, channelCount);
      pieces.push(resampler ? resampler.push(kept) : kept);
    }
    if (resampler) pieces.push(resampler.finish());
    return ok({
      audio: { sampleRate, channels: joined(pieces, channelCount) },
      preRoll: (onsetFrame * sampleRate) / reader.sampleRate,
    });
  } finally {
    await reader.close();
  }
}

function joined(pieces: readonly (readonly Float32Array[])[], channelCount: number): Float32Array[] {
  const length = pieces.reduce((sum, [first]) => sum + (first?.length ?? 0), 0);
  return Array.from({ length: channelCount }, (_, channel) => {
    const whole = new Float32Array(length);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece[channel] ?? new Float32Array(0), at);
      at += piece[channel]?.length ?? 0;
    }
    return whole;
  });
}
