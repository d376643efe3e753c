import type { Figure, FigureStroke } from './figure';
import { mirrored } from './figure';

/** The sticking begins one stroke later; rhythm, accents and ornaments stay. RLRR LRLL becomes RLLR LRRL, the inverted paradiddle. */
export function inverted(figure: Figure): Figure {
  const { strokes } = figure;
  const [first] = strokes;
  if (!first) return figure;
  const next = figure.alternates ? mirrored([first]) : [first];
  const rotated = [...strokes.slice(1), ...next];
  const turned = strokes.map((stroke, index) => ({ ...stroke, hand: (rotated[index] ?? stroke).hand }));
  return { ...named(figure, 'inverted'), strokes: withDiddles(rightLed(turned)) };
}

/** The figure backwards; graces stay before their strokes. */
export function reversed(figure: Figure): Figure {
  return { ...named(figure, 'reversed'), strokes: withDiddles(rightLed(figure.strokes.toReversed())) };
}

/** Accents `steps` strokes later, around the figure's end; hands and ornaments stay. */
export function accentShifted(figure: Figure, steps: number): Figure {
  const { strokes } = figure;
  const count = strokes.length;
  const from = (index: number): number => (((index - steps) % count) + count) % count;
  return {
    ...named(figure, `accent_shifted_${steps}`),
    strokes: strokes.map((stroke, index) => ({ ...stroke, accent: strokes[from(index)]?.accent ?? false })),
  };
}

export const VARIATION_KINDS = ['inverted', 'reversed', 'accent_shifted'] as const;
export type VariationKind = (typeof VARIATION_KINDS)[number];

/** All variations of these kinds that differ from the figure and from one another. */
export function variationsOf(figure: Figure, kinds: readonly VariationKind[] = VARIATION_KINDS): Figure[] {
  const shifts = figure.strokes.some(({ accent }) => accent)
    ? figure.strokes.slice(1).map((_, index) => accentShifted(figure, index + 1))
    : [];
  const made = { inverted: [inverted(figure)], reversed: [reversed(figure)], accent_shifted: shifts };
  const seen = new Set([JSON.stringify(figure.strokes)]);
  return VARIATION_KINDS.flatMap(kind => (kinds.includes(kind) ? made[kind] : [])).filter(({ strokes }) => {
    const written = JSON.stringify(strokes);
    const isNew = !seen.has(written);
    seen.add(written);
    return isNew;
  });
}

const named = (figure: Figure, what: string): Figure => ({
  ...figure,
  slug: `${figure.slug}_${what}`,
  name: `${figure.name}, ${what.replaceAll('_', ' ')}`,
});

const rightLed = (strokes: readonly FigureStroke[]): readonly FigureStroke[] =>
  strokes[0]?.hand === 'L' ? mirrored(strokes) : strokes;

/** Which strokes make diddles follows from the hands: two neighbours of one hand, as long as each other or ending the pair. */
function withDiddles(strokes: readonly FigureStroke[]): FigureStroke[] {
  const plain = strokes.map((stroke): FigureStroke => ({ ...stroke, diddle: 0 }));
  const drawn = strokes.filter(({ diddle }) => diddle > 0).length;
  if (drawn === 0) return plain;
  const result: FigureStroke[] = [];
  for (const stroke of plain) {
    const before = result.at(-1);
    const pairs = before && before.hand === stroke.hand && before.diddle === 0 && !stroke.buzz;
    if (pairs) result[result.length - 1] = { ...before, diddle: 1 };
    result.push(pairs ? { ...stroke, diddle: 2 } : stroke);
  }
  return result;
}
