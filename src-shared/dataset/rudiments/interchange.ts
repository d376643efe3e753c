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

/** Two figures tell whether the lead changes; of one-stroke figures four are as clear. */
const figuresShown = (strokes: number): number => (strokes < 3 ? 4 : 2);

/** Each rudiment with both hands leading, at least two whole figures of each, in the order given. */
export function interchangeOf(rudiments: readonly Rudiment[]): InterchangeRudiment[] {
  return rudiments.flatMap(rudiment => {
    const figure = figureOf(rudiment);
    return HANDS.map((lead): InterchangeRudiment => {
      const notes = Array.from({ length: figuresShown(figure.strokes.length) }, (_, number) =>
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
