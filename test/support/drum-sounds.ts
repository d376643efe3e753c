import { Random } from '#shared/base';
import type { PlanarAudio } from '#shared/model';

export interface Stroke {
  /** Seconds. */
  readonly at: number;
  readonly sound: 'kick' | 'snare' | 'hat';
  /** Peak, about; 0.5 unless given. */
  readonly level?: number;
}

const stroke =
  (sound: Stroke['sound']) =>
  (at: number, level = 0.5): Stroke => ({ at, sound, level });
export const kick = stroke('kick');
export const snare = stroke('snare');
export const hat = stroke('hat');

/** Bars of kick on one and three, snare on two and four, hats on eighths; `late` moves each stroke, in seconds. */
export function rockBars(tempo: number, bars: number, start = 0, late: (index: number) => number = () => 0) {
  const eighth = 30 / tempo;
  return Array.from({ length: bars * 8 }, (_, index): Stroke[] => {
    const at = start + index * eighth + late(index);
    const drum = index % 4 === 0 ? [kick(at)] : index % 4 === 2 ? [snare(at)] : [];
    return [...drum, hat(at, 0.15)];
  }).flat();
}

/** Synthesised strokes on one channel: a falling tone, noise with a tone, bright noise. Each begins within a frame of its time. */
export function drumTrack(strokes: readonly Stroke[], seconds: number, sampleRate = 44_100): PlanarAudio {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  strokes.forEach(({ at, sound, level = 0.5 }, index) => {
    const start = Math.round(at * sampleRate);
    const random = Random.ofSeed(7).fork(sound, index);
    let phase = 0;
    let last = 0;
    for (let frame = Math.max(0, start); frame < samples.length; frame++) {
      const time = (frame - start) / sampleRate;
      if (time > 0.5) break;
      const hiss = random.between(-1, 1);
      if (sound === 'kick') {
        phase += (2 * Math.PI * (50 + 90 * Math.exp(-time / 0.02))) / sampleRate;
        samples[frame]! +=
          level * (Math.sin(phase) * Math.exp(-time / 0.12) + 0.3 * hiss * Math.exp(-time / 0.003));
      } else if (sound === 'snare') {
        const tone = 0.4 * Math.sin(2 * Math.PI * 190 * time);
        samples[frame]! += level * (0.7 * hiss + tone) * Math.exp(-time / 0.07);
      } else {
        samples[frame]! += (level * (hiss - last) * Math.exp(-time / 0.03)) / 1.5;
        last = hiss;
      }
    }
  });
  return { sampleRate, channels: [samples] };
}
