import { Random } from '#shared/base';
import { SAMPLE_RATE } from '../demo/synthesis';
import {
  clap,
  cymbal,
  type Drum,
  deepDrum,
  hat,
  pad,
  rimShot,
  type Snare,
  shaker,
  sideStick,
  snare,
} from './drums';

/** Velocities up to which a layer plays. */
export const FINE_LAYERS = [28, 52, 76, 102, 127] as const;
export const LAYERS = [40, 72, 102, 127] as const;

/** For what has nothing above 10 kHz, and above 15 kHz. */
const DARK_RATE = 22_050;
const MIDDLE_RATE = 32_000;

export interface KitKey {
  readonly key: number;
  readonly name: string;
  readonly drum: Drum;
  readonly layers: readonly number[];
  /** Peak of the hardest stroke, dB full scale. */
  readonly decibels: number;
  readonly choke: string | null;
  /** That it is stored at: twice the highest there is in it. */
  readonly sampleRate: number;
  /** Notes of General MIDI that sound it too. */
  readonly alsoNotes: readonly number[];
}

export interface FontKit {
  readonly id: string;
  readonly name: string;
  /** Of its first take; the others follow. */
  readonly program: number;
  readonly keys: readonly KitKey[];
}

export interface Font {
  readonly file: string;
  readonly name: string;
  readonly kits: readonly FontKit[];
}

const key = (number: number, name: string, drum: Drum, more: Partial<KitKey> = {}): KitKey => ({
  key: number,
  name,
  drum,
  layers: LAYERS,
  decibels: -3,
  choke: null,
  sampleRate: SAMPLE_RATE,
  alsoNotes: [],
  ...more,
});

const padKit = (id: string, name: string, program: number, playing: Drum, edge: Drum): FontKit => ({
  id,
  name,
  program,
  keys: [
    key(38, 'Pad', playing, { layers: FINE_LAYERS }),
    key(37, 'Pad edge', edge, { alsoNotes: [40], decibels: -6 }),
  ],
});

const snareKit = (
  id: string,
  name: string,
  program: number,
  drum: Snare,
  wood: number,
  sampleRate = SAMPLE_RATE,
): FontKit => ({
  id,
  name,
  program,
  keys: [
    key(38, 'Snare', snare(drum), { layers: sampleRate === SAMPLE_RATE ? FINE_LAYERS : LAYERS, sampleRate }),
    key(40, 'Rim shot', rimShot(drum), { decibels: -1, sampleRate }),
    key(37, 'Side stick', sideStick(wood), { decibels: -8, sampleRate }),
  ],
});

interface Shells {
  readonly snare: Snare;
  readonly wood: number;
  /** Pitches in Hz. */
  readonly kick: number;
  readonly toms: readonly [low: number, middle: number, high: number];
  /** Seconds; felt on the heads makes it short. */
  readonly ring: number;
  /** Hertz of the beater's click. */
  readonly beater: number;
  /** 1 for cymbals of 14, 16 and 20 inches; smaller ones are higher. */
  readonly metal: number;
}

function drumKit(id: string, name: string, program: number, shells: Shells): FontKit {
  const seed = Random.ofSeed(`drum kit ${id}`);
  const tom = (pitch: number, place: string): Drum =>
    deepDrum({ pitch, ring: shells.ring, bend: 0.09, corner: 420, stick: 2600, skin: 0.4 }, seed.fork(place));
  const hats = (ring: number) => ({
    low: 330 * shells.metal,
    partials: 70,
    ring,
    centre: 7500 * shells.metal,
  });
  return {
    id,
    name,
    program,
    keys: [
      key(
        36,
        'Kick',
        deepDrum(
          {
            pitch: shells.kick,
            ring: 0.8 * shells.ring,
            bend: 0.9,
            corner: 160,
            stick: shells.beater,
            skin: 0.55,
          },
          seed.fork('kick'),
        ),
        { alsoNotes: [35], decibels: -1, sampleRate: DARK_RATE },
      ),
      ...snareKit(id, name, program, shells.snare, shells.wood, MIDDLE_RATE).keys,
      key(39, 'Clap', clap, { decibels: -6, sampleRate: MIDDLE_RATE }),
      key(70, 'Shaker', shaker, { alsoNotes: [69, 82], decibels: -14, sampleRate: MIDDLE_RATE }),
      key(42, 'Closed hat', hat(hats(0.03), 0.14), { choke: 'hat', decibels: -12, sampleRate: MIDDLE_RATE }),
      key(44, 'Pedal hat', hat({ ...hats(0.022), centre: 5200 * shells.metal }, 0.09), {
        choke: 'hat',
        decibels: -15,
      }),
      key(
        46,
        'Open hat',
        cymbal(
          { ...hats(0.24), low: 330 * shells.metal },
          { swell: 0.002, ping: [4100 * shells.metal, 0.1], attack: 0.08 },
          seed.fork('open'),
        ),
        { choke: 'hat', decibels: -10, sampleRate: MIDDLE_RATE },
      ),
      key(45, 'Low tom', tom(shells.toms[0], 'low'), { alsoNotes: [41, 43], sampleRate: DARK_RATE }),
      key(47, 'Middle tom', tom(shells.toms[1], 'middle'), { alsoNotes: [48], sampleRate: DARK_RATE }),
      key(50, 'High tom', tom(shells.toms[2], 'high'), { sampleRate: DARK_RATE }),
      key(
        49,
        'Crash',
        cymbal(
          { low: 210 * shells.metal, partials: 150, ring: 0.4, centre: 3600 * shells.metal },
          { swell: 0.012, ping: [2900 * shells.metal, 0.05], attack: 0.11 },
          seed.fork('crash'),
        ),
        { alsoNotes: [52, 55, 57], decibels: -6, sampleRate: MIDDLE_RATE },
      ),
      key(
        51,
        'Ride',
        cymbal(
          { low: 260 * shells.metal, partials: 130, ring: 0.36, centre: 2600 * shells.metal },
          { swell: 0.03, ping: [3400 * shells.metal, 0.5], attack: 0.08 },
          seed.fork('ride'),
        ),
        { alsoNotes: [59], decibels: -11, sampleRate: MIDDLE_RATE },
      ),
      key(
        53,
        'Ride bell',
        cymbal(
          { low: 520 * shells.metal, partials: 26, ring: 0.4, centre: 1900 * shells.metal },
          { swell: 0.03, ping: [1250 * shells.metal, 1], attack: 0.08 },
          seed.fork('bell'),
        ),
        { decibels: -10, sampleRate: MIDDLE_RATE },
      ),
    ],
  };
}

