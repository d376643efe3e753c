import type { Random } from '../../base';
import { clamp } from '../../units';
import type { Room } from './room';
import type { Faces } from './materials';
import { reverberationOf } from './materials';

interface Place {
  readonly kind: Room['kind'];
  /** Metres, smallest and largest. */
  readonly sizes: readonly [readonly [number, number, number], readonly [number, number, number]];
  /** Seconds at 1 kHz, smallest and largest; what DATASET.md section 4.2 gives for such rooms. */
  readonly rt60: readonly [number, number];
  readonly faces: Faces;
}

const DRUM_HEIGHT = [0.5, 0.95] as const;
/** Nothing stands nearer to a wall than this. */
const WALL_METRES = 0.15;
/** How far a drawn octave lies from what the materials say. */
const OCTAVE_SPREAD = 0.06;
/** Largest ratio of an octave's reverberation time to its neighbour's. */
const MOST_APART = 1.15;
/** 1 kHz. */
const MIDDLE_OCTAVE = 3;

/** The rooms of the seed, as sizes, surfaces and reverberation; distances come from the microphone. */
export const ROOM_TYPES = {
  practice: place(
    'room',
    [2.3, 2.8, 2.3],
    [3, 3.6, 2.6],
    [0.15, 0.3],
    ['carpet', 'curtain', 'plasterboard', 'carpet', 'carpet', 'plasterboard'],
  ),
  studio: place(
    'room',
    [4.5, 6, 2.8],
    [8, 10, 4.2],
    [0.3, 0.7],
    ['wood', 'curtain', 'plasterboard', 'wood', 'wood', 'plasterboard'],
  ),
  bedroom: place(
    'room',
    [3, 3.4, 2.4],
    [4.2, 5, 2.7],
    [0.25, 0.45],
    ['plasterboard', 'curtain', 'plasterboard', 'plasterboard', 'carpet', 'plasterboard'],
  ),
  garage: place(
    'room',
    [5.4, 5.6, 2.4],
    [6.6, 7, 2.8],
    [0.7, 1.6],
    ['brick', 'concrete', 'brick', 'wood', 'concrete', 'plasterboard'],
  ),
  gym: place(
    'room',
    [24, 15, 7],
    [34, 20, 9],
    [1.3, 4],
    ['concrete', 'brick', 'concrete', 'glass', 'wood', 'concrete'],
  ),
  concert_hall: place(
    'room',
    [38, 20, 14],
    [52, 28, 19],
    [1.7, 2.05],
    ['wood', 'plasterboard', 'wood', 'plasterboard', 'carpet', 'plasterboard'],
  ),
  church: place(
    'room',
    [36, 16, 13],
    [70, 26, 24],
    [3, 8.5],
    ['brick', 'glass', 'concrete', 'brick', 'concrete', 'concrete'],
  ),
  outdoor: place(
    'field',
    [18, 10, 5],
    [80, 50, 5],
    [0.05, 0.05],
    ['concrete', 'concrete', 'concrete', 'concrete', 'concrete', 'concrete'],
  ),
} as const satisfies Record<string, Place>;
export type RoomType = keyof typeof ROOM_TYPES;

function place(
  kind: Room['kind'],
  smallest: readonly [number, number, number],
  largest: readonly [number, number, number],
  rt60: readonly [number, number],
  faces: Faces,
): Place {
  return { kind, sizes: [smallest, largest], rt60, faces };
}

/** A room of `type` with a microphone `distance` metres from the drum, `elevation` radians above its head. */
export function drawRoom(
  random: Random,
  type: RoomType,
  {
    distance,
    elevation,
    omni,
    wet,
  }: { readonly distance: number; readonly elevation: number; readonly omni: number; readonly wet: number },
): Room {
  const { kind, sizes, rt60, faces } = ROOM_TYPES[type];
  const [smallest, largest] = sizes;
  const size: [number, number, number] = [
    random.between(smallest[0], largest[0]),
    random.between(smallest[1], largest[1]),
    random.between(smallest[2], largest[2]),
  ];
  const source = standing(random, kind, size);
  const angle = random.between(0, 2 * Math.PI);
  const flat = distance * Math.cos(elevation);
  const microphone = heldInside(kind, size, [
    source[0] + flat * Math.cos(angle),
    source[1] + flat * Math.sin(angle),
    source[2] + distance * Math.sin(elevation),
  ]);
  return {
    kind,
    size,
    source,
    microphone,
    rt60: octavesOf(random, size, faces, random.between(rt60[0], rt60[1])),
    omni,
    wet,
    seed: random.below(2 ** 31),
  };
}

function standing(
  random: Random,
  kind: Room['kind'],
  [x, y]: readonly [number, number, number],
): [number, number, number] {
  const height = random.between(...DRUM_HEIGHT);
  return kind === 'field'
    ? [0, 0, height]
    : [x * random.between(0.25, 0.75), y * random.between(0.25, 0.75), height];
}

/** Where the microphone can be: a wish beyond a wall ends before it. */
function heldInside(
  kind: Room['kind'],
  size: readonly [number, number, number],
  [x, y, z]: [number, number, number],
): [number, number, number] {
  if (kind === 'field') return [x, y, Math.max(WALL_METRES, z)];
  const held = (value: number, length: number): number =>
    Math.min(length - WALL_METRES, Math.max(WALL_METRES, value));
  return [held(x, size[0]), held(y, size[1]), held(z, size[2])];
}

/**
 * Octaves in the proportions of the surfaces, with `rt60` seconds at 1 kHz; from one to the next no further apart than furnished rooms have
 * them, and than an octave filter can tell.
 */
function octavesOf(
  random: Random,
  size: readonly [number, number, number],
  faces: Faces,
  rt60: number,
): number[] {
  const drawn = reverberationOf(size, faces).map(
    seconds => seconds * Math.exp(random.normal(0, OCTAVE_SPREAD)),
  );
  const octaves = drawn.map(() => rt60);
  const follow = (octave: number, neighbour: number): void => {
    const wanted = (octaves[neighbour]! * drawn[octave]!) / drawn[neighbour]!;
    octaves[octave] = clamp(wanted, octaves[neighbour]! / MOST_APART, octaves[neighbour]! * MOST_APART);
  };
  for (let octave = MIDDLE_OCTAVE - 1; octave >= 0; octave--) follow(octave, octave + 1);
  for (let octave = MIDDLE_OCTAVE + 1; octave < octaves.length; octave++) follow(octave, octave - 1);
  return octaves.map(seconds => clamp(seconds, 0.05, 20));
}
