import { type Instrument, type Role, type Swing } from '../../model';

/**
 * One drum of a style, written as drummers write it: a character a sixteenth, four beats of four. `X` accent, `x` stroke,
 * `o` soft, `g` ghost, `?` a soft stroke in every second bar or so, `.` rest. Of several phrases the seed chooses one, and at times
 * another for a phrase's second bar; a phrase of 32 characters is two bars.
 */
export interface Lane {
  readonly role: Role;
  readonly instrument: Instrument;
  readonly phrases: readonly string[];
}

/** The last beat or two of a bar with a fill: lanes of as many characters as the fill has sixteenths. */
export type FillSheet = readonly Lane[];

/** A style as a sheet of drum tablature. */
export interface StyleSheet {
  /** How the style's eighths or sixteenths swing; straight when absent. */
  readonly swing?: Swing;
  /** A crash on the first beat of every fourth bar. */
  readonly crash: boolean;
  readonly lanes: readonly Lane[];
  readonly fills: readonly FillSheet[];
}

export const lane = (role: Role, instrument: Instrument, ...phrases: readonly string[]): Lane => ({
  role,
  instrument,
  phrases,
});

/** Velocity of each stroke character. */
export const STROKE_VELOCITIES: Readonly<Record<string, number>> = {
  X: 0.95,
  x: 0.76,
  o: 0.52,
  '?': 0.5,
  g: 0.28,
};

export const TOM_FILLS: readonly FillSheet[] = [
  [lane('FILL', 'ht', 'xx..'), lane('FILL', 'mt', '..x.'), lane('FILL', 'lt', '...X')],
  [
    lane('ACCENT', 'snare', 'x.xx....'),
    lane('FILL', 'ht', '....xx..'),
    lane('FILL', 'mt', '......x.'),
    lane('FILL', 'lt', '.......X'),
  ],
  [lane('ACCENT', 'snare', 'oxxX'), lane('FILL', 'lt', '..x.')],
  [
    lane('FILL', 'ht', 'X..x....'),
    lane('FILL', 'mt', '....X...'),
    lane('FILL', 'lt', '......X.'),
    lane('ACCENT', 'snare', '.x.....x'),
  ],
];

export const SNARE_FILLS: readonly FillSheet[] = [
  [lane('ACCENT', 'snare', 'ooxX'), lane('FILL', 'ht', 'x...')],
  [lane('ACCENT', 'snare', 'ggooooxX'), lane('FILL', 'lt', '......x.')],
  [lane('ACCENT', 'snare', 'X.xX'), lane('FILL', 'mt', '.x..')],
  [lane('ACCENT', 'snare', 'x..x..xX'), lane('FILL', 'lt', '.x..x...')],
];
