import { INSTRUMENTS, type Instrument, ROLES_IN_ORDER } from '#shared/model';
import type { HitBook } from '#shared/protocol';
import type { MapColour, MapSize } from '#renderer/state';
import { colour, roleToken } from '#renderer/ui';
import type { PointScene } from './point-raster';

/** Instruments that share a colour, as the legend names them. */
export const FAMILIES = [
  { name: 'Kick', token: '--inst-kick', instruments: ['kick'] },
  { name: 'Snare, rim', token: '--inst-snare', instruments: ['snare', 'rim'] },
  { name: 'Clap', token: '--inst-clap', instruments: ['clap'] },
  { name: 'Tom', token: '--inst-tom', instruments: ['lt', 'mt', 'ht'] },
  { name: 'Hat', token: '--inst-hat', instruments: ['chh', 'phh', 'ohh'] },
  { name: 'Cymbal', token: '--inst-cymbal', instruments: ['crash', 'ride'] },
  { name: 'Percussion', token: '--inst-perc', instruments: ['perc', 'fx'] },
] as const satisfies readonly {
  readonly name: string;
  readonly token: string;
  readonly instruments: readonly Instrument[];
}[];

const familyOf = (instrument: Instrument): number =>
  FAMILIES.findIndex(family => (family.instruments as readonly Instrument[]).includes(instrument));

/** Colour tokens of points, the last for what nobody judged. */
const TOKENS: Readonly<Record<MapColour, readonly string[]>> = {
  role: [...ROLES_IN_ORDER.map(roleToken), '--ink-3'],
  instrument: [...FAMILIES.map(({ token }) => token), '--ink-3'],
};

/** Index into the tokens by index of the column. */
const COLOUR_OF: Readonly<Record<MapColour, readonly number[]>> = {
  role: ROLES_IN_ORDER.map((_, at) => at),
  instrument: INSTRUMENTS.map(familyOf),
};

export const tokenOfRow = (book: HitBook, row: number, by: MapColour): string => {
  const at = COLOUR_OF[by][(by === 'role' ? book.role : book.instrument)[row] ?? 255];
  return (at === undefined ? undefined : TOKENS[by][at]) ?? '--ink-3';
};

/** "#rrggbb", or "#rgb" as a minifier writes it, as a number. */
function rgbOf(token: string): number {
  const digits = colour(token).replace('#', '');
  const long = digits.length < 6 ? digits.replaceAll(/./g, '$&$&') : digits;
  return Number.parseInt(long.slice(0, 6), 16);
}

/** How much of its colour a point has: outside what is shown, inside, and by match. */
const FAINT = 30;
const PLAIN = 190;
const LEAST_MATCHING = 70;
/** Loudness that is drawn smallest and biggest, dBFS; lengths, seconds. */
const LOUDNESS = [-42, -8] as const;
const LENGTH = [0.04, 1.6] as const;

interface SceneWishes {
  readonly shown: Uint32Array;
  /** 0..1 by row; NaN and null are plain. */
  readonly match: Float32Array | null;
  /** Rows that stand out before all others; null for none. */
  readonly chosen: Uint32Array | null;
  readonly colourBy: MapColour;
  readonly sizeBy: MapSize;
}

/** What the map draws of the book. */
export function pointScene(book: HitBook, wishes: SceneWishes): PointScene {
  const { shown, match, chosen, colourBy, sizeBy } = wishes;
  const size = book.ids.length;
  const strength = new Uint8Array(size).fill(FAINT);
  if (match) strengthByMatch(strength, shown, match);
  else for (const row of shown) strength[row] = PLAIN;
  if (chosen) {
    for (const row of shown) strength[row] = Math.min(strength[row]!, 80);
    for (const row of chosen) strength[row] = 255;
  }
  const column = colourBy === 'role' ? book.role : book.instrument;
  const table = COLOUR_OF[colourBy];
  const last = TOKENS[colourBy].length - 1;
  const shapeCount = ROLES_IN_ORDER.length;
  return {
    x: book.x,
    y: book.y,
    order: drawingOrder(strength),
    shape: book.role.map(at => Math.min(at, shapeCount)),
    colour: column.map(at => table[at] ?? last),
    colours: Uint32Array.from(TOKENS[colourBy], rgbOf),
    background: rgbOf('--bg-0'),
    line: rgbOf('--grid-line'),
    strength,
    weight: weights(book, sizeBy),
  };
}

/** The best tenth of the matches is drawn in full, the rest fades. */
function strengthByMatch(strength: Uint8Array, shown: Uint32Array, match: Float32Array): void {
  const values = Float32Array.from(shown, row => match[row]!)
    .filter(value => !Number.isNaN(value))
    .sort();
  const best = values[Math.floor(values.length * 0.98)] ?? 1;
  const middle = values[Math.floor(values.length * 0.6)] ?? 0;
  for (const row of shown) {
    const value = match[row]!;
    const share = Number.isNaN(value) ? 0 : (value - middle) / Math.max(1e-6, best - middle);
    strength[row] = LEAST_MATCHING + Math.min(1, Math.max(0, share)) * (255 - LEAST_MATCHING);
  }
}

/** The strong over the faint: rows counted by strength. */
function drawingOrder(strength: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (const value of strength) starts[value + 1]!++;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const order = new Uint32Array(strength.length);
  for (let row = 0; row < strength.length; row++) order[starts[strength[row]!]!++] = row;
  return order;
}

function weights(book: HitBook, by: MapSize): Uint8Array {
  if (by === 'none') return new Uint8Array(book.ids.length).fill(90);
  const [least, most] = by === 'loudness' ? LOUDNESS : LENGTH.map(Math.log2);
  const column = by === 'loudness' ? book.loudness : book.seconds;
  return Uint8Array.from(column, value => {
    const at = by === 'loudness' ? value : Math.log2(Math.max(1e-3, value));
    const share = (at - least) / (most - least);
    return Number.isNaN(share) ? 0 : Math.round(Math.min(1, Math.max(0, share)) * 255);
  });
}
