import { figureOf, graceLetters, strokesOfFigure, type FigureStroke } from './figure';
import { CATEGORIES, type Category, type Hand, type Rudiment } from './schema';

const TITLES: Readonly<Record<Category, string>> = {
  roll: 'Rolls',
  diddle: 'Diddles',
  flam: 'Flams',
  drag: 'Drags',
};

const PREFACE = `# Rudiments

The 40 International Drum Rudiments of the Percussive Arts Society as Backbeat plays them, with both leads. This page is written from
\`assets/rudiments/*.yaml\` (\`npx vitest run test/unit/dataset/rudiments-page.test.ts\` tells when it is not).

Read: capitals are primary strokes, small letters before them their grace notes, \`>\` an accent, \`~\` a buzzed stroke; the number is the
time to the next primary stroke in beats, rests folded in; \`|\` parts two figures. Two figures are shown, so that it can be seen whether the lead changes.

A rudiment of your own is one more YAML file of the same keys, in a folder that is given with \`--rudiment_folder\`; what is wrong
with it is said by key. Variations (inverted, reversed, accents shifted) are made from the figures (\`src-shared/dataset/rudiments/variations.ts\`).
`;

const SOURCES = `## Sources
The sheet is the PAS list of 1984, which could not be opened from here; the stickings were put together from what people wrote down who read it, and
checked against each other:
transcriptions of the sheet and of the per-rudiment notation that PAS published in 2026 (Rudiment Room, \`backwerdrimshot/Rudiment-Builder\`), the
rudiment pages of drumlessons.com, 40drumrudiments.com, 26drumrudiments.com and drumrudimentsystem.com, the section pages of skillzdrumlessons.com
(#1, #11, #34), Bill Bachman's column in Modern Drummer (#22, #27, #29), historicdrumming.com (#34), jamiedunleaveydrums (#32, #36, #38), LilyPond sheets in
\`bencoveney/rudiment-wiki\`, and \`MIDI::Simple::Drummer::Rudiments\` on CPAN. Facts were taken, no text.
`;

/** docs/rudiments.md. */
export function rudimentsPage(rudiments: readonly Rudiment[]): string {
  const sections = CATEGORIES.map(category => {
    const rows = rudiments
      .filter(rudiment => rudiment.category === category)
      .map(({ pas_number, name, slug, tempo_range, ...rest }) => {
        const rudiment: Rudiment = { pas_number, name, slug, tempo_range, ...rest };
        return `### ${pas_number ?? '-'} ${name}\n\`${slug}\`, ${tempo_range.join('-')} BPM. ${rest.description}\n\n${figuresLine(rudiment, 'R')}\n${figuresLine(rudiment, 'L')}\n`;
      });
    return `## ${TITLES[category]}\n${rows.join('\n')}`;
  });
  const doubts = rudiments.flatMap(({ pas_number, name, doubt }) =>
    doubt === undefined ? [] : [`- **${pas_number ?? '-'} ${name}**: ${doubt}`],
  );
  return [PREFACE, ...sections, `## Doubtful cases\n${doubts.join('\n')}\n`, SOURCES].join('\n');
}

function figuresLine(rudiment: Rudiment, lead: Hand): string {
  const figure = figureOf(rudiment);
  const figures = [0, 1].map(number => strokesOfFigure(figure, lead, number).map(strokeText).join(' '));
  return `    ${figures.join(' | ')}`;
}

const strokeText = (stroke: FigureStroke): string =>
  `${graceLetters(stroke)}${stroke.hand}${stroke.accent ? '>' : ''}${stroke.buzz ? '~' : ''}:${fraction(stroke.beats)}`;

/** Beats as the fraction that the definitions write. */
function fraction(beats: number): string {
  for (const below of [1, 2, 3, 4, 6, 8, 12, 16]) {
    const above = beats * below;
    if (Math.abs(above - Math.round(above)) < 1e-9)
      return below === 1 ? String(Math.round(above)) : `${Math.round(above)}/${below}`;
  }
  return String(beats);
}
