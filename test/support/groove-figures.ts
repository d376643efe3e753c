import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performTake, type TakeContext } from '#main/inference';
import { performLines } from '#main/pipeline/groove';
import { Random } from '#shared/base';
import { bitsPerStep, beatOfTaps, CLASS_COUNT, CLASS_INSTRUMENTS, classOf } from '#shared/compose';
import {
  COMMON_TIME,
  encodeMidi,
  type GrooveStyle,
  grooveStyleIndex,
  INSTRUMENT_FACTS,
  type Note,
  noteId,
  type Pattern,
  STEP_TICKS,
  sortedNotes,
  PLAIN,
  PLAIN_FRAME,
  ROLAND_TD,
} from '#shared/model';
import { TakeSchema } from '#shared/protocol';
import { ticks } from '#shared/units';
import { type GridPerformance, type GridStroke, windowsOf } from './groove-set';
import { DATA } from './material';

/** One measured number against its gate. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The bound that it must keep; null where it is only reported. */
  readonly gate: { readonly bound: number; readonly must: 'be at most' | 'be at least' } | null;
}

export const isMet = ({ value, gate }: Figure): boolean =>
  !gate || (gate.must === 'be at most' ? value <= gate.bound : value >= gate.bound);

const atMost = (name: string, value: number, bound: number): Figure => ({
  name,
  value,
  gate: { bound, must: 'be at most' },
});
const atLeast = (name: string, value: number, bound: number): Figure => ({
  name,
  value,
  gate: { bound, must: 'be at least' },
});
const reported = (name: string, value: number): Figure => ({ name, value, gate: null });

const archive = (): string => join(DATA ?? '', 'gmd/groove-v1.0.0-midionly.zip');

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-figures-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const python = (script: string, ...options: readonly string[]): string =>
  execFileSync('/usr/bin/python3', [script, ...options], { encoding: 'utf8', maxBuffer: 1 << 26 });

/** Windows of the groove measure by the style of the performance that each is of. */
function windowsByStyle(windows: string, set: readonly GridPerformance[]): ReadonlyMap<GrooveStyle, string> {
  const styles = new Map(set.map(({ id, style }) => [id.replaceAll('/', '_'), style]));
  const parts = new Map<GrooveStyle, string>();
  for (const line of windows.trim().split('\n')) {
    const { id } = JSON.parse(line) as { id: string };
    const style = styles.get(id.replace(/_b\d+$/, ''));
    if (!style) throw new Error(`no performance of window ${id}`);
    parts.set(style, `${parts.get(style) ?? ''}${line}\n`);
  }
  return parts;
}

/** Seeds of human mode's figures: the velocity KL of one differs by about .001 from another's. */
const SEEDS = [0, 1, 2, 3, 4];

/** Both modes by groove_eval.py: style not given, and human mode with the style given too; of human mode the mean over the seeds. */
export function humaniseFigures(
  evaluation: string,
  set: readonly GridPerformance[],
  context: TakeContext,
  split: 'test' | 'validation' = 'test',
): Promise<Figure[]> {
  return inFolder(async folder => {
    const script = join(evaluation, 'groove_eval.py');
    const data = ['--gmd', archive(), '--split', split];
    python(script, 'inputs', ...data, '--out', folder, '--format', 'jsonl');
    const windows = await readFile(join(folder, 'windows.jsonl'), 'utf8');
    const score = async (
      mode: 'tight' | 'human',
      parts: ReadonlyMap<GrooveStyle, string>,
      seed: number,
    ): Promise<Record<string, number>> => {
      const played: string[] = [];
      for (const [style, part] of parts) {
        const take = TakeSchema.parse({ kind: 'humanise', mode, style, seed });
        played.push(await performLines(part, 'windows.jsonl', take, context));
      }
      const estimate = join(folder, 'played.jsonl');
      writeFileSync(estimate, played.join(''));
      const json = join(folder, 'score.json');
      python(script, 'score', ...data, '--est', estimate, '--json', json);
      return JSON.parse(await readFile(json, 'utf8')) as Record<string, number>;
    };
    const seeded = async (parts: ReadonlyMap<GrooveStyle, string>): Promise<Record<string, number>[]> => {
      const scores: Record<string, number>[] = [];
      for (const seed of SEEDS) scores.push(await score('human', parts, seed));
      return scores;
    };
    const notGiven = new Map<GrooveStyle, string>([['other', windows]]);
    const tight = [await score('tight', notGiven, 0)];
    const human = await seeded(notGiven);
    const styled = await seeded(windowsByStyle(windows, set));
    const of = (scores: readonly Record<string, number>[], key: string): number =>
      scores.reduce((sum, each) => sum + (each[key] ?? Number.NaN), 0) / scores.length;
    return [
      atMost('tight: timing MAE, ms', of(tight, 'mae_ms'), 19.2),
      atMost('tight: timing MSE, sixteenths', of(tight, 'mse_16th'), 0.034),
      reported('tight: velocity MSE', of(tight, 'vel_mse')),
      atMost('human: KL of timing', of(human, 'timing_kl_hist'), 0.05),
      atMost('human: KL of velocity', of(human, 'vel_kl_hist'), 0.02),
      atMost('human, style given: KL of timing', of(styled, 'timing_kl_hist'), 0.05),
      atMost('human, style given: KL of velocity', of(styled, 'vel_kl_hist'), 0.02),
      reported('human: timing MAE, ms', of(human, 'mae_ms')),
      reported('human: correlation of velocity', of(human, 'vel_corr')),
      reported('tight: correlation of velocity', of(tight, 'vel_corr')),
    ];
  });
}

