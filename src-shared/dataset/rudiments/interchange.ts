import { figureOf, graceLetters, strokesOfFigure } from './figure';
import { type Hand, HANDS, type Rudiment } from './schema';

/** A rudiment as other programs read it (`backbeat dataset rudiments --json`). */
export interface InterchangeRudiment {
  readonly number: number | null;
  readonly name: string;
  readonly lead: Hand;
  readonly notes: readonly {
    readonly hand: Hand;
    readonly grace: string;
    readonly accent: boolean;
    /** To the next primary stroke, rests folded in; graces take no time. */
    readonly beats: number;
  }[];
}

/** Two would tell whether the lead changes; four do so twice. */
const FIGURES_SHOWN = 4;

/** Each rudiment with both hands leading, four whole figures of each, in the order given. */
export function interchangeOf(rudiments: readonly Rudiment[]): InterchangeRudiment[] {
  return rudiments.flatMap(rudiment => {
    const figure = figureOf(rudiment);
    return HANDS.map((lead): InterchangeRudiment => {
      const notes = Array.from({ length: FIGURES_SHOWN }, (_, number) =>
        strokesOfFigure(figure, lead, number),
      )
        .flat()
        .map(stroke => ({
          hand: stroke.hand,
          grace: graceLetters(stroke),
          accent: stroke.accent,
          beats: stroke.beats,
        }));
      return { number: rudiment.pas_number, name: rudiment.name, lead, notes };
    });
  });
}
