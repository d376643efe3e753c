/** What is struck in each bar: instrument and sixteenth, with its velocity. */
export type BarContent = ReadonlyMap<string, number>;

/** Bars side by side that show best what the groove is. */
export interface BarRange {
  readonly first: number;
  readonly count: number;
}

/** How alike two bars are, 0..1: what they share of what they have, by velocity. Two empty ones share nothing. */
export function likenessOfBars(a: BarContent, b: BarContent): number {
  let shared = 0;
  let all = 0;
  for (const [place, velocity] of a) {
    const other = b.get(place) ?? 0;
    shared += Math.min(velocity, other);
    all += Math.max(velocity, other);
  }
  for (const [place, velocity] of b) if (!a.has(place)) all += velocity;
  return all > 0 ? shared / all : 0;
}

/** Bars looked at for one likeness: an hour of music need not be compared with itself bar by bar. */
const MOST_COMPARED = 400;
/** Phrases begin where the song's fours do, unless another place is clearly better. */
const PHRASE_BONUS = 0.02;

/**
 * `count` bars in a row that are most like all of the song's: their mean likeness to every other bar is the greatest. The first of
 * equals.
 *
 * @param phraseStart a bar at which a phrase of four begins
 */
export function typicalBars(bars: readonly BarContent[], count: number, phraseStart: number): BarRange {
  const width = Math.min(count, bars.length);
  const step = Math.max(1, Math.ceil(bars.length / MOST_COMPARED));
  const likeness = bars.map((bar, index) => {
    let sum = 0;
    for (let other = 0; other < bars.length; other += step)
      if (other !== index) sum += likenessOfBars(bar, bars[other]!);
    return sum / Math.max(1, Math.ceil(bars.length / step) - 1);
  });
  let best = -Infinity;
  let first = 0;
  for (let start = 0; start + width <= bars.length; start++) {
    let score = 0;
    for (let bar = start; bar < start + width; bar++) score += likeness[bar]! / width;
    if ((start - phraseStart) % 4 === 0) score += PHRASE_BONUS;
    if (score > best + 1e-9) {
      best = score;
      first = start;
    }
  }
  return { first, count: width };
}
