import { join } from 'node:path';
import { z } from 'zod';
import { atLeast, atMost, meanOf, printed, type Section, shortName, table, type Workplace } from './section';

const OnsetsSchema = z.object({
  summary: z.record(z.string(), z.object({ f_mean: z.number(), dev_ms: z.number() })),
  tracks: z.record(z.string(), z.record(z.string(), z.object({ f: z.number() }))),
});

/** Both kinds of material, and how the commands are told what it is. */
const MATERIALS = [
  { name: 'drum recordings', folder: 'mdb-drums/drum_only', flags: [] },
  {
    name: 'drums separated from mixes',
    folder: 'mdb-drums/sep/mix',
    flags: ['--separate', '--model', 'drum-stem'],
  },
] as const;

const annotations = ({ data }: Workplace): string => join(data, 'mdb-drums/ann/class');

/** Runs `command` over a material; answers the folder of its text files. */
function textsOf(
  workplace: Workplace,
  command: 'onsets' | 'transcribe',
  { name, folder, flags }: (typeof MATERIALS)[number],
): string {
  const out = join(workplace.folder, `${command} ${name}`);
  workplace.backbeat(command, join(workplace.data, folder), ...flags, '--out', out);
  return out;
}

export const onsets: Section = {
  title: 'Onsets',
  command:
    'npx backbeat onsets $BACKBEAT_DATA/mdb-drums/drum_only --out EST; npx backbeat onsets $BACKBEAT_DATA/mdb-drums/sep/mix --separate --out EST2; onset_eval.py EST $BACKBEAT_DATA/mdb-drums/ann/class --only-estimated',
  measure(workplace) {
    const scored = MATERIALS.map(material =>
      OnsetsSchema.parse(
        workplace.evaluate(
          'onset_eval.py',
          textsOf(workplace, 'onsets', material),
          annotations(workplace),
          '--only-estimated',
        ),
      ),
    );
    const tracks = Object.keys(scored[0]?.tracks['0.05'] ?? {}).sort();
    const windows = ['0.05', '0.03'];
    const rows = tracks.map(track => [
      shortName(track),
      ...scored.flatMap(({ tracks: by }) => windows.map(window => (by[window]?.[track]?.f ?? 0).toFixed(3))),
    ]);
    const means = scored.flatMap(({ summary }) => windows.map(window => summary[window]?.f_mean ?? 0));
    const late = scored.map(({ summary }) => (summary['0.05']?.dev_ms ?? 0).toFixed(1));
    return {
      text: [
        table(
          ['F, 50 and 30 ms', ...MATERIALS.flatMap(({ name }) => [`${name} 50`, '30'])],
          [...rows, ['**mean**', ...means.map(mean => mean.toFixed(3))]],
        ),
        `Mean deviation from the annotations: ${late.join(' ms and ')} ms (positive: late).`,
      ].join('\n\n'),
      gates: [atLeast('onsets: F at 50 ms on the drum recordings', means[0] ?? 0, 0.97, 3)],
    };
  },
};

const ClassesSchema = z.record(
  z.string(),
  z.record(z.string(), z.record(z.string(), z.object({ f: z.number() }))),
);

export const transcription: Section = {
  title: 'Transcription',
  command:
    'npx backbeat transcribe $BACKBEAT_DATA/mdb-drums/drum_only --out EST; npx backbeat transcribe $BACKBEAT_DATA/mdb-drums/sep/mix --separate --out EST2; adt_eval.py EST $BACKBEAT_DATA/mdb-drums/ann/class --only-estimated --windows 0.05,0.02',
  measure(workplace) {
    const scored = MATERIALS.map(material =>
      ClassesSchema.parse(
        workplace.evaluate(
          'adt_eval.py',
          textsOf(workplace, 'transcribe', material),
          annotations(workplace),
          '--only-estimated',
          '--windows',
          '0.05,0.02',
        ),
      ),
    );
    const figure = (at: number, window: string, classes: string, name: string): number =>
      scored[at]?.[window]?.[classes]?.[name]?.f ?? 0;
    const rows = MATERIALS.flatMap(({ name }, at) =>
      ['50', '20'].map(window => [
        `${name}, ${window} ms`,
        figure(at, window, '3', 'all').toFixed(3),
        figure(at, window, '5', 'all').toFixed(3),
        ...['KD', 'SD', 'HH', 'TT', 'CY'].map(drum => figure(at, window, '5', drum).toFixed(3)),
      ]),
    );
    return {
      text: `F of all strokes together (3 classes: kick, snare, hats; 5: with toms and cymbals) and by class.\n\n${table(['material', '3 classes', '5 classes', 'kick', 'snare', 'hats', 'toms', 'cymbals'], rows)}`,
      gates: [
        atLeast(
          'transcription: 3 classes on the drum recordings, 50 ms',
          figure(0, '50', '3', 'all'),
          0.92,
          3,
        ),
        atLeast(
          'transcription: 3 classes on the separated mixes, 50 ms',
          figure(1, '50', '3', 'all'),
          0.85,
          3,
        ),
        atLeast(
          'transcription: 3 classes on the drum recordings, 20 ms (beyond)',
          figure(0, '20', '3', 'all'),
          0.837,
          3,
        ),
        atLeast(
          'transcription: 5 classes on the drum recordings, 20 ms (beyond)',
          figure(0, '20', '5', 'all'),
          0.824,
          3,
        ),
      ],
    };
  },
};

export const flams: Section = {
  title: 'Flams and onset times',
  command: 'npm run bench -- ear-flams',
  measure(workplace) {
    const text = workplace.bench('ear-flams');
    const found = /24-26[^\n]*?(\d+)\s*(?:of|\/)\s*(\d+)/.exec(text);
    const medians = [...text.matchAll(/median (-?[\d.]+)/g)].map(match => Math.abs(Number(match[1])));
    const share = found ? (100 * Number(found[1])) / Number(found[2]) : 0;
    return {
      text: printed(text),
      gates: [
        atLeast('flams of 25 ms found as flams, of 100', share, 95, 0),
        atMost('onset times on rendered material: median error, mean of the kits, ms', meanOf(medians), 1),
      ],
    };
  },
};
