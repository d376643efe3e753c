import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import {
  accentShifted,
  type Figure,
  figureBeats,
  figureOf,
  graceLetters,
  inverted,
  reversed,
  strokesOfFigure,
  variationsOf,
} from '#shared/dataset';

const rudiments = bundledRudiments();

function figure(slug: string): Figure {
  const found = rudiments.find(each => each.slug === slug);
  if (!found) throw new Error(`no ${slug}`);
  return figureOf(found);
}

const sticking = (of: Figure): string =>
  [0, 1]
    .map(number =>
      strokesOfFigure(of, 'R', number)
        .map(stroke => `${graceLetters(stroke)}${stroke.hand}${stroke.accent ? '>' : ''}`)
        .join(''),
    )
    .join(' ');

describe('variations', () => {
  it('make the inverted paradiddle, with its diddle in the middle', () => {
    expect(sticking(inverted(figure('single_paradiddle')))).toBe('R>LLR L>RRL');
    expect(inverted(figure('single_paradiddle')).strokes.map(({ diddle }) => diddle)).toEqual([0, 1, 2, 0]);
  });

  it('turn a paradiddle round', () => {
    expect(sticking(reversed(figure('single_paradiddle')))).toBe('RRLR> LLRL>');
  });

  it('keep graces on the other hand and before their stroke when the figure is turned round', () => {
    expect(sticking(reversed(figure('flam_accent')))).toBe('RLlR> LRrL>');
  });

  it('shift accents and nothing else', () => {
    expect(sticking(accentShifted(figure('single_paradiddle'), 1))).toBe('RL>RR LR>LL');
    expect(sticking(accentShifted(figure('single_paradiddle'), 4))).toBe('R>LRR L>RLL');
  });

  it('last as long as the figure, differ from it, and have slugs of their own', () => {
    for (const rudiment of rudiments) {
      const own = figureOf(rudiment);
      const variations = variationsOf(own);
      const slugs = [own, ...variations].map(({ slug }) => slug);
      expect(new Set(slugs).size).toBe(slugs.length);
      for (const variation of variations) {
        expect(figureBeats(variation)).toBeCloseTo(figureBeats(own), 9);
        expect(variation.strokes).not.toEqual(own.strokes);
        expect(variation.strokes[0]?.hand).toBe('R');
      }
    }
  });
});
