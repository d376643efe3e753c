import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import { figureBeats, figureOf, interchangeOf, parseRudiment, rudimentConflicts } from '#shared/dataset';

const rudiments = bundledRudiments();
const exported = interchangeOf(rudiments);

/** The names as PAS prints them, and the right-led figures: sticking with graces and accents, then beats in twelfths of a quarter. */
const SHEET: readonly (readonly [name: string, sticking: string, twelfths: string])[] = [
  ['Single Stroke Roll', 'R L R L R L R L', '3 3 3 3 3 3 3 3'],
  ['Single Stroke Four', 'R L R L', '2 2 2 6'],
  ['Single Stroke Seven', 'R L R L R L R', '2 2 2 2 2 2 12'],
  ['Multiple Bounce Roll', 'R L R L R L R L', '3 3 3 3 3 3 3 3'],
  ['Triple Stroke Roll', 'R R R L L L', '4 4 4 4 4 4'],
  ['Double Stroke Open Roll', 'R R L L R R L L', '3 3 3 3 3 3 3 3'],
  ['Five Stroke Roll', 'R R L L R>', '3 3 3 3 12'],
  ['Six Stroke Roll', 'R> L L R R L>', '6 3 3 3 3 6'],
  ['Seven Stroke Roll', 'R R L L R R L>', '3 3 3 3 3 3 6'],
  ['Nine Stroke Roll', 'R R L L R R L L R>', '3 3 3 3 3 3 3 3 12'],
  ['Ten Stroke Roll', 'R R L L R R L L R> L>', '3 3 3 3 3 3 3 3 6 18'],
  ['Eleven Stroke Roll', 'R R L L R R L L R R L>', '3 3 3 3 3 3 3 3 3 3 6'],
  ['Thirteen Stroke Roll', 'R R L L R R L L R R L L R>', '3 3 3 3 3 3 3 3 3 3 3 3 12'],
  ['Fifteen Stroke Roll', 'R R L L R R L L R R L L R R L>', '3 3 3 3 3 3 3 3 3 3 3 3 3 3 6'],
  ['Seventeen Stroke Roll', 'R R L L R R L L R R L L R R L L R>', '3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 12'],
  ['Single Paradiddle', 'R> L R R', '3 3 3 3'],
  ['Double Paradiddle', 'R> L R L R R', '2 2 2 2 2 2'],
  ['Triple Paradiddle', 'R> L R L R L R R', '3 3 3 3 3 3 3 3'],
  ['Single Paradiddle-diddle', 'R> L R R L L', '2 2 2 2 2 2'],
  ['Flam', 'lR', '12'],
  ['Flam Accent', 'lR> L R', '4 4 4'],
  ['Flam Tap', 'lR> R', '6 6'],
  ['Flamacue', 'lR L> R L lR', '3 3 3 3 12'],
  ['Flam Paradiddle', 'lR> L R R', '3 3 3 3'],
  ['Single Flammed Mill', 'lR> R L R', '3 3 3 3'],
  ['Flam Paradiddle-diddle', 'lR> L R R L L', '2 2 2 2 2 2'],
  ['Pataflafla', 'lR> L R rL>', '3 3 3 3'],
  ['Swiss Army Triplet', 'lR> R L', '4 4 4'],
  ['Inverted Flam Tap', 'lR> L', '6 6'],
  ['Flam Drag', 'lR> L L R', '4 2 2 4'],
  ['Drag', 'llR', '12'],
  ['Single Drag Tap', 'llR L>', '6 6'],
  ['Double Drag Tap', 'llR llR L>', '6 6 6'],
  ['Lesson 25', 'llR L R>', '3 3 6'],
  ['Single Dragadiddle', 'R> R L R R', '1.5 1.5 3 3 3'],
  ['Drag Paradiddle #1', 'R> llR L R R', '6 3 3 3 3'],
  ['Drag Paradiddle #2', 'R> llR llR L R R', '6 6 3 3 3 3'],
  ['Single Ratamacue', 'llR L R L>', '2 2 2 6'],
  ['Double Ratamacue', 'llR llR L R L>', '6 2 2 2 6'],
  ['Triple Ratamacue', 'llR llR llR L R L>', '6 6 2 2 2 6'],
];

/** Those whose next figure begins with the other hand. */
const ALTERNATING = new Set([
  7, 10, 13, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 29, 30, 31, 32, 33, 35, 36, 37, 38, 39, 40,
]);

const notesOf = (number: number, lead: 'R' | 'L') =>
  exported.find(each => each.number === number && each.lead === lead)?.notes ?? [];

