import { INSTRUMENT_FACTS, INSTRUMENTS, type Role, ROLES_IN_ORDER } from '#shared/model';
import type { HitBook } from '#shared/protocol';
import { confidence, duration } from '#renderer/ui';

/** Hz of no brightness, `SoundMeasures`. */
const DARKEST_HZ = 100;

export const roleOfRow = (book: HitBook, row: number): Role | null =>
  ROLES_IN_ORDER[book.role[row] ?? 255] ?? null;

/** "Closed hat"; "not judged" where nobody has said what it is. */
export function instrumentOfRow(book: HitBook, row: number): string {
  const instrument = INSTRUMENTS[book.instrument[row] ?? 255];
  return instrument ? INSTRUMENT_FACTS[instrument].name : 'not judged';
}

export const placeOfRow = (book: HitBook, row: number): string =>
  book.places[book.place[row] ?? -1]?.name ?? '';

/** "Rain 260, kick". */
export const aboutRow = (book: HitBook, row: number): string => {
  const name = book.names[row] ?? '';
  const what = instrumentOfRow(book, row).toLowerCase();
  return name.toLowerCase().includes(what) ? name : `${name}, ${what}`;
};

/** "1.1 kHz" from octaves above 100 Hz. */
export function brightnessWords(octaves: number): string {
  const hertz = DARKEST_HZ * 2 ** octaves;
  return hertz >= 1000 ? `${(hertz / 1000).toFixed(1)} kHz` : `${Math.round(hertz / 10) * 10} Hz`;
}

/** "164 ms, 1.1 kHz bright, match .88". */
export function factsOfRow(book: HitBook, row: number, match: Float32Array | null): string {
  const brightness = book.brightness[row] ?? NaN;
  const found = match?.[row] ?? NaN;
  return [
    duration(book.seconds[row] ?? 0),
    Number.isNaN(brightness) ? null : `${brightnessWords(brightness)} bright`,
    Number.isNaN(found) ? null : `match ${confidence(found)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What sets `other` apart from `row`, the two greatest differences: "shorter, brighter"; "as long, as bright" says nothing and is left out. */
export function differenceWords(book: HitBook, row: number, other: number): string {
  const octaves = (column: Float32Array): number => Math.log2((column[other] ?? NaN) / (column[row] ?? NaN));
  const steps = (column: Float32Array): number => (column[other] ?? NaN) - (column[row] ?? NaN);
  // Each difference by the least that is plainly heard.
  const differences: readonly (readonly [number, string, string])[] = [
    [octaves(book.seconds) / 0.4, 'longer', 'shorter'],
    [steps(book.brightness) / 0.35, 'brighter', 'darker'],
    [steps(book.pitch) / 0.17, 'higher', 'lower'],
    [steps(book.loudness) / 4, 'louder', 'softer'],
  ];
  return differences
    .filter(([size]) => Math.abs(size) >= 1)
    .sort(([a], [b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 2)
    .map(([size, more, less]) => (size > 0 ? more : less))
    .join(', ');
}
