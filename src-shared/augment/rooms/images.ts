import { distanceOf, type Room, SPEED_OF_SOUND } from './room';

/** A path from the drum to the microphone. */
export interface Path {
  /** Metres. */
  readonly length: number;
  /** Of the microphone's pattern towards where it comes from, -1..1. */
  readonly pattern: number;
  /** What each octave of a field's surfaces leaves; 1 in rooms, whose decay tells it. */
  readonly factor: number;
}

/** How much of a wave stays in phase from ground and from a stand. */
const GROUND = 0.85;
const STAND = 0.5;

/** Gain of a first-order pattern with `omni` share towards `towards`, when it points along `axis`. */
function patternOf(omni: number, axis: readonly number[], towards: readonly number[]): number {
  const lengths = Math.hypot(...axis) * Math.hypot(...towards);
  if (lengths === 0) return 1;
  const cosine = axis.reduce((sum, value, index) => sum + value * (towards[index] ?? 0), 0) / lengths;
  return omni + (1 - omni) * cosine;
}

/** Images of the drum in the walls, up to `seconds` after it was struck. @see Allen & Berkley 1979 */
export function imagesOf({ size, source, microphone, omni }: Room, seconds: number): Path[] {
  const reach = seconds * SPEED_OF_SOUND;
  const axis = source.map((value, index) => value - (microphone[index] ?? 0));
  const counts = size.map(length => Math.ceil(reach / (2 * length)) + 1);
  const along = size.map((length, index) => {
    const places: number[] = [];
    const count = counts[index] ?? 0;
    for (let turn = -count; turn <= count; turn++)
      places.push(2 * turn * length + (source[index] ?? 0), 2 * turn * length - (source[index] ?? 0));
    return places.filter(place => Math.abs(place - (microphone[index] ?? 0)) <= reach);
  });
  const paths: Path[] = [];
  const [xs = [], ys = [], zs = []] = along;
  for (const x of xs)
    for (const y of ys)
      for (const z of zs) {
        const towards = [x, y, z].map((value, index) => value - (microphone[index] ?? 0));
        const length = Math.hypot(...towards);
        if (length <= reach) paths.push({ length, pattern: patternOf(omni, axis, towards), factor: 1 });
      }
  return paths.sort((a, b) => a.length - b.length);
}

/** The direct path, the ground's, and the echo of a stand `size[0]` metres away. */
export function fieldPaths({ size, source, microphone, omni }: Room): Path[] {
  const axis = source.map((value, index) => value - (microphone[index] ?? 0));
  const mirrored = [source[0], source[1], -source[2]];
  const toGround = mirrored.map((value, index) => value - (microphone[index] ?? 0));
  const direct = distanceOf(source, microphone);
  return [
    { length: direct, pattern: patternOf(omni, axis, axis), factor: 1 },
    { length: Math.hypot(...toGround), pattern: patternOf(omni, axis, toGround), factor: GROUND },
    { length: direct + 2 * size[0], pattern: omni, factor: STAND },
  ];
}
