const SPEED_OF_SOUND = 343;

/**
 * Rise of a pressure-gradient capsule near a point source, dB against far away, on axis: a first-order pattern hears pressure `omni` and
 * gradient `1 - omni`, and the gradient of a spherical wave grows by 1 + 1 / (j k r). @see Eargle, "The Microphone Book", ch. 5
 */
export function proximityDecibels(hertz: number, metres: number, omni: number): number {
  const waves = (2 * Math.PI * Math.max(hertz, 1) * metres) / SPEED_OF_SOUND;
  return 10 * Math.log10(1 + ((1 - omni) / waves) ** 2);
}

/** Level of a first-order pattern `radians` off its axis, dB; its null is held at -30. */
export function patternDecibels(omni: number, radians: number): number {
  return 20 * Math.log10(Math.max(10 ** (-30 / 20), Math.abs(omni + (1 - omni) * Math.cos(radians))));
}

/** A capsule is as wide as a wave is long at about this frequency: above it sound from the side falls. */
const CAPSULE_HERTZ = 9000;
const SIDE_DECIBELS = 8;

/** What a capsule loses of high sound that comes from the side, dB (design curve: 8 dB at 90 degrees, from 9 kHz on). */
export function offAxisDecibels(hertz: number, radians: number): number {
  const side = Math.sin(Math.min(Math.PI / 2, Math.abs(radians))) ** 2;
  const width = (hertz / CAPSULE_HERTZ) ** 2;
  return (-SIDE_DECIBELS * side * width) / (1 + width);
}

/** Absorption in air at 20 degrees and 50 % humidity, dB a metre at Hz. ISO 9613-1 */
const AIR: readonly (readonly [number, number])[] = [
  [125, 0.00044],
  [250, 0.0013],
  [500, 0.0027],
  [1000, 0.0047],
  [2000, 0.0099],
  [4000, 0.03],
  [8000, 0.105],
  [16_000, 0.38],
];

/** Loss over `metres` of air, dB, straight between the standard's octaves on log axes. */
export function airDecibels(hertz: number, metres: number): number {
  const [first = [125, 0.00044] as const] = AIR;
  if (hertz <= first[0]) return -metres * first[1] * (hertz / first[0]) ** 2;
  for (let index = 1; index < AIR.length; index++) {
    const from = AIR[index - 1] ?? first;
    const to = AIR[index] ?? from;
    if (hertz > to[0] && index < AIR.length - 1) continue;
    const share = Math.log(hertz / from[0]) / Math.log(to[0] / from[0]);
    return -metres * from[1] * (to[1] / from[1]) ** share;
  }
  return 0;
}
