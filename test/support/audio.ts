import { Random } from '#shared/base';
import type { PlanarAudio } from '#shared/model';

/** A sine on one channel; `level` is its peak, 1 full scale. */
export function tone(hertz: number, seconds: number, sampleRate = 44_100, level = 0.5): PlanarAudio {
  return oneChannel(
    seconds,
    sampleRate,
    frame => level * Math.sin((2 * Math.PI * hertz * frame) / sampleRate),
  );
}

/** White noise, uniform within `level`; other names give other noise. */
export function noise(name: string, seconds: number, sampleRate = 44_100, level = 0.5): PlanarAudio {
  const random = Random.ofSeed(1).fork('noise', name);
  return oneChannel(seconds, sampleRate, () => random.between(-level, level));
}

/** Single frames of full scale at `times` (seconds) in silence. */
export function clicks(times: readonly number[], seconds: number, sampleRate = 44_100): PlanarAudio {
  const frames = new Set(times.map(time => Math.round(time * sampleRate)));
  return oneChannel(seconds, sampleRate, frame => (frames.has(frame) ? 1 : 0));
}

export const silence = (seconds: number, sampleRate = 44_100): PlanarAudio =>
  oneChannel(seconds, sampleRate, () => 0);

/** Something like music: three partials of the channel's own pitch under slow beats, and some noise. */
export function song(seconds: number, channelCount = 2, sampleRate = 44_100): PlanarAudio {
  return together(
    Array.from({ length: channelCount }, (_, channel) => {
      const hiss = noise(`song ${channel}`, seconds, sampleRate, 0.05).channels[0] ?? new Float32Array(0);
      const pitch = 110 * (1 + channel / 8);
      return oneChannel(seconds, sampleRate, frame => {
        const angle = (2 * Math.PI * pitch * frame) / sampleRate;
        const beat = 0.6 + 0.4 * Math.sin(angle / 50);
        const partials = Math.sin(angle) + 0.5 * Math.sin(3.01 * angle) + 0.25 * Math.sin(17.3 * angle);
        return 0.4 * beat * partials + (hiss[frame] ?? 0);
      });
    }),
  );
}

/** Sounds of one length as the channels of one. */
export function together(sounds: readonly PlanarAudio[]): PlanarAudio {
  return { sampleRate: sounds[0]?.sampleRate ?? 44_100, channels: sounds.flatMap(sound => sound.channels) };
}

function oneChannel(seconds: number, sampleRate: number, valueAt: (frame: number) => number): PlanarAudio {
  const count = Math.round(seconds * sampleRate);
  return { sampleRate, channels: [Float32Array.from({ length: count }, (_, frame) => valueAt(frame))] };
}

/** Peak of the difference of two sounds in dB re full scale; Infinity when their shapes differ. */
export function nullDecibels(a: PlanarAudio, b: PlanarAudio): number {
  if (a.channels.length !== b.channels.length || a.sampleRate !== b.sampleRate) return Infinity;
  let worst = 0;
  for (const [index, one] of a.channels.entries()) {
    const other = b.channels[index];
    if (other?.length !== one.length) return Infinity;
    for (const [frame, value] of one.entries())
      worst = Math.max(worst, Math.abs(value - (other[frame] ?? 0)));
  }
  return 20 * Math.log10(worst);
}
