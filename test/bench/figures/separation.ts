import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { atLeast, meanOf, type Section, shortName, table, type Workplace } from './section';

const ScoresSchema = z.object({
  tracks: z.record(z.string(), z.object({ si_sdr: z.number(), sdr: z.number(), sdr_1s: z.number() })),
});
type Scores = z.infer<typeof ScoresSchema>['tracks'];

const SEPARATORS = ['hpss', 'drum-stem'] as const;

export const separation: Section = {
  title: 'Separation',
  command:
    'npx backbeat separate $BACKBEAT_DATA/mdb-drums/sep/mix --model drum-stem --out EST; sep_eval.py EST $BACKBEAT_DATA/mdb-drums/sep/drums',
  measure(workplace) {
    const references = join(workplace.data, 'mdb-drums/sep/drums');
    const scored = SEPARATORS.map(separator => {
      const folder = join(workplace.folder, `separated-${separator}`);
      workplace.backbeat(
        'separate',
        join(workplace.data, 'mdb-drums/sep/mix'),
        '--model',
        separator,
        '--out',
        folder,
      );
      const named = namedByTrack(folder);
      const { tracks } = ScoresSchema.parse(workplace.evaluate('sep_eval.py', named, references));
      const bands = workplace.python('native-models/training/drum-stem/bands.py', named, references);
      return { separator, tracks, bands };
    });
    const [hpss, model] = scored.map(({ tracks }) => tracks);
    const gains = Object.keys(model ?? {}).map(
      track => (model?.[track]?.sdr ?? 0) - (hpss?.[track]?.sdr ?? 0),
    );
    const mean = (tracks: Scores | undefined, key: 'si_sdr' | 'sdr'): number =>
      meanOf(Object.values(tracks ?? {}).map(score => score[key]));
    return {
      text: [
        'Signal-to-distortion ratios of the drum stem in dB: scale-invariant, of the whole song, median of its seconds. Hendrix and Reggae are released mixes, the others remixes of dry recordings.',
        table(
          ['track', ...SEPARATORS.flatMap(name => [`${name} SI-SDR`, 'song SDR', '1 s'])],
          rowsOf(scored.map(({ tracks }) => tracks)),
        ),
        `Over our own separation without a model (hpss) the gain in song SDR is ${Math.min(...gains).toFixed(2)} to ${Math.max(...gains).toFixed(2)} dB.`,
        'Song SDR by band, mean over the tracks:',
        table(
          ['separator', '0-130 Hz', '130-500 Hz', '500-2000 Hz', '2-6 kHz', '6-22 kHz'],
          scored.map(({ separator, bands }) => [separator, ...meansIn(bands)]),
        ),
      ].join('\n\n'),
      gates: [
        atLeast('separation: song SDR of drum-stem, mean, dB', mean(model, 'sdr'), 7.6),
        atLeast('separation: SI-SDR of drum-stem, mean, dB', mean(model, 'si_sdr'), 6.8),
        atLeast(
          'separation: gain in song SDR over the plain HPSS baseline of the evaluation, least of a track, dB',
          leastGain(workplace, model),
          2,
        ),
      ],
    };
  },
};

/** Least gain over the plain harmonic-percussive separation that `sep_baselines.py` measures. */
function leastGain({ data, folder, evaluate }: Workplace, model: Scores | undefined): number {
  const pairs = join(data, 'mdb-drums/sep');
  const { hpss1 } = z
    .object({ hpss1: ScoresSchema })
    .parse(evaluate('sep_baselines.py', pairs, folder, '--only', 'hpss1', '--no-audio'));
  return Math.min(
    ...Object.entries(hpss1.tracks).map(([track, { sdr }]) => (model?.[track]?.sdr ?? 0) - sdr),
  );
}

/** The stems under the names that the evaluation looks for: `<track>_drums.wav`. */
function namedByTrack(folder: string): string {
  const named = `${folder}-named`;
  mkdirSync(named, { recursive: true });
  for (const name of readdirSync(folder)) {
    symlinkSync(join(folder, name, 'drums.wav'), join(named, `${name.replace(/_MIX$/, '')}_drums.wav`));
  }
  return named;
}

function rowsOf(scored: readonly Scores[]): string[][] {
  const tracks = Object.keys(scored[0] ?? {}).sort();
  const cells = (keys: readonly string[]): string[] =>
    scored.flatMap(scores =>
      (['si_sdr', 'sdr', 'sdr_1s'] as const).map(key =>
        meanOf(keys.map(track => scores[track]?.[key] ?? Number.NaN)).toFixed(2),
      ),
    );
  return [...tracks.map(track => [shortName(track), ...cells([track])]), ['**mean**', ...cells(tracks)]];
}

const meansIn = (bands: string): string[] => /^mean\s+(.*)$/m.exec(bands)?.[1]?.trim().split(/\s+/) ?? [];
