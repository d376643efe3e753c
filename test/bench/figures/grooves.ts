import { atMost, type Gate, printed, type Section } from './section';

/** "tight: timing MAE, ms   18.77  must be at most 19.2: met" */
const GATED = /^ {2}(\S.*?) +(-?[\d.]+|NaN) {2}must be at (most|least) ([\d.]+): (met|NOT met)$/gm;

const gatesIn = (text: string, model: string): Gate[] =>
  [...text.matchAll(GATED)].map(([, what, found = '', bound, asked, verdict]) => ({
    what: `${model}: ${what}`,
    asked: `${bound === 'most' ? '<=' : '>='} ${asked}`,
    found,
    isMet: verdict === 'met',
  }));

const sectionOf = (title: string, name: string, model: string, protocol: string): Section => ({
  title,
  command: `npm run bench -- groove-models ${name}`,
  measure({ bench }) {
    const text = bench('groove-models', name);
    return { text: `${protocol}\n\n${printed(text)}`, gates: gatesIn(text, model) };
  },
});

export const humaniser = sectionOf(
  'Humanising',
  'humanise',
  'groove-humanise',
  'Groove’s test split by `groove_eval.py`: two-bar windows a bar apart, written on the grid at one velocity, played by the bundled graphs through the take that every door offers; style not given unless said. Of human mode the means over five seeds.',
);

export const tapper = sectionOf(
  'Tap to drums',
  'tap',
  'groove-tap',
  'The two-bar windows (a bar apart) of the beats of Groove’s test split, tapped as their own rhythm. Hit F1 counts all cells of all windows together; velocity and timing errors are means over the strokes that were found. No limit of voices.',
);

export const transformer = sectionOf(
  'Transformer',
  'bits',
  'drum-transformer',
  'Bits for each sixteenth of the beats of Groove’s test split of two bars or more, predicted in windows of 256 sixteenths, at least 128 of them context after the first window.',
);

export const generated = sectionOf(
  'Generated parts',
  'patterns',
  'drum-transformer',
  '150 parts of 8 bars from nothing at the styles and tempi of the train split, their strokes by the transformer (temperature 1, top-p 0.97, two hands and two feet, four voices), velocities and timing by the humaniser, by `pattern_eval.py`.',
);

export const takes: Section = {
  title: 'Time of a take',
  command: 'npm run bench -- groove-latency',
  measure({ bench }) {
    const text = bench('groove-latency');
    const worst = Math.max(
      ...[...text.matchAll(/^ +8 bars .*processor (\d+) ms/gm)].map(([, milliseconds]) =>
        Number(milliseconds),
      ),
    );
    return {
      text: `Of the clock on one thread of whatever the machine had free, and of the processor, which is what a take takes on a quiet machine.\n\n${printed(text)}`,
      gates: [atMost('a take of 8 bars, slowest kind: ms of the processor', worst, 1000, 0)],
    };
  },
};
