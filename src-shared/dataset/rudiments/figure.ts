import { type Hand, otherHand, type Rudiment } from './schema';

/** A primary stroke of a figure, as any hand may lead it. */
export interface FigureStroke {
  readonly hand: Hand;
  readonly accent: boolean;
  /** Grace notes before it, by the other hand. */
  readonly graces: number;
  /** Stroke 1 or 2 of a diddle; 0 for single strokes. */
  readonly diddle: 0 | 1 | 2;
  readonly buzz: boolean;
  /** To the next primary stroke, rests folded in. */
  readonly beats: number;
}

/** A rudiment's figure with the right hand leading: what its variations are made from. */
export interface Figure {
  readonly slug: string;
  readonly name: string;
  readonly alternates: boolean;
  readonly strokes: readonly FigureStroke[];
}

export function figureOf(rudiment: Rudiment): Figure {
  const strokes = rudiment.pattern.strokes.map(
    ({ hand, type, grace, diddle, beats }): FigureStroke => ({
      hand: rudiment.starts_on_left ? otherHand(hand) : hand,
      accent: type === 'accent',
      graces: grace?.length ?? 0,
      diddle: diddle ?? 0,
      buzz: type === 'buzz',
      beats,
    }),
  );
  const { slug, name, alternates } = rudiment;
  return { slug, name, alternates, strokes };
}

export const figureBeats = ({ strokes }: Pick<Figure, 'strokes'>): number =>
  strokes.reduce((sum, { beats }) => sum + beats, 0);

export const mirrored = (strokes: readonly FigureStroke[]): FigureStroke[] =>
  strokes.map(stroke => ({ ...stroke, hand: otherHand(stroke.hand) }));

/** The strokes of figure `number` (from 0) of a row of figures whose first is led by `lead`. */
export function strokesOfFigure(figure: Figure, lead: Hand, number: number): readonly FigureStroke[] {
  const turned = (lead === 'L') !== (figure.alternates && number % 2 === 1);
  return turned ? mirrored(figure.strokes) : figure.strokes;
}

/** Grace letters of a stroke as the interchange writes them: `l`, `rr`, or nothing. */
export const graceLetters = ({ hand, graces }: Pick<FigureStroke, 'hand' | 'graces'>): string =>
  otherHand(hand).toLowerCase().repeat(graces);
