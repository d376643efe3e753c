import { TIERS, type Tier } from '../players';
import { deviation, mean } from '../statistics';
import { checkOf, short } from './check';
import { Moments } from './moments';
import type { ReadSample } from './read-sample';
import type { Check } from './report';
import type { Run } from './runs';

/** Strokes of a tier from which on its figures are compared with the next tier's. */
const LEAST_STROKES = 1500;
const LEAST_ALIKE = 4;

interface TierFigures {
  readonly spread: Moments;
  readonly velocity: Moments;
  readonly balance: Moments;
  readonly flam: Moments;
  strokes: number;
  mishaps: number;
}

const noFigures = (): TierFigures => ({
  spread: new Moments(),
  velocity: new Moments(),
  balance: new Moments(),
  flam: new Moments(),
  strokes: 0,
  mishaps: 0,
});

/** Tiers must differ by how much they vary and how often they fail, each from the next. No value of a lower tier was ever measured. */
export class TierMeter {
  readonly #tiers = new Map<string, TierFigures>();

  add({ sample, strokes, mishaps }: ReadSample, run: Run): void {
    const tier = this.#tiers.get(sample.skill_tier) ?? noFigures();
    this.#tiers.set(sample.skill_tier, tier);
    tier.strokes += strokes.length;
    tier.mishaps += mishaps.length;
    if (run.length > 1) tier.spread.add(deviation(run.map(({ late }) => late)));
    for (const alike of Map.groupBy(run, stroke => stroke.alike).values()) {
      if (alike.length < LEAST_ALIKE) continue;
      const middle = mean(alike.map(({ velocity }) => velocity));
      for (const { velocity } of alike) tier.velocity.add(velocity / middle);
    }
    for (const ratio of handRatios(strokes)) tier.balance.add(ratio);
    for (const { is_grace_note, flam_spacing_ms } of strokes)
      if (is_grace_note && flam_spacing_ms !== null) tier.flam.add(flam_spacing_ms);
  }

  checks(): Check[] {
    return [
      this.#ordered(
        'skill_tier_timing',
        'Tiers differ in how much their errors spread',
        ({ spread }) => spread.mean,
        value => `${value.toFixed(1)} ms`,
      ),
      this.#ordered(
        'skill_tier_hand_balance',
        'Tiers differ in the balance of hands',
        ({ balance }) => -balance.mean,
        value => short(-value),
      ),
      this.#ordered(
        'skill_tier_velocity',
        'Tiers differ in how even strokes meant alike are',
        ({ velocity }) => velocity.deviation,
        value => short(value, 3),
      ),
      this.#ordered(
        'skill_tier_flams',
        'Tiers differ in how much their flams vary',
        ({ flam }) => flam.deviation,
        value => `${value.toFixed(1)} ms`,
      ),
      this.#ordered(
        'skill_tier_mishaps',
        'Tiers differ in how often they fail',
        ({ strokes, mishaps }) => (1000 * mishaps) / Math.max(1, strokes),
        value => `${value.toFixed(1)} in 1000`,
      ),
    ];
  }

  /** `figure` must fall from each tier to the next. */
  #ordered(
    name: string,
    title: string,
    figure: (tier: TierFigures) => number,
    told: (value: number) => string,
  ): Check {
    const facts = { name, title, group: 'realism' } as const;
    const wanted = 'better with every tier';
    const known = TIERS.flatMap((tier: Tier) => {
      const figures = this.#tiers.get(tier);
      return figures && figures.strokes >= LEAST_STROKES ? [{ tier, value: figure(figures) }] : [];
    });
    if (known.length < 2)
      return checkOf(facts, 'skipped', `${known.length} tiers with ${LEAST_STROKES} strokes`, wanted);
    const found = known.map(({ tier, value }) => `${tier} ${told(value)}`).join(', ');
    const isOrdered = known.every(
      ({ value }, index) => index === 0 || value < (known[index - 1]?.value ?? 0),
    );
    return checkOf(facts, isOrdered ? 'passed' : 'failed', found, wanted);
  }
}

/** The softer hand by the louder one, of each kind of stroke that both play. */
function handRatios(strokes: ReadSample['strokes']): number[] {
  return [
    ...Map.groupBy(strokes, ({ stroke_type, diddle_position }) => `${stroke_type} ${diddle_position}`),
  ].flatMap(([kind, alike]) => {
    if (kind.startsWith('grace')) return [];
    const [left, right] = (['L', 'R'] as const).map(side =>
      alike.filter(({ hand }) => hand === side).map(({ actual_velocity }) => actual_velocity),
    );
    if (!left || !right || left.length < LEAST_ALIKE || right.length < LEAST_ALIKE) return [];
    const [softer = 0, louder = 1] = [mean(left), mean(right)].sort((a, b) => a - b);
    return [softer / louder];
  });
}
