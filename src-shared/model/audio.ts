/** One channel of PCM, nominally -1..1. */
export interface MonoAudio {
  readonly sampleRate: number;
  readonly samples: Float32Array;
}

/** Planar PCM: `channels[c][frame]`, all channels of one length, nominally -1..1. */
export interface PlanarAudio {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

export const frameCount = (audio: PlanarAudio): number => audio.channels[0]?.length ?? 0;

/** Mean of all channels. */
export function toMono(audio: PlanarAudio): MonoAudio {
  const [first] = audio.channels;
  if (!first) return { sampleRate: audio.sampleRate, samples: new Float32Array(0) };
  if (audio.channels.length === 1) return { sampleRate: audio.sampleRate, samples: first };
  const samples = new Float32Array(first.length);
  for (const channel of audio.channels) {
    for (let frame = 0; frame < samples.length; frame++) samples[frame]! += channel[frame]!;
  }
  for (let frame = 0; frame < samples.length; frame++) samples[frame]! /= audio.channels.length;
  return { sampleRate: audio.sampleRate, samples };
}
