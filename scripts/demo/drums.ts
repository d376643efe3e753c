import type { Random } from '#shared/base';
import type { Instrument } from '#shared/model';
import { decay, filtered, finished, noise, saturated, scaled, sum, sweep, tone } from './synthesis';

/** Inharmonic partials of a struck plate in Hz, as ratios of the lowest. */
const PLATE = [1, 1.342, 1.71, 2.083, 2.496, 2.913] as const;

function plate(seconds: number, lowest: number, constant: number): Float32Array {
  return tone(seconds, time => {
    let value = 0;
    for (const ratio of PLATE) value += Math.sign(Math.sin(2 * Math.PI * lowest * ratio * time));
    return (value / PLATE.length) * decay(time, constant);
  });
}

function drum(seconds: number, pitch: number, bend: number, ring: number): Float32Array {
  return tone(seconds, time => sweep(time, pitch * bend, pitch, 0.03) * decay(time, ring));
}

type Voice = (random: Random) => Float32Array;

/** One stroke of each instrument, a little different at every call. */
const VOICES: Readonly<Partial<Record<Instrument, Voice>>> = {
  kick: random => {
    const pitch = random.between(47, 50);
    const body = drum(0.45, pitch, 3.4, 0.13);
    const hiss = noise(random);
    const beater = filtered(
      tone(0.02, time => hiss() * decay(time, 0.003)),
      'bandpass',
      2600,
      0.8,
    );
    return finished(saturated(sum(body, scaled(beater, 0.5)), 1.6), 0.9);
  },
  snare: random => {
    const pitch = random.between(182, 190);
    const hiss = noise(random);
    const shell = sum(drum(0.3, pitch, 1.5, 0.07), scaled(drum(0.3, pitch * 1.78, 1.3, 0.04), 0.5));
    const rattle = tone(0.32, time => hiss() * decay(time, 0.07));
    const wires = filtered(filtered(rattle, 'highpass', 700), 'lowpass', 6500);
    return finished(saturated(sum(shell, scaled(wires, 0.9)), 1.3), 0.85);
  },
  rim: random => {
    const hiss = noise(random);
    const wood = drum(0.08, random.between(1680, 1740), 1.1, 0.009);
    return finished(
      sum(
        wood,
        filtered(
          tone(0.05, time => hiss() * decay(time, 0.004)),
          'bandpass',
          3200,
        ),
      ),
      0.7,
    );
  },
  clap: random => {
    const hiss = noise(random);
    const bursts = [0, 0.011, 0.021, 0.03];
    const shape = (time: number): number =>
      bursts.reduce(
        (level, start) => (time < start ? level : Math.max(level, decay(time - start, 0.006))),
        0,
      ) + (time > 0.03 ? 0.6 * decay(time - 0.03, 0.07) : 0);
    return finished(
      filtered(
        tone(0.3, time => hiss() * shape(time)),
        'bandpass',
        1300,
        1.1,
      ),
      0.8,
    );
  },
  chh: random => hat(random, 0.09, 0.022),
  phh: random => hat(random, 0.07, 0.014),
  ohh: random => hat(random, 0.7, 0.19),
  lt: random => tom(random, 92),
  mt: random => tom(random, 131),
  ht: random => tom(random, 177),
  crash: random => cymbal(random, 1.9, 0.55, 310, 3200),
  ride: random => {
    const bell = tone(1.1, time => Math.sin(2 * Math.PI * 3120 * time) * decay(time, 0.18));
    return finished(sum(cymbal(random, 1.1, 0.3, 420, 5200), scaled(bell, 0.25)), 0.6);
  },
  perc: random => {
    const hiss = noise(random);
    const shape = (time: number): number =>
      Math.min(1, time / 0.012) * decay(Math.max(0, time - 0.012), 0.035);
    return finished(
      filtered(
        tone(0.16, time => hiss() * shape(time)),
        'bandpass',
        6200,
        1.4,
      ),
      0.5,
    );
  },
};

function hat(random: Random, seconds: number, constant: number): Float32Array {
  const hiss = noise(random);
  const metal = plate(seconds, random.between(402, 412), constant);
  const air = tone(seconds, time => hiss() * decay(time, constant));
  return finished(filtered(sum(metal, scaled(air, 0.7)), 'highpass', 7200), 0.6);
}

function tom(random: Random, pitch: number): Float32Array {
  const hiss = noise(random);
  const stick = filtered(
    tone(0.02, time => hiss() * decay(time, 0.004)),
    'bandpass',
    1800,
  );
  return finished(sum(drum(0.6, pitch * random.between(0.99, 1.01), 1.6, 0.16), scaled(stick, 0.35)), 0.85);
}

function cymbal(
  random: Random,
  seconds: number,
  constant: number,
  lowest: number,
  floor: number,
): Float32Array {
  const hiss = noise(random);
  const metal = plate(seconds, lowest, constant);
  const air = tone(seconds, time => hiss() * decay(time, constant));
  return finished(filtered(sum(metal, air), 'highpass', floor), 0.7);
}

/** A soft stroke excites the high partials less: what is left of them, in Hz. */
const SOFT_BELOW: Readonly<Partial<Record<Instrument, number>>> = { kick: 700, snare: 2600, chh: 9500 };

/** A soft stroke of an instrument that has them, as loud as a full one; `take` makes them differ. */
export function softStrike(instrument: Instrument, take: number, random: Random): Float32Array {
  const below = SOFT_BELOW[instrument];
  if (below === undefined) throw new RangeError(`the demo kit has no soft ${instrument}`);
  const full = strike(instrument, take, random.fork('soft'));
  return finished(filtered(full, 'lowpass', below), 0.85);
}

export const DEMO_INSTRUMENTS = Object.keys(VOICES) as Instrument[];

/** One stroke of `instrument`, mono, peak below 1; `take` makes strokes of the same instrument differ. */
export function strike(instrument: Instrument, take: number, random: Random): Float32Array {
  const voice = VOICES[instrument];
  if (!voice) throw new RangeError(`the demo kit has no ${instrument}`);
  return voice(random.fork('stroke', instrument, take));
}
