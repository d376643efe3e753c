// Measures the Groove MIDI Dataset (CC BY 4.0) as validation measures what we generate, by the same code, and writes the figures to
// assets/realism/groove-midi.json: histograms and correlations, none of its notes.
//   npm run bench -- dataset-people      (needs BACKBEAT_DATA)
import { writeFileSync } from 'node:fs';
import { Random } from '#shared/base';
import { type People, PeopleSchema, QUANTITY_NAMES, RunMeter, type RunStroke } from '#shared/dataset';
import { decodeMidi, type Note } from '#shared/model';
import { grooveFiles, groovePerformances } from '#test/groove-midi';

const LEAST_BARS = 8;
const BAR_TICKS = 4 * 960;
/** Beats 2 and 4. */
const BACKBEATS: ReadonlySet<number> = new Set([960, 2880]);
const LEAST_VELOCITY = 80;
/** The drum module's greatest velocity stands for all that is louder: where it is frequent, it says nothing of a spread. */
const MOST_CLIPPED = 0.1;
const FIGURES = 300;

/** `drummer1/session1/1_funk_80_beat_4-4.mid` by the name that the set's table gives it. */
const nameOf = (path: string): string => {
  const [drummer = '', session = '', file = ''] = path.replace(/^groove\//, '').split('/');
  return `${drummer}/${session}/${file.split('_')[0] ?? ''}`;
};

const tempos = new Map(
  (groovePerformances() ?? [])
    .filter(({ isFill, meter }) => !isFill && meter.numerator === 4)
    .map(({ name, bpm }) => [name, bpm] as const),
);
const hats = new RunMeter();
const backbeats = new RunMeter();
let files = 0;
for (const [path, bytes] of grooveFiles()) {
  const bpm = tempos.get(nameOf(path));
  const decoded = decodeMidi(bytes);
  if (bpm === undefined || !decoded.ok || decoded.value.pattern.bars.length < LEAST_BARS) continue;
  files++;
  const tick = 60_000 / (bpm * 960);
  const strokeOf = ({ at, feel, velocity }: Note): RunStroke => ({
    intended: at * tick,
    late: feel * tick,
    velocity: velocity * 127,
    alike: String(at % BAR_TICKS),
  });
  const of = (instrument: string): readonly Note[] =>
    decoded.value.pattern.notes
      .filter(note => note.instrument === instrument)
      .sort((a, b) => a.at - b.at)
      .filter((note, index, all) => index === 0 || note.at > (all[index - 1]?.at ?? 0));
  hats.add(of('chh').map(strokeOf), path);
  const back = of('snare')
    .filter(({ at, velocity }) => BACKBEATS.has(at % BAR_TICKS) && velocity * 127 >= LEAST_VELOCITY)
    .map(strokeOf);
  if (back.filter(({ velocity }) => velocity > 126).length <= MOST_CLIPPED * back.length)
    backbeats.add(
      back.map(stroke => ({ ...stroke, alike: 'backbeat' })),
      path,
    );
}
if (files === 0) throw new Error('BACKBEAT_DATA is not set.');

const rounded = (value: number, digits = 5): number => Number(value.toFixed(digits));
const { spreads } = hats;
const at = (share: number): number => rounded(spreads[Math.floor(share * (spreads.length - 1))] ?? 0, 2);
const people: People = PeopleSchema.parse({
  source:
    'Groove MIDI Dataset 1.0.0 (Gillick, Roberts, Engel, Eck and Bamman, ICML 2019): closed hi-hats, and for velocities backbeats of the snare',
  licence: 'CC-BY-4.0',
  command: 'npm run bench -- dataset-people',
  files,
  strokes: hats.strokes,
  windows: spreads.length,
  histograms: Object.fromEntries(
    QUANTITY_NAMES.map(name => [
      name,
      (name === 'velocity' ? backbeats : hats).histogram(name).shares.map(share => rounded(share)),
    ]),
  ),
  lags: hats.lags.map(lag => rounded(lag ?? 0, 4)),
  interval_lag: rounded(hats.intervalLag ?? 0, 4),
  spread: { p2: at(0.02), p50: at(0.5), p95: at(0.95) },
  figures: Random.ofSeed('people')
    .shuffled(hats.windows)
    .slice(0, FIGURES)
    .map(figures => figures.map(figure => rounded(figure, 3))),
});
writeFileSync(
  'assets/realism/groove-midi.json',
  `${JSON.stringify(people).replaceAll('],[', '],\n[').replaceAll(',"', ',\n"')}\n`,
);
const { figures: _, histograms, ...rest } = people;
console.log(rest);
console.log(histograms.velocity.join(' '));