describe('the rudiments', () => {
  it('are 15 rolls, 4 diddles, 11 flams and 10 drags, numbered as PAS has them', () => {
    const counts = { roll: 0, diddle: 0, flam: 0, drag: 0 };
    for (const { category } of rudiments) counts[category]++;
    expect(counts).toEqual({ roll: 15, diddle: 4, flam: 11, drag: 10 });
    expect(rudiments.map(({ pas_number }) => pas_number)).toEqual(SHEET.map((_, index) => index + 1));
    expect(rudimentConflicts(rudiments)).toEqual([]);
  });

  it.each(SHEET.map((row, index) => [index + 1, ...row] as const))(
    '%i %s is %s',
    (number, name, sticking, twelfths) => {
      const rudiment = rudiments[number - 1];
      expect(rudiment?.name).toBe(name);
      const strokes = sticking.split(' ').length;
      const figure = notesOf(number, 'R').slice(0, strokes);
      expect(figure.map(({ hand, grace, accent }) => `${grace}${hand}${accent ? '>' : ''}`).join(' ')).toBe(
        sticking,
      );
      expect(figure.map(({ beats }) => +(beats * 12).toFixed(6)).join(' ')).toBe(twelfths);
      const [first] = notesOf(number, 'R');
      const next = notesOf(number, 'R')[strokes];
      expect(next?.hand === first?.hand).toBe(!ALTERNATING.has(number));
    },
  );

  it('have slugs that are their names in snake case', () => {
    for (const { name, slug } of rudiments) {
      expect(slug).toBe(
        name
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '_')
          .replace(/^_|_$/g, ''),
      );
    }
  });

  it('are led by the left hand as by the right, mirrored', () => {
    const turned: Record<string, string> = { R: 'L', L: 'R', l: 'r', r: 'l' };
    const mirror = (letters: string) => Array.from(letters, each => turned[each] ?? each).join('');
    for (const { pas_number } of rudiments) {
      const right = notesOf(pas_number ?? 0, 'R');
      const left = notesOf(pas_number ?? 0, 'L');
      expect(left).toEqual(
        right.map(note => ({ ...note, hand: mirror(note.hand), grace: mirror(note.grace) })),
      );
    }
  });

  it('give graces to the other hand than their stroke', () => {
    const graced = exported.flatMap(({ notes }) => notes).filter(({ grace }) => grace !== '');
    expect(graced.length).toBeGreaterThan(50);
    for (const { hand, grace } of graced) expect(grace).toMatch(hand === 'R' ? /^l+$/ : /^r+$/);
  });

  it('export at least two whole figures of each lead', () => {
    expect(exported).toHaveLength(80);
    for (const { number, notes } of exported) {
      const rudiment = rudiments[(number ?? 0) - 1];
      if (!rudiment) throw new Error('a rudiment without a number');
      const figure = figureOf(rudiment);
      expect(notes.length % figure.strokes.length).toBe(0);
      expect(notes.length / figure.strokes.length).toBeGreaterThanOrEqual(2);
      const beats = notes.reduce((sum, note) => sum + note.beats, 0);
      expect(beats).toBeCloseTo((notes.length / figure.strokes.length) * figureBeats(figure), 9);
    }
  });
});

describe('a rudiment of the user', () => {
  const GOOD = `
name: My Tap
slug: my_tap
category: flam
subdivision: eighth
tempo_range: [60, 120]
alternates: true
pattern:
  beats_per_cycle: 1
  strokes:
    - { hand: R, type: accent, grace: l, beats: 1/2 }
    - { hand: R, type: tap, beats: 0.5 }
`;

  const problemsOf = (text: string): readonly string[] => {
    const parsed = parseRudiment(text);
    return parsed.ok ? [] : parsed.failure.problems;
  };

  it('needs no PAS number', () => {
    expect(parseRudiment(GOOD)).toMatchObject({ ok: true, value: { slug: 'my_tap', pas_number: null } });
  });

  it.each([
    ['grace: l', 'grace: r', 'pattern.strokes.0.grace'],
    ['beats_per_cycle: 1', 'beats_per_cycle: 2', 'pattern.beats_per_cycle'],
    ['beats: 1/2', 'beats: 1/7', 'pattern.strokes.0.beats'],
    ['beats: 0.5', 'beats: 0', 'pattern.strokes.1.beats'],
    ['slug: my_tap', 'slug: My Tap', 'slug'],
    ['category: flam', 'category: jazz', 'category'],
    ['type: tap', 'type: diddle', 'pattern.strokes.1.diddle'],
    ['type: tap', 'type: buzz', 'params.roll_type'],
    ['tempo_range: [60, 120]', 'tempo_range: [120, 60]', 'tempo_range'],
    ['alternates: true', 'alternate: true', 'the file'],
    ['hand: R, type: accent', 'hand: L, type: accent', 'pattern.strokes.0.hand'],
  ])('is refused with the key when %s becomes %s', (from, to, key) => {
    const problems = problemsOf(GOOD.replace(from, to));
    expect(problems.some(problem => problem.startsWith(`${key}: `))).toBe(true);
  });

  it('is refused with the line where it is no YAML', () => {
    expect(problemsOf('name: a\nslug: [b\ncategory: c')[0]).toMatch(/^line \d+: /);
  });

  it('must not take the slug or number of another', () => {
    const [first] = rudiments;
    if (!first) throw new Error('there are rudiments');
    expect(rudimentConflicts([...rudiments, first])).toEqual([
      'slug: single_stroke_roll is used by two rudiments',
      'pas_number: 1 is used by two rudiments',
    ]);
  });
});
