import { decay, filtered, scaled, sum } from '../demo/synthesis';
import { type Blow, click, contact, hiss, membrane, plate, ringing, wires } from './strike';

/** A stroke as it is stored: what is its own, and what it shares with all strokes of the instrument, each as loud as it is in it. */
export interface Stroke {
  readonly own: Float32Array;
  readonly tail?: { readonly samples: Float32Array; readonly level: number };
}
export type Drum = (blow: Blow) => Stroke;

const alone = (...parts: readonly Float32Array[]): Stroke => ({ own: sum(...parts) });

interface Pad {
  readonly modes: readonly (readonly [hertz: number, ring: number])[];
  readonly stick: number;
  readonly corner: number;
}

/** A practice pad: a short knock of rubber or laminate over what carries it, and the stick. */
export const pad =
  ({ modes, stick, corner }: Pad): Drum =>
  ({ force, random }) => {
    const bright = corner * (0.3 + 1.2 * force);
    const knock = ringing(
      0.2,
      modes.map(([hertz, ring]) => ({
        hertz: hertz * random.between(0.985, 1.015),
        level: contact(hertz, bright) * random.between(0.8, 1.2),
        ring: ring * random.between(0.9, 1.1),
      })),
    );
    const slap = hiss(0.05, time => decay(time, 0.006), 250, bright * 3, random);
    return alone(knock, scaled(slap, 1.1), scaled(click(stick, 0.002, random), 2 + 2.4 * force));
  };

export interface Snare {
  readonly head: number;
  readonly ring: number;
  readonly corner: number;
  readonly wires: {
    readonly lag: number;
    readonly ring: number;
    readonly low: number;
    readonly high: number;
    readonly level: number;
  };
  readonly stick: number;
}

const wiresOf = (blow: Blow, { head, wires: own }: Snare): Float32Array =>
  scaled(wires(blow, { ...own, head }), own.level * (1.25 - 0.45 * blow.force));

export const snare =
  (drum: Snare): Drum =>
  blow => {
    const { force, random } = blow;
    const corner = drum.corner * (0.3 + 1.1 * force);
    const place = random.between(0.08, 0.28);
    const body = ringing(0.4, membrane(drum.head, drum.ring, corner, place, random), {
      share: 0.06 * force ** 2,
      seconds: 0.018,
    });
    const shell = ringing(0.1, [
      { hertz: drum.head * 4.7, level: 0.12 * force, ring: 0.016 },
      { hertz: drum.head * 7.3, level: 0.09 * force, ring: 0.01 },
    ]);
    return alone(
      body,
      shell,
      wiresOf(blow, drum),
      scaled(click(drum.stick, 0.002, random), 0.2 + 0.9 * force),
    );
  };

/** Stick on head and rim at once: the hoop's ring over a louder snare. */
export const rimShot =
  (drum: Snare): Drum =>
  blow => {
    const { force, random } = blow;
    const corner = drum.corner * (0.8 + 1.4 * force);
    const body = ringing(
      0.5,
      membrane(drum.head, drum.ring * 1.25, corner, random.between(0.45, 0.6), random),
    );
    const hoop = ringing(
      0.25,
      [3.1, 4.4, 6.2, 8.9, 12.7].map((ratio, index) => ({
        hertz: drum.head * ratio * random.between(0.99, 1.01),
        level: 0.5 / (1 + 0.5 * index),
        ring: 0.045 / (1 + 0.4 * index),
      })),
    );
    return alone(
      body,
      scaled(hoop, 0.5 + 0.6 * force),
      wiresOf(blow, drum),
      scaled(click(drum.stick * 1.2, 0.0025, random), 0.6 + force),
    );
  };

/** The stick laid over the drum and its shoulder put down on the rim. */
export const sideStick =
  (lowest: number): Drum =>
  ({ force, random }) => {
    const wood = ringing(
      0.08,
      [1, 1.62, 2.57, 3.9, 5.3].map((ratio, index) => ({
        hertz: lowest * ratio * random.between(0.99, 1.01),
        level: contact(lowest * ratio, 1500 + 4500 * force) / (1 + 0.25 * index),
        ring: 0.02 / (1 + 0.55 * index),
      })),
    );
    const body = ringing(0.08, [{ hertz: lowest / 4.1, level: 0.25, ring: 0.02 }]);
    return alone(wood, body, scaled(click(lowest * 3, 0.002, random), 0.3 + 0.5 * force));
  };

