import type { Role } from '../model';

/**
 * Velocity 0..1 as a linear gain: 40 log10(velocity) dB, so 0.5 is 12 dB below 1 and 0 is silent. The concave curve
 * that the DLS Level 1 specification (MMA 1999) gives for note velocity.
 */
export const velocityGain = (velocity: number): number => velocity * velocity;

/**
 * Level of a full-velocity hit below its slice's own, so that the three voices that a step may hold seldom pass full scale
 * together without the limiter.
 */
export const HEADROOM_DECIBELS = -6;

/** How long a choked voice, or one cut by the end of the file, takes to fall linearly to silence. */
export const RELEASE_SECONDS = 0.008;

/** A role's way to the master: gain in decibels, and a pan in -1..1 that is added to each pad's own. */
export interface Bus {
  readonly gainDecibels: number;
  readonly pan: number;
}
export type Buses = Partial<Readonly<Record<Role, Bus>>>;

/** Gains from input channel to output channel: `left` and `right` out = ll*inL + rl*inR, lr*inL + rr*inR. */
export interface PanMatrix {
  readonly ll: number;
  readonly lr: number;
  readonly rl: number;
  readonly rr: number;
}

/**
 * Equal-power panning, -1 left ... 1 right, unity at the centre for mono and stereo alike, so that kits of both kinds
 * mix at one level. A mono sound (which reads as inL) keeps its power wherever it lies: +3 dB on one side when hard
 * panned. A stereo sound folds the far side into the near one, as Web Audio's StereoPannerNode does.
 */
export function panMatrix(pan: number, channelCount: number): PanMatrix {
  if (channelCount === 1) {
    const angle = ((pan + 1) * Math.PI) / 4;
    return pan === 0
      ? { ll: 1, lr: 1, rl: 0, rr: 0 }
      : { ll: Math.SQRT2 * Math.cos(angle), lr: Math.SQRT2 * Math.sin(angle), rl: 0, rr: 0 };
  }
  if (pan === 0) return { ll: 1, lr: 0, rl: 0, rr: 1 };
  const angle = (Math.abs(pan) * Math.PI) / 2;
  return pan < 0
    ? { ll: 1, lr: 0, rl: Math.sin(angle), rr: Math.cos(angle) }
    : { ll: Math.cos(angle), lr: Math.sin(angle), rl: 0, rr: 1 };
}