const noteOf = ({ step, class: index, offset, velocity }: GridStroke, name: number): Note => {
  const instrument = CLASS_INSTRUMENTS[index] ?? 'perc';
  return {
    id: noteId(`g${name}`),
    role: INSTRUMENT_FACTS[instrument].role,
    instrument,
    at: ticks(step * STEP_TICKS),
    feel: offset * STEP_TICKS,
    velocity,
    length: ticks(STEP_TICKS),
    ...PLAIN,
    hit: null,
    source: 'import',
  };
};

const patternOf = (strokes: readonly GridStroke[], tempo: number, bars: number): Pattern => ({
  tempo,
  bars: Array.from({ length: bars }, () => COMMON_TIME),
  ...PLAIN_FRAME,
  notes: sortedNotes(strokes.map(noteOf)),
});

const RARE = new Set([3, 4, 5, 6, 7]);

/** The two-bar windows of the test beats, tapped as their own rhythm: style given and not, both sets of thresholds. */
export async function tapFigures(set: readonly GridPerformance[], context: TakeContext): Promise<Figure[]> {
  const beats = set.filter(({ split, isBeat }) => split === 'test' && isBeat);
  const tapper = await context.models.tapper(context.manifests.tapper);
  const figures: Figure[] = [];
  let count = 0;
  for (const styled of [true, false]) {
    for (const colour of ['exact', 'colourful'] as const) {
      const sums = { common: 0, both: 0, rareCommon: 0, rareBoth: 0, velocity: 0, late: 0 };
      count = 0;
      for (const beat of beats) {
        for (const window of windowsOf(beat)) {
          count++;
          const made = await beatOfTaps(tapper, patternOf(window, beat.bpm, 2), {
            style: styled ? beat.style : 'other',
            colour,
            temperature: 0,
            limits: { voices: CLASS_COUNT, playable: false },
            random: Random.ofSeed(0),
          });
          compare(window, made, beat.bpm, sums);
        }
      }
      const f1 = (2 * sums.common) / sums.both;
      const rare = (2 * sums.rareCommon) / sums.rareBoth;
      const name = `${colour}, style ${styled ? '' : 'not '}given:`;
      const isGated = styled && colour === 'exact';
      const isColourful = styled && colour === 'colourful';
      figures.push(
        isGated ? atLeast(`${name} hit F1`, f1, 0.64) : reported(`${name} hit F1`, f1),
        isColourful
          ? atLeast(`${name} rare voices F1`, rare, 0.25)
          : reported(`${name} rare voices F1`, rare),
        isGated
          ? atMost(`${name} velocity MAE (MIDI)`, (127 * sums.velocity) / sums.common, 11.6)
          : reported(`${name} velocity MAE (MIDI)`, (127 * sums.velocity) / sums.common),
        isGated
          ? atMost(`${name} offset MAE, ms`, sums.late / sums.common, 6)
          : reported(`${name} offset MAE, ms`, sums.late / sums.common),
      );
    }
  }
  return [reported('windows', count), ...figures];
}

