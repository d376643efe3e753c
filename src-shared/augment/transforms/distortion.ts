import { z } from 'zod';
import { CurveTable } from '../../dsp';
import type { PlanarAudio } from '../../model';
import { eachChannel, levelOf, peakOf, scaledBy, transform } from '../transform';
import { oversampled } from './oversampled';

/** What lies between frames can be higher than they are. */
const OVERSHOOT = 1.25;

/** `curve` as far as a recording reaches. */
function tableOf(audio: PlanarAudio, curve: (value: number) => number): CurveTable {
  const reach = OVERSHOOT * (peakOf(audio) || 1);
  return new CurveTable(curve, -reach, reach);
}

/** The softer the sound, the less: steepness from the share that the curve bends, loudness made good. */
export const tanhDistortion = transform({
  name: 'TanhDistortion',
  ranges: z.object({
    min_distortion: z.number().min(0).default(0.01),
    max_distortion: z.number().max(1).default(0.7),
  }),
  params: z.object({ distortion: z.number().min(0).max(1) }),
  draw: (random, { min_distortion, max_distortion }) => ({
    distortion: random.between(min_distortion, max_distortion),
  }),
  apply: (audio, { distortion }) => {
    const level = levelOf(audio);
    const steepness = 1 + 30 * distortion ** 2;
    const curve = tableOf(audio, value => Math.tanh(value * steepness));
    const bent = eachChannel(audio, samples => oversampled(samples, curve));
    const factor = level / (levelOf(bent.audio) || 1);
    return scaledBy(bent.audio, factor);
  },
});

export const PREAMPS = ['clean', 'warm', 'aggressive', 'vintage'] as const;
export type Preamp = (typeof PREAMPS)[number];

/** Bias makes even harmonics, gain makes more of all; `hardness` is the power in x / (1 + |x|^p)^(1/p). */
const CURVES: Readonly<
  Record<Preamp, { readonly bias: number; readonly gain: number; readonly hardness: number }>
> = {
  clean: { bias: 0.02, gain: 0.3, hardness: 2 },
  warm: { bias: 0.35, gain: 1.2, hardness: 2 },
  aggressive: { bias: 0.03, gain: 5, hardness: 3 },
  vintage: { bias: 0.5, gain: 1.8, hardness: 2 },
};

/** A preamp's curve at a drive of 0..1: no offset, small signals as they were. */
function preampCurve(type: Preamp, drive: number): (value: number) => number {
  const { bias, gain, hardness } = CURVES[type];
  const steepness = gain * drive;
  if (steepness === 0) return value => value;
  const bend = (value: number): number => value / (1 + Math.abs(value) ** hardness) ** (1 / hardness);
  const rest = bend(steepness * bias);
  const slope = (bend(steepness * (bias + 1e-5)) - bend(steepness * (bias - 1e-5))) / 2e-5;
  return value => (bend(steepness * (value + bias)) - rest) / slope;
}

/** A preamp driven into its curve, at four times the rate. */
export const preamp = transform({
  name: 'Preamp',
  ranges: z.object({
    types: z.array(z.enum(PREAMPS)).min(1).default(['warm', 'aggressive', 'vintage']),
    min_drive: z.number().min(0).max(1).default(0.1),
    max_drive: z.number().min(0).max(1).default(0.7),
  }),
  params: z.object({ type: z.enum(PREAMPS), drive: z.number().min(0).max(1) }),
  draw: (random, { types, min_drive, max_drive }) => ({
    type: random.pick(types),
    drive: random.between(min_drive, max_drive),
  }),
  apply: (audio, { type, drive }) => {
    if (drive === 0) return eachChannel(audio, samples => samples);
    const curve = tableOf(audio, preampCurve(type, drive));
    return eachChannel(audio, samples => oversampled(samples, curve));
  },
});
