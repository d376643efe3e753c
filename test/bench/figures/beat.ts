import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fMeasure } from '#test/onset-scores';
import { trackOf } from '#test/ears';
import { atLeast, meanOf, type Section, shortName, table, type Workplace } from './section';

const TempoSchema = z.object({
  file: z.string(),
  bpm: z.number(),
  beats: z.array(z.number()),
  downbeats: z.array(z.number()),
});

const MATERIALS = [
  { name: 'drum recordings', folder: 'mdb-drums/drum_only', flags: [] },
  {
    name: 'drums separated from mixes',
    folder: 'mdb-drums/sep/mix',
    flags: ['--separate', '--model', 'drum-stem'],
  },
] as const;
const WINDOW_SECONDS = 0.07;

interface Row {
  readonly track: string;
  readonly true: number;
  readonly found: number;
  readonly beats: number;
  readonly bars: number;
}

function rowsOf(workplace: Workplace, { folder, flags }: (typeof MATERIALS)[number]): Row[] {
  const annotations = join(workplace.data, 'mdb-drums/ann/beats');
  const lines = workplace
    .backbeat('tempo', join(workplace.data, folder), ...flags)
    .split('\n')
    .filter(line => line.startsWith('{'));
  return lines.map(line => {
    const found = TempoSchema.parse(JSON.parse(line));
    const track = trackOf(found.file);
    const file = readdirSync(annotations).find(name => trackOf(name) === track) ?? '';
    const rows = readFileSync(join(annotations, file), 'utf8')
      .trim()
      .split('\n')
      .map(row => row.trim().split(/\s+/).map(Number));
    const beats = rows.map(([time = 0]) => time);
    const bars = rows.filter(([, place]) => place === 1).map(([time = 0]) => time);
    // Annotations begin and end with the music; a tracker's beats before and after it are neither right nor wrong.
    const within = (times: readonly number[]): number[] =>
      times.filter(time => time > (beats[0] ?? 0) - 0.1 && time < (beats.at(-1) ?? 0) + 0.1);
    return {
      track,
      true: (60 * (beats.length - 1)) / ((beats.at(-1) ?? 0) - (beats[0] ?? 0)),
      found: found.bpm,
      beats: fMeasure(within(found.beats), beats, WINDOW_SECONDS),
      bars: fMeasure(within(found.downbeats), bars, WINDOW_SECONDS),
    };
  });
}

const isRight = ({ true: wanted, found }: Row): boolean =>
  [0.5, 1, 2].some(factor => Math.abs(found / wanted / factor - 1) < 0.04);

export const beat: Section = {
  title: 'Tempo, beats and bars',
  command:
    'npx backbeat tempo $BACKBEAT_DATA/mdb-drums/drum_only; npx backbeat tempo $BACKBEAT_DATA/mdb-drums/sep/mix --separate',
  measure(workplace) {
    const measured = MATERIALS.map(material => ({ ...material, rows: rowsOf(workplace, material) }));
    const [drums, mixes] = measured.map(({ rows }) => rows);
    const rows = measured.flatMap(({ name, rows: of }) =>
      of.map(row => [
        `${shortName(row.track)}, ${name}`,
        row.true.toFixed(2),
        row.found.toFixed(2),
        row.beats.toFixed(3),
        row.bars.toFixed(3),
      ]),
    );
    const all = [...(drums ?? []), ...(mixes ?? [])];
    return {
      text: `F within 70 ms against the annotated beats.\n\n${table(['track', 'BPM, annotated', 'found', 'beats F', 'bars F'], rows)}`,
      gates: [
        atLeast('tempo right, its half and double allowed: tracks of 12', all.filter(isRight).length, 12, 0),
        atLeast('beats: F on the drum recordings, mean', meanOf((drums ?? []).map(row => row.beats)), 0.9, 3),
        atLeast('beats: F on the separated drums, mean', meanOf((mixes ?? []).map(row => row.beats)), 0.9, 3),
      ],
    };
  },
};