const RUBBER = {
  modes: [
    [205, 0.013],
    [430, 0.01],
    [880, 0.007],
    [1640, 0.004],
    [2900, 0.002],
  ],
  stick: 3400,
  corner: 900,
} as const;
const LAMINATE = {
  modes: [
    [390, 0.022],
    [1040, 0.016],
    [1890, 0.01],
    [3150, 0.007],
    [4800, 0.004],
  ],
  stick: 5200,
  corner: 2100,
} as const;
/** The wood or plate that a pad lies on, struck at its edge. */
const edgeOf = ({ modes, stick, corner }: typeof RUBBER | typeof LAMINATE) =>
  pad({
    modes: modes.map(([hertz, ring]) => [hertz * 2.3, ring * 0.7] as const),
    stick: stick * 1.2,
    corner: corner * 2,
  });

export const FONTS: readonly Font[] = [
  {
    file: 'practice-pad.sf2',
    name: 'Practice pads',
    kits: [
      padKit('pad-rubber', 'Practice pad, rubber', 0, pad(RUBBER), edgeOf(RUBBER)),
      padKit('pad-laminate', 'Practice pad, laminate', 8, pad(LAMINATE), edgeOf(LAMINATE)),
    ],
  },
  {
    file: 'marching-snare.sf2',
    name: 'Marching snares',
    kits: [
      snareKit(
        'marching-tight',
        'Marching snare, aramid head, gut',
        0,
        {
          head: 392,
          ring: 0.034,
          corner: 2300,
          wires: { lag: 0.0012, ring: 0.034, low: 1800, high: 13_000, level: 2 },
          stick: 5200,
        },
        470,
      ),
      snareKit(
        'marching-wires',
        'Marching snare, film head, long wires',
        8,
        {
          head: 310,
          ring: 0.06,
          corner: 1500,
          wires: { lag: 0.002, ring: 0.072, low: 1000, high: 9500, level: 2.4 },
          stick: 4300,
        },
        430,
        MIDDLE_RATE,
      ),
      snareKit(
        'pipe-band',
        'Pipe band snare, wires under both heads',
        16,
        {
          head: 452,
          ring: 0.026,
          corner: 2900,
          wires: { lag: 0.0007, ring: 0.052, low: 2600, high: 16_000, level: 1.7 },
          stick: 6000,
        },
        520,
      ),
    ],
  },
  {
    file: 'drum-kit.sf2',
    name: 'Drum kits',
    kits: [
      drumKit('kit-studio', 'Drum kit, 22 inch kick, coated heads', 0, {
        snare: {
          head: 196,
          ring: 0.085,
          corner: 1100,
          wires: { lag: 0.002, ring: 0.075, low: 1100, high: 10_000, level: 2.4 },
          stick: 3900,
        },
        wood: 405,
        kick: 54,
        toms: [84, 112, 150],
        ring: 0.2,
        beater: 3100,
        metal: 1,
      }),
      drumKit('kit-small', 'Drum kit, 18 inch kick, high and open', 8, {
        snare: {
          head: 248,
          ring: 0.12,
          corner: 1500,
          wires: { lag: 0.003, ring: 0.062, low: 1500, high: 11_500, level: 2.3 },
          stick: 4500,
        },
        wood: 445,
        kick: 72,
        toms: [108, 147, 196],
        ring: 0.2,
        beater: 1700,
        metal: 1.13,
      }),
    ],
  },
];