/** Something deep in two heads: `bend` is how far a hard stroke raises it at first. */
export const deepDrum = (
  {
    pitch,
    ring,
    bend,
    corner,
    stick,
    skin,
  }: {
    readonly pitch: number;
    readonly ring: number;
    readonly bend: number;
    readonly corner: number;
    readonly stick: number;
    /** How much of stick or beater there is. */
    readonly skin: number;
  },
  seed: Blow['random'],
): Drum => {
  const modes = membrane(pitch, ring, corner, 0.3, seed);
  const low = ringing(6 * ring, modes.slice(0, 3), { share: bend, seconds: 0.025 });
  return ({ force, random }) => {
    const bright = corner * (0.4 + 2.5 * force);
    const high = ringing(
      0.35,
      membrane(pitch, ring * 0.45, bright, random.between(0.2, 0.45), random).slice(3),
      { share: bend * force, seconds: 0.02 },
    );
    const slap = hiss(0.12, time => decay(time, 0.012), pitch * 2, bright * 3, random);
    const stroke = click(stick, 0.003, random);
    return {
      own: sum(
        scaled(high, 0.5 + force),
        scaled(slap, 0.15 + 0.3 * force),
        scaled(stroke, skin * (0.25 + force)),
      ),
      tail: { samples: low, level: random.between(0.95, 1.05) },
    };
  };
};

interface Metal {
  readonly low: number;
  readonly partials: number;
  /** Seconds at 1 kHz; treble dies sooner. */
  readonly ring: number;
  /** What is loudest, in Hz. */
  readonly centre: number;
}

const metalModes = ({ low, partials, ring, centre }: Metal, bright: number, random: Blow['random']) =>
  plate(
    partials,
    low,
    15_500,
    hertz => (contact(hertz, bright) * (hertz / centre)) / (1 + (hertz / centre) ** 1.6),
    hertz => ring / (0.6 + 0.4 * (hertz / 1000) ** 0.55),
    random,
  );

/** Two cymbals on each other: `open` 0 closed ... 1 half open. */
export const hat =
  (metal: Metal, seconds: number): Drum =>
  ({ force, random }) => {
    const bright = 3500 + 14_000 * force;
    const ring = ringing(seconds, metalModes(metal, bright, random));
    const air = hiss(seconds, time => decay(time, metal.ring * 0.8), 3500, bright, random);
    return alone(
      filtered(sum(scaled(ring, 1 / Math.sqrt(metal.partials)), scaled(air, 0.35)), 'highpass', 350),
      scaled(click(6500, 0.0012, random), 0.12 * force),
    );
  };

/** A cymbal that rings: its partials below the treble are the same at every stroke, its attack never. */
export const cymbal = (
  metal: Metal,
  {
    swell,
    ping,
    attack,
  }: {
    /** Seconds in which its wash comes up. */
    readonly swell: number;
    /** Hertz and level of the stick's own note. */
    readonly ping: readonly [hertz: number, level: number];
    readonly attack: number;
  },
  seed: Blow['random'],
): Drum => {
  const modes = metalModes(metal, 7000, seed);
  const tail = scaled(ringing(5.5 * metal.ring, modes), 1 / Math.sqrt(metal.partials));
  const wash = hiss(
    5 * metal.ring,
    time => (1 - decay(time, swell)) * decay(time, metal.ring * 0.45),
    2500,
    12_000,
    seed,
  );
  const samples = sum(tail, scaled(wash, 0.3));
  return ({ force, random }) => {
    const bright = 3000 + 15_000 * force;
    const own = ringing(attack, metalModes({ ...metal, ring: attack / 5 }, bright, random));
    const air = hiss(
      attack,
      time => (1 - decay(time, swell / 3)) * decay(time, attack / 4),
      3000,
      bright,
      random,
    );
    const note = ringing(
      attack,
      [1, 1.47, 2.09].map((ratio, index) => ({
        hertz: ping[0] * ratio * random.between(0.985, 1.015),
        level: ping[1] / (1 + index),
        ring: attack / 6,
      })),
    );
    return {
      own: sum(
        scaled(own, (0.6 + 1.6 * force) / Math.sqrt(metal.partials)),
        scaled(air, 0.1 + 0.6 * force),
        note,
        scaled(click(ping[0] * 1.4, 0.0015, random), 0.04 + 0.14 * force),
      ),
      tail: { samples, level: 0.5 + 0.5 * force },
    };
  };
};

/** Hands: some that fall almost together, then the last. */
export const clap: Drum = ({ force, random }) => {
  const starts = [0, 0.009, 0.018, 0.027].map(start => start * random.between(0.85, 1.15));
  const last = Math.max(...starts);
  const envelope = (time: number): number =>
    starts.reduce(
      (level, start) => (time < start ? level : Math.max(level, decay(time - start, 0.005))),
      time > last ? 0.6 * decay(time - last, 0.019) : 0,
    );
  const noise = hiss(0.13, envelope, 500, 2500 + 9000 * force, random);
  return alone(
    sum(scaled(filtered(noise, 'bandpass', 1250 * random.between(0.95, 1.05), 1.2), 1.5), scaled(noise, 0.4)),
  );
};

/** Seeds that are thrown against a wall: more of them at once the harder. */
export const shaker: Drum = ({ force, random }) => {
  const rise = 0.011 - 0.006 * force;
  const envelope = (time: number): number =>
    Math.min(1, time / rise) * decay(Math.max(0, time - rise), 0.014) * random.unit() ** (3 - 2 * force);
  return alone(filtered(hiss(0.1, envelope, 3200, 8000 + 8000 * force, random), 'bandpass', 6400, 0.6));
};
