import type { Note } from '#shared/model';
import { midiVelocity } from '#shared/units';
import { setChances, setVelocities } from './gestures';

/** What a lane under the grid shows of each hit. */
export interface ValueKind {
  readonly name: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  /** Values with a line across the lane. */
  readonly lines: readonly number[];
  readonly of: (note: Note) => number;
  readonly set: typeof setVelocities;
}

export const VALUE_KINDS: Readonly<Record<'velocity' | 'chance', ValueKind>> = {
  velocity: {
    name: 'Velocity',
    unit: '',
    least: 1,
    most: 127,
    lines: [1, 64, 127],
    of: note => midiVelocity(note.velocity),
    set: setVelocities,
  },
  chance: {
    name: 'Chance',
    unit: ' %',
    least: 0,
    most: 100,
    lines: [0, 50, 100],
    of: note => Math.round(note.probability * 100),
    set: setChances,
  },
};

/** Px above the highest value and below the lowest. */
const TOP_PX = 10;
const BOTTOM_PX = 8;

export const yOfValue = ({ least, most }: ValueKind, value: number, height: number): number =>
  height - BOTTOM_PX - ((value - least) / (most - least)) * (height - TOP_PX - BOTTOM_PX);

/** A whole value, kept within the kind's range. */
export function valueOfY({ least, most }: ValueKind, y: number, height: number): number {
  const share = (height - BOTTOM_PX - y) / (height - TOP_PX - BOTTOM_PX);
  return Math.round(least + Math.min(1, Math.max(0, share)) * (most - least));
}
