import { OCTAVES } from './octaves';

/** Absorption of surfaces at 125 Hz - 8 kHz, as tables of room acoustics give them (Vorlaender, "Auralization", annex). */
export const ABSORPTION = {
  brick: [0.01, 0.02, 0.02, 0.03, 0.03, 0.04, 0.04],
  concrete: [0.02, 0.03, 0.03, 0.03, 0.04, 0.07, 0.07],
  plasterboard: [0.15, 0.1, 0.06, 0.04, 0.04, 0.05, 0.05],
  carpet: [0.07, 0.31, 0.49, 0.81, 0.66, 0.54, 0.48],
  curtain: [0.05, 0.12, 0.35, 0.45, 0.38, 0.36, 0.36],
  wood: [0.18, 0.12, 0.1, 0.09, 0.08, 0.07, 0.07],
  glass: [0.08, 0.04, 0.03, 0.03, 0.02, 0.02, 0.02],
} as const satisfies Record<string, readonly number[]>;
export type Material = keyof typeof ABSORPTION;

/** Of the six faces: the two across x, the two across y, floor, ceiling. */
export type Faces = readonly [Material, Material, Material, Material, Material, Material];

/** Reverberation time per octave, seconds, of a box `[x, y, z]` metres. Eyring 1930: .161 V / (-S ln(1 - a)). */
export function reverberationOf([x, y, z]: readonly [number, number, number], faces: Faces): number[] {
  const areas = [y * z, y * z, x * z, x * z, x * y, x * y];
  const surface = areas.reduce((sum, area) => sum + area, 0);
  return OCTAVES.map((_, band) => {
    const absorbed = areas.reduce(
      (sum, area, face) => sum + area * (ABSORPTION[faces[face] ?? 'concrete'][band] ?? 0),
      0,
    );
    return (0.161 * x * y * z) / (-surface * Math.log(1 - absorbed / surface));
  });
}
