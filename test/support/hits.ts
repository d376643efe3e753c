import { Random } from '#shared/base';
import type { MonoAudio } from '#shared/model';

const RATE = 44_100;

export interface HitOptions {
  readonly seconds?: number;
  readonly sampleRate?: number;
  /** Peak of the hit. */
  readonly level?: number;
  /** Other names give other strokes on the same drum. */
  readonly stroke?: string;
}

function hit(
  { seconds = 0.5, sampleRate = RATE, level = 0.8 }: HitOptions,
  valueAt: (time: number) => number,
): MonoAudio {
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, frame) =>
    valueAt(frame / sampleRate),
  );
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { sampleRate, samples: samples.map(value => (value * level) / peak) };
}

const noiseOf = (drum: string, stroke = ''): (() => number) => {
  const random = Random.ofSeed(7).fork(drum, stroke);
  return () => random.between(-1, 1);
};
const decay = (time: number, constant: number): number => Math.exp(-time / constant);

/** A 52 Hz membrane that bends down from 150 Hz. */
export const kick = (options: HitOptions = {}): MonoAudio => {
  const click = noiseOf('kick', options.stroke);
  return hit(options, time => {
    const phase = 2 * Math.PI * (52 * time + 100 * 0.02 * (1 - decay(time, 0.02)));
    return Math.sin(phase) * decay(time, 0.09) + 0.15 * click() * decay(time, 0.002);
  });
};

/** A 190 Hz shell under wires. */
export const snare = (options: HitOptions = {}): MonoAudio => {
  const wires = noiseOf('snare', options.stroke);
  return hit(options, time => {
    const shell = Math.sin(2 * Math.PI * 190 * time) * decay(time, 0.04);
    return 0.7 * shell + 0.6 * wires() * decay(time, 0.06);
  });
};

/** Noise above about 8 kHz, 40 ms long. */
export const closedHat = (options: HitOptions = {}): MonoAudio => metal('closed hat', 0.02, options);

/** The same, ringing on. */
export const openHat = (options: HitOptions = {}): MonoAudio => metal('open hat', 0.12, options);

function metal(drum: string, constant: number, options: HitOptions): MonoAudio {
  const hiss = noiseOf(drum, options.stroke);
  let [before, twoBefore] = [0, 0];
  return hit(options, time => {
    const now = hiss();
    const high = now - 2 * before + twoBefore;
    [twoBefore, before] = [before, now];
    return high * decay(time, constant);
  });
}

/** A 110 Hz membrane that rings. */
export const tom = (options: HitOptions = {}): MonoAudio =>
  hit({ seconds: 1, ...options }, time => {
    const body = Math.sin(2 * Math.PI * 110 * time) + 0.3 * Math.sin(2 * Math.PI * 175 * time);
    return body * decay(time, 0.22) * Math.min(1, time / 0.002);
  });

/** A chord that swells for half a second: nothing a stick does. */
export const pad = (options: HitOptions = {}): MonoAudio =>
  hit({ seconds: 2.5, ...options }, time => {
    const chord = [220, 277, 330].reduce((sum, hertz) => sum + Math.sin(2 * Math.PI * hertz * time), 0);
    return chord * Math.min(1, time / 0.5);
  });

/** `hits` laid into silence at their times in seconds. */
export function atTimes(
  hits: readonly { readonly at: number; readonly audio: MonoAudio }[],
  seconds: number,
): MonoAudio {
  const sampleRate = hits[0]?.audio.sampleRate ?? RATE;
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (const { at, audio } of hits) {
    const start = Math.round(at * sampleRate);
    for (let frame = 0; frame < audio.samples.length && start + frame < samples.length; frame++) {
      samples[start + frame] = (samples[start + frame] ?? 0) + (audio.samples[frame] ?? 0);
    }
  }
  return { sampleRate, samples };
}
