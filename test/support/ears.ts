import { basename } from 'node:path';
import { AccentMeter, DrumSeparator, estimateTempo, type Onset, OnsetDetector } from '#shared/analysis';
import type { PlanarAudio, Tempo } from '#shared/model';
import { toMono } from '#shared/model';

/** "MusicDelta_Punk" of "MusicDelta_Punk_MIX.flac". */
export const trackOf = (path: string): string => basename(path).split('_').slice(0, 2).join('_');

export function drumsOf(mix: PlanarAudio): PlanarAudio {
  const { sampleRate, channels } = mix;
  const separator = new DrumSeparator({ sampleRate, channelCount: channels.length });
  const pieces = [separator.push(channels), separator.finish()];
  return {
    sampleRate,
    channels: channels.map((channel, index) => {
      const drums = new Float32Array(channel.length);
      let at = 0;
      for (const piece of pieces) {
        const part = piece.drums[index] ?? new Float32Array(0);
        drums.set(part, at);
        at += part.length;
      }
      return drums;
    }),
  };
}

export function onsetsOf(drums: PlanarAudio, sensitivity = 0.5): Onset[] {
  const { sampleRate, samples } = toMono(drums);
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const detector = new OnsetDetector({ sampleRate, sensitivity, peak });
  return [...detector.push(samples), ...detector.finish()];
}

export function tempoOf(drums: PlanarAudio): Tempo | null {
  const { sampleRate, samples } = toMono(drums);
  const meter = new AccentMeter(sampleRate, onsetsOf(drums));
  meter.push(samples);
  return estimateTempo(meter.accents(), samples.length / sampleRate);
}