function compare(
  window: readonly GridStroke[],
  made: Pattern,
  bpm: number,
  sums: {
    common: number;
    both: number;
    rareCommon: number;
    rareBoth: number;
    velocity: number;
    late: number;
  },
): void {
  const found = new Map(
    made.notes.map(note => [
      Math.round(note.at / STEP_TICKS) * CLASS_COUNT + (classOf(note.instrument) ?? 0),
      note,
    ]),
  );
  sums.both += window.length + found.size;
  sums.rareBoth +=
    window.filter(stroke => RARE.has(stroke.class)).length +
    [...found.keys()].filter(key => RARE.has(key % CLASS_COUNT)).length;
  for (const stroke of window) {
    const note = found.get(stroke.step * CLASS_COUNT + stroke.class);
    if (!note) continue;
    sums.common++;
    if (RARE.has(stroke.class)) sums.rareCommon++;
    sums.velocity += Math.abs(note.velocity - stroke.velocity);
    const offset = (note.at + note.feel) / STEP_TICKS - stroke.step;
    sums.late += (Math.abs(offset - stroke.offset) * 15_000) / bpm;
  }
}

/** Strokes of a performance as words, to the step of the last one. */
function wordsOfPerformance({ strokes }: GridPerformance): Uint16Array {
  const words = new Uint16Array((strokes.at(-1)?.step ?? -1) + 1);
  for (const stroke of strokes) words[stroke.step]! |= 1 << stroke.class;
  return words;
}

/** Bits that the transformer needs for each sixteenth of the test beats, nothing but the part itself given. */
export async function bitsFigures(set: readonly GridPerformance[], context: TakeContext): Promise<Figure[]> {
  const model = await context.models.transformer(context.manifests.transformer);
  const sums = { steps: 0, plain: 0, styled: 0 };
  let parts = 0;
  for (const part of set) {
    const words = wordsOfPerformance(part);
    if (part.split !== 'test' || !part.isBeat || words.length < 32) continue;
    parts++;
    const nothing = { style: 0, tempo: null, density: null, fillBars: null };
    const styled = { ...nothing, style: grooveStyleIndex(part.style), tempo: part.bpm };
    sums.steps += words.length;
    sums.plain += words.length * (await bitsPerStep(model, words, nothing));
    sums.styled += words.length * (await bitsPerStep(model, words, styled));
  }
  return [
    reported('parts', parts),
    reported('sixteenths', sums.steps),
    atMost('bits per sixteenth', sums.plain / sums.steps, 1.45),
    reported('bits per sixteenth, style and tempo given', sums.styled / sums.steps),
  ];
}

/** Parts from nothing at the styles and tempi of the train split, by pattern_eval.py. */
export function patternFigures(
  evaluation: string,
  set: readonly GridPerformance[],
  context: TakeContext,
  { patterns = 150, bars = 8 } = {},
): Promise<Figure[]> {
  return inFolder(async folder => {
    const parts = set.filter(({ split, isBeat }) => split === 'train' && isBeat);
    const random = Random.ofSeed('pattern-eval');
    const shares = parts.map(({ strokes }) => strokes.at(-1)?.step ?? 0);
    await mkdir(join(folder, 'made'));
    for (let index = 0; index < patterns; index++) {
      const part = parts[random.weighted(shares)];
      if (!part) continue;
      const take = TakeSchema.parse({ kind: 'new', style: part.style, seed: 0, take: index });
      const made = await performTake(take, patternOf([], part.bpm, bars), context);
      if (!made.ok) throw new Error(JSON.stringify(made.failure));
      await writeFile(
        join(folder, 'made', `${String(index).padStart(4, '0')}.mid`),
        encodeMidi(made.value, { type: 0, map: ROLAND_TD }),
      );
    }
    const json = join(folder, 'score.json');
    python(join(evaluation, 'pattern_eval.py'), join(folder, 'made'), '--gmd', archive(), '--json', json);
    const score = JSON.parse(await readFile(json, 'utf8')) as {
      mean_oa: number;
      mean_kl: number;
      mean_dist_oa: number;
      copying: { exact_2bar: number; longest_run_bars: number };
    };
    return [
      atLeast('mean OA', score.mean_oa, 0.93),
      atMost('mean KL', score.mean_kl, 0.03),
      atLeast('own overlap', score.mean_dist_oa, 0.75),
      atMost('exact two-bar matches', score.copying.exact_2bar, 0.05),
      atMost('longest run, bars', score.copying.longest_run_bars, 6),
    ];
  });
}
