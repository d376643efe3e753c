import { Random } from '../../base';
import { deviation, mean } from '../statistics';

const FOLDS = 5;
const STEPS = 200;
const RATE = 0.5;
/** Of the squared weights: keeps them small where few windows are known. */
const RIDGE = 0.01;

type Figures = readonly number[];

/**
 * How well a logistic regression tells two sets apart on windows that it was not fitted to: the area under its curve, .5 where it
 * cannot, 1 where it always can. Windows are dealt into five folds by a fixed seed.
 *
 * @see Lopez-Paz & Oquab, "Revisiting classifier two-sample tests", ICLR 2017
 */
export function twoSampleArea(own: readonly Figures[], people: readonly Figures[]): number {
  const random = Random.ofSeed('two samples');
  const count = Math.min(own.length, people.length);
  const deal = (all: readonly Figures[], isOwn: 0 | 1) =>
    random
      .fork(isOwn)
      .shuffled(all)
      .slice(0, count)
      .map((figures, index) => ({ figures, isOwn, fold: index % FOLDS }));
  const rows = standardised([...deal(own, 1), ...deal(people, 0)]);
  const scored = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fitted(rows.filter(row => row.fold !== fold));
    return rows
      .filter(row => row.fold === fold)
      .map(row => ({ isOwn: row.isOwn, score: scoreOf(row.figures, weights) }));
  }).flat();
  return areaUnderCurve(scored);
}

interface Row {
  readonly figures: Figures;
  readonly isOwn: 0 | 1;
  readonly fold: number;
}

function standardised(rows: readonly Row[]): Row[] {
  const width = rows[0]?.figures.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => rows.map(({ figures }) => figures[at] ?? 0));
  const scales = columns.map(values => ({ middle: mean(values), spread: deviation(values) || 1 }));
  return rows.map(row => ({
    ...row,
    figures: scales.map(({ middle, spread }, at) => ((row.figures[at] ?? 0) - middle) / spread),
  }));
}

/** Weights of each figure, then the constant. */
function fitted(rows: readonly Row[]): number[] {
  const width = rows[0]?.figures.length ?? 0;
  const weights = Array.from({ length: width + 1 }, () => 0);
  for (let step = 0; step < STEPS; step++) {
    const slopes = weights.map((weight, at) => (at < width ? RIDGE * weight : 0));
    for (const { figures, isOwn } of rows) {
      const off = 1 / (1 + Math.exp(-scoreOf(figures, weights))) - isOwn;
      figures.forEach((figure, at) => {
        slopes[at]! += (off * figure) / rows.length;
      });
      slopes[width]! += off / rows.length;
    }
    slopes.forEach((slope, at) => {
      weights[at]! -= RATE * slope;
    });
  }
  return weights;
}

const scoreOf = (figures: Figures, weights: readonly number[]): number =>
  figures.reduce((sum, figure, at) => sum + figure * (weights[at] ?? 0), weights.at(-1) ?? 0);

/** Chance that one of ours scores higher than one of people's, equal scores halved. */
function areaUnderCurve(scored: readonly { readonly isOwn: 0 | 1; readonly score: number }[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score);
  let below = 0;
  let wins = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end++;
    const equal = sorted.slice(start, end);
    const people = equal.filter(({ isOwn }) => isOwn === 0).length;
    wins += (equal.length - people) * (below + people / 2);
    below += people;
    start = end;
  }
  const own = sorted.length - below;
  return own === 0 || below === 0 ? 0.5 : wins / (own * below);
}
