/** On-axis response in dB at Hz, as its maker or a measurement draws it; straight over log frequency between, level beyond. */
export type ResponseTable = readonly (readonly [number, number])[];

export interface MicFacts {
  readonly name: string;
  readonly response: ResponseTable;
  /** Share of omni: 1 omni, .5 cardioid, 0 figure of eight. */
  readonly omni: number;
  /** Of the proximity effect that physics gives, how much the capsule's own roll-off leaves. */
  readonly proximity: number;
  /** Equivalent noise, dB(A) SPL. */
  readonly noise: number;
  /** Sound pressure at which the capsule or its electronics overload, dB SPL peak. */
  readonly overload: number;
}

/**
 * The first four carry the seed's curves; the others are DATASET.md section 4.3's, with shapes from makers' data sheets. Noise and
 * overload are design values of their kinds, no measurement of one microphone.
 */
export const MICROPHONES = {
  dynamic: {
    name: 'Instrument dynamic',
    response: [
      [20, -6],
      [80, -3],
      [200, 0],
      [1000, 0],
      [3000, 3],
      [5000, 2],
      [8000, 0],
      [12_000, -3],
      [16_000, -8],
      [20_000, -15],
    ],
    omni: 0.5,
    proximity: 0.7,
    noise: 18,
    overload: 160,
  },
  condenser: {
    name: 'Large condenser',
    response: [
      [20, -3],
      [50, 0],
      [5000, 1],
      [10_000, 2],
      [15_000, 1],
      [20_000, -2],
    ],
    omni: 0.5,
    proximity: 1,
    noise: 12,
    overload: 137,
  },
  ribbon: {
    name: 'Ribbon',
    response: [
      [20, -2],
      [100, 0],
      [500, 1],
      [1000, 0],
      [3000, -1],
      [5000, -2],
      [8000, -4],
      [12_000, -8],
      [16_000, -15],
      [20_000, -25],
    ],
    omni: 0,
    proximity: 1,
    noise: 20,
    overload: 138,
  },
  piezo: {
    name: 'Contact pickup',
    response: [
      [20, -15],
      [100, -8],
      [300, -2],
      [800, 3],
      [2000, 5],
      [4000, 2],
      [6000, -2],
      [10_000, -8],
      [16_000, -15],
      [20_000, -25],
    ],
    omni: 1,
    proximity: 0,
    noise: 30,
    overload: 140,
  },
  snare_dynamic: {
    name: 'Snare dynamic with a presence peak',
    response: [
      [40, -10],
      [100, -4],
      [200, -0.5],
      [400, 0],
      [3000, 1],
      [5500, 5.5],
      [7000, 2.5],
      [8000, 2],
      [10_000, 4],
      [12_500, 1],
      [15_000, -6],
      [20_000, -18],
    ],
    omni: 0.5,
    proximity: 0.7,
    noise: 18,
    overload: 160,
  },
  kick_dynamic: {
    name: 'Kick dynamic',
    response: [
      [20, -6],
      [40, 2],
      [70, 4],
      [120, 2],
      [200, -3],
      [400, -7],
      [700, -4],
      [1500, 0],
      [3000, 5],
      [4500, 7],
      [7000, 4],
      [10_000, 0],
      [14_000, -10],
      [20_000, -22],
    ],
    omni: 0.5,
    proximity: 0.8,
    noise: 20,
    overload: 174,
  },
  small_condenser: {
    name: 'Small condenser, overhead',
    response: [
      [20, -4],
      [50, -1],
      [100, 0],
      [1000, 0],
      [5000, 0.5],
      [9000, 3],
      [12_000, 3],
      [16_000, 1],
      [20_000, -2],
    ],
    omni: 0.5,
    proximity: 1,
    noise: 14,
    overload: 140,
  },
  phone: {
    name: 'Telephone (MEMS)',
    response: [
      [20, -30],
      [50, -14],
      [100, -5],
      [200, -1],
      [400, 0],
      [2000, 0],
      [5000, 1],
      [8000, 4],
      [12_000, 5],
      [16_000, 0],
      [20_000, -12],
    ],
    omni: 1,
    proximity: 0,
    noise: 30,
    overload: 122,
  },
} as const satisfies Record<string, MicFacts>;
export type MicType = keyof typeof MICROPHONES;
export const MIC_TYPES = Object.keys(MICROPHONES) as [MicType, ...MicType[]];

/** dB of `table` at `hertz`. */
export function decibelsAt(table: ResponseTable, hertz: number): number {
  const [first = [1, 0] as const] = table;
  if (hertz <= first[0]) return first[1];
  for (let index = 1; index < table.length; index++) {
    const from = table[index - 1] ?? first;
    const to = table[index] ?? from;
    if (hertz > to[0]) continue;
    const share = Math.log(hertz / from[0]) / Math.log(to[0] / from[0]);
    return from[1] + share * (to[1] - from[1]);
  }
  return table.at(-1)?.[1] ?? 0;
}
