import type { Random } from '#shared/base';
import { decay, filtered, framesOf, SAMPLE_RATE, sum, tone } from '../demo/synthesis';

/** A partial of something struck. */
export interface Mode {
  readonly hertz: number;
  readonly level: number;
  /** Seconds in which it falls to 1/e. */
  readonly ring: number;
  /** Where it starts in its cycle, radians; at zero unless told. */
  readonly phase?: number;
}

/**
 * Ratios of the modes of an ideal circular membrane to its lowest, with how many nodal diameters each has.
 * @see Fletcher & Rossing, "The Physics of Musical Instruments", table 3.1
 */
export const MEMBRANE = [
  [1, 0],
  [1.594, 1],
  [2.136, 2],
  [2.296, 0],
  [2.653, 3],
  [2.918, 1],
  [3.156, 4],
  [3.501, 2],
  [3.6, 0],
  [4.06, 3],
  [4.231, 1],
  [4.832, 2],
] as const;

/** How a stroke falls: how hard, 0..1, and what chance adds to it. */
export interface Blow {
  readonly force: number;
  readonly random: Random;
}

/** What a contact of a stick leaves of `hertz`: the harder, the shorter it is and the more treble there is. */
export const contact = (hertz: number, corner: number): number => 1 / (1 + (hertz / corner) ** 2);

/** Sum of modes from the blow on; `bend` raises all pitches at first by that share, for so many seconds. */
export function ringing(
  seconds: number,
  modes: readonly Mode[],
  bend: { readonly share: number; readonly seconds: number } = { share: 0, seconds: 0.02 },
): Float32Array {
  const waves = new Float32Array(framesOf(seconds));
  for (const { hertz, level, ring, phase: start = 0 } of modes) {
    if (hertz > 0.45 * SAMPLE_RATE) continue;
    let phase = start;
    const fall = Math.exp(-1 / (ring * SAMPLE_RATE));
    let envelope = level;
    let rise = bend.share;
    const settle = Math.exp(-1 / (bend.seconds * SAMPLE_RATE));
    const step = (2 * Math.PI * hertz) / SAMPLE_RATE;
    for (let frame = 0; frame < waves.length && envelope > level * 1e-5; frame++) {
      waves[frame]! += envelope * Math.sin(phase);
      phase += step * (1 + rise);
      envelope *= fall;
      rise *= settle;
    }
  }
  return waves;
}

/** A membrane struck off its centre by `place`, 0..1 of its radius: modes with nodal diameters come with it, and ring longer. */
export const membrane = (
  lowest: number,
  ring: number,
  corner: number,
  place: number,
  random: Random,
): readonly Mode[] =>
  MEMBRANE.map(([ratio, diameters]) => {
    const hertz = lowest * ratio * random.between(0.996, 1.004);
    const reach = diameters === 0 ? 1 - 0.5 * place : (2 * place) ** Math.min(3, diameters);
    return {
      hertz,
      level: (contact(hertz, corner) * Math.min(1, reach) * random.between(0.8, 1.2)) / ratio ** 0.5,
      ring: (ring * (diameters === 0 ? 0.8 : 1)) / ratio ** 0.9,
    };
  });

/** Many close partials, as plates of bronze have: from `low` to `high` Hz, evenly on a scale between linear and logarithmic. */
export const plate = (
  count: number,
  low: number,
  high: number,
  level: (hertz: number) => number,
  ring: (hertz: number) => number,
  random: Random,
): readonly Mode[] =>
  Array.from({ length: count }, (_, index) => {
    const at = (index + random.unit()) / count;
    const hertz = 0.5 * (low * (high / low) ** at + low + (high - low) * at);
    return {
      hertz,
      level: level(hertz) * random.between(0.3, 1.7),
      ring: ring(hertz) * random.between(0.7, 1.3),
      phase: random.between(0, 2 * Math.PI),
    };
  });

/** Noise under an envelope, between two corners in Hz. */
export const hiss = (
  seconds: number,
  envelope: (time: number) => number,
  low: number,
  high: number,
  random: Random,
): Float32Array => {
  const raw = tone(seconds, time => random.between(-1, 1) * envelope(time));
  return filtered(
    filtered(filtered(raw, 'highpass', low), 'lowpass', Math.min(high, 19_000)),
    'lowpass',
    Math.min(high, 19_000),
  );
};

/** The stick itself: a click that is over after some milliseconds. */
export const click = (hertz: number, constant: number, random: Random): Float32Array =>
  filtered(
    hiss(8 * constant + 0.002, time => decay(time, constant), hertz / 3, hertz * 2.2, random),
    'bandpass',
    hertz,
    0.6,
  );

/** Snare wires: thrown off the head and falling back on it, they rattle in its rhythm and die away. */
export function wires(
  { force, random }: Blow,
  {
    lag,
    ring,
    low,
    high,
    head,
  }: {
    /** Seconds until they answer. */
    readonly lag: number;
    readonly ring: number;
    readonly low: number;
    readonly high: number;
    /** Lowest pitch of the head in Hz. */
    readonly head: number;
  },
): Float32Array {
  const constant = ring * (0.7 + 0.5 * force) * random.between(0.94, 1.06);
  const phase = random.between(0, Math.PI);
  const envelope =
    (fall: number) =>
    (time: number): number => {
      const beat =
        0.65 + 0.35 * Math.abs(Math.sin(Math.PI * head * time + phase)) * decay(time, 2 * constant);
      return (1 - decay(time, lag)) * decay(time, fall) * beat;
    };
  const bright = high * (0.55 + 0.45 * force) * random.between(0.96, 1.04);
  const middle = Math.sqrt(low * bright) * 1.3;
  // What is bright in them dies first.
  return sum(
    hiss(7 * constant, envelope(constant), low, middle, random),
    hiss(7 * constant, envelope(0.6 * constant), middle, bright, random),
  );
}
