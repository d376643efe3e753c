import { Random } from '#shared/base';
import { grooveMaterial, labelsOf, performExercise, samplePlayer } from '#shared/dataset';
import { decodeMidi, type Note, type Pattern } from '#shared/model';
import { grooveFiles, groovePerformances } from './groove-midi';

/** Long beats of the Groove MIDI Dataset in 4/4, every so many of them. */
const EVERY = 4;
const LEAST_BARS = 16;

interface Played {
  readonly pattern: Pattern;
  readonly bpm: number;
  readonly notes: readonly { readonly at: number; readonly late: number; readonly velocity: number }[];
}

const isHat = ({ instrument }: Pick<Note, 'instrument'>): boolean => instrument === 'chh';

/** People's hi-hats: how late each stroke is in ms. */
function people(): Played[] {
  const beats = new Map(
    (groovePerformances() ?? [])
      .filter(({ isFill, meter }) => !isFill && meter.numerator === 4)
      .map(({ name, bpm }) => [name, bpm] as const),
  );
  const files = [...grooveFiles()].filter((_, index) => index % EVERY === 0);
  return files.flatMap(([name, bytes]) => {
    const bpm = beats.get(nameOf(name));
    const decoded = decodeMidi(bytes);
    if (bpm === undefined || !decoded.ok || decoded.value.pattern.bars.length < LEAST_BARS) return [];
    const { pattern } = decoded.value;
    const notes = pattern.notes.filter(isHat).map(({ at, feel, velocity }) => ({
      at,
      late: (feel * 60_000) / (bpm * 960),
      velocity,
    }));
    return notes.length < 64 ? [] : [{ pattern, bpm, notes }];
  });
}

/** `drummer1/session1/1_funk_80_beat_4-4.mid` by the name that the set's table gives it. */
const nameOf = (path: string): string => {
  const [drummer = '', session = '', file = ''] = path.replace(/^groove\//, '').split('/');
  return `${drummer}/${session}/${file.split('_')[0] ?? ''}`;
};

/** The same grooves as a professional of ours plays them. */
function ours(set: readonly Played[]): Played[] {
  return set.map(({ pattern, bpm }, index) => {
    const played = performExercise({
      datasetSeed: 11,
      player: samplePlayer(11, 'professional', index),
      material: grooveMaterial(pattern, `groove_${index}`),
      tempo: bpm,
      take: 0,
      length: { cycles: 1 },
    });
    const notes = labelsOf(played)
      .strokes.map((stroke, place) => ({
        stroke,
        note: played.strokes[place]?.note,
        beat: played.strokes[place]?.beat ?? 0,
      }))
      .filter(({ note }) => note === 42)
      .map(({ stroke, beat }) => ({
        at: beat * 960,
        late: stroke.timing_error_ms,
        velocity: stroke.actual_velocity / 127,
      }));
    return { pattern, bpm, notes };
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function centred(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map(value => value - middle);
}

function autocorrelation(values: readonly number[], lag: number): number {
  const flat = centred(values);
  const power = flat.reduce((sum, value) => sum + value * value, 0);
  return flat.slice(lag).reduce((sum, value, index) => sum + value * (flat[index] ?? 0), 0) / power;
}

const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(centred(values).map(value => value * value)));

/** Greatest distance of two empirical distributions (Kolmogorov and Smirnov). */
function distance(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [[...a].sort((p, q) => p - q), [...b].sort((p, q) => p - q)];
  let most = 0;
  let [i, j] = [0, 0];
  while (i < x.length && j < y.length) {
    if ((x[i] as number) <= (y[j] as number)) i++;
    else j++;
    most = Math.max(most, Math.abs(i / x.length - j / y.length));
  }
  return most;
}

export interface Realism {
  readonly grooves: number;
  readonly strokes: number;
  /** Autocorrelation of errors, averaged over grooves: people's, ours, and ours shuffled. */
  readonly lags: readonly {
    readonly lag: number;
    readonly human: number;
    readonly own: number;
    readonly shuffled: number;
  }[];
  /** Deviation of errors in ms: people's mean, p2 and p95, our mean, and how many of ours lie within. */
  readonly spread: {
    readonly human: number;
    readonly low: number;
    readonly high: number;
    readonly own: number;
    readonly within: number;
  };
  /** Kolmogorov-Smirnov distance of the pooled errors. */
  readonly distance: number;
}

/** How grooves that professionals of ours play compare with people's; null where this machine has no data. */
export function grooveRealism(): Realism | null {
  const set = people();
  if (set.length === 0) return null;
  const late = (from: readonly Played[]): number[][] => from.map(({ notes }) => notes.map(each => each.late));
  const [human, own] = [late(set), late(ours(set))];
  const shuffled = own.map((values, index) => Random.ofSeed(index).shuffled(values));
  const average = (from: readonly (readonly number[])[], lag: number): number =>
    mean(from.map(values => autocorrelation(values, lag)));
  const spreads = human.map(deviation).sort((a, b) => a - b);
  const [low, high] = [
    spreads[Math.floor(spreads.length * 0.02)] ?? 0,
    spreads[Math.floor(spreads.length * 0.95)] ?? 0,
  ];
  const ownSpreads = own.map(deviation);
  return {
    grooves: set.length,
    strokes: human.flat().length,
    lags: [1, 2, 4, 8].map(lag => ({
      lag,
      human: average(human, lag),
      own: average(own, lag),
      shuffled: average(shuffled, lag),
    })),
    spread: {
      human: mean(spreads),
      low,
      high,
      own: mean(ownSpreads),
      within: ownSpreads.filter(value => value >= low && value <= high).length / ownSpreads.length,
    },
    distance: distance(human.flatMap(centred), own.flatMap(centred)),
  };
}
