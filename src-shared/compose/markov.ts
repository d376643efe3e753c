import { Random } from '../base';
import { compareText, type Meter, meterText, type Pattern, stepsPerBar } from '../model';
import { isFillBar } from './beats';
import type { PatternGenerator } from './generator';
import { composeSkeleton, SKELETON_DEFAULTS } from './skeleton';
import { type BarTokens, patternOfTokens, type Token, tokensOf } from './tokens';

/** How often the given groove counts beside one skeleton, so that its style leads. */
const GIVEN_WEIGHT = 12;
const STYLES_LEARNT = ['four', 'rock', 'dense'] as const;
/** Skeletons learnt from: each style with this many seeds, eight bars each. */
const SEEDS_A_STYLE = 6;

/** How often each token followed in a context. */
type Counts = Map<string, Map<Token, number>>;

/**
 * A Markov chain over the tokens of steps: each is drawn given its place in the bar, the kind of bar and the two
 * tokens before it, or fewer of them where that was never seen. It learns from the skeleton styles in the given groove's own meters and from
 * that groove, anew at each call, so nothing is stored.
 */
export const markov: PatternGenerator = ({ given, seed, temperature }) => {
  const counts: Counts = new Map();
  for (const meter of distinct(given.bars)) {
    for (const skeleton of skeletonsIn(meter)) learn(counts, skeleton, 1);
  }
  learn(counts, given, GIVEN_WEIGHT);
  const random = Random.ofSeed(seed).fork('markov');
  let [beforeLast, last]: readonly Token[] = ['', ''];
  const bars = given.bars.map((meter, bar) =>
    Array.from({ length: stepsPerBar(meter) }, (_, step): Token => {
      const contexts = contextsOf(meter, bar, step, beforeLast ?? '', last ?? '');
      const options = contexts.map(context => counts.get(context)).find(each => each !== undefined);
      const token = draw(options ?? new Map([['', 1]]), temperature, random.fork(bar, step));
      [beforeLast, last] = [last, token];
      return token;
    }),
  );
  return patternOfTokens(bars, { tempo: given.tempo, meters: [...given.bars] });
};

const distinct = (meters: readonly Meter[]): Meter[] => [
  ...new Map(meters.map(meter => [meterText(meter), meter])).values(),
];

const skeletonsIn = (meter: Meter): Pattern[] =>
  STYLES_LEARNT.flatMap(style =>
    Array.from({ length: SEEDS_A_STYLE }, (_, seed) =>
      composeSkeleton({
        ...SKELETON_DEFAULTS,
        style,
        meter,
        seed,
        tempo: 120,
        bars: 8,
        fillProbability: 0.5,
      }),
    ),
  );

function learn(counts: Counts, pattern: Pattern, weight: number): void {
  const bars: BarTokens[] = tokensOf(pattern);
  let [beforeLast, last]: readonly Token[] = ['', ''];
  for (const [bar, meter] of pattern.bars.entries()) {
    for (const [step, token] of (bars[bar] ?? []).entries()) {
      for (const context of contextsOf(meter, bar, step, beforeLast ?? '', last ?? '')) {
        const options = counts.get(context) ?? new Map<Token, number>();
        options.set(token, (options.get(token) ?? 0) + weight);
        counts.set(context, options);
      }
      [beforeLast, last] = [last, token];
    }
  }
}

/** The contexts of one step, the richest first. */
function contextsOf(meter: Meter, bar: number, step: number, beforeLast: Token, last: Token): string[] {
  const kind = bar === 0 ? 'first' : isFillBar(bar) ? 'fourth' : 'inner';
  const place = `${meterText(meter)} ${kind} ${step}`;
  return [`${place}|${beforeLast}|${last}`, `${place}|${last}`, place, `${meterText(meter)} ${step}`];
}

function draw(options: ReadonlyMap<Token, number>, temperature: number, random: Random): Token {
  const tokens = [...options].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  if (temperature === 0) return tokens[0]?.[0] ?? '';
  const most = tokens[0]?.[1] ?? 1;
  const index = random.weighted(tokens.map(([, count]) => (count / most) ** (1 / temperature)));
  return tokens[index]?.[0] ?? '';
}
