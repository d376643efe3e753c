import { Random } from '../../base';
import { mean } from '../statistics';
import type { Tier } from '../players';
import { checkOf, grouped, short } from './check';
import { binnedDistance, energyDistance } from './histogram';
import { Moments } from './moments';
import { OrnamentMeter } from './ornaments';
import type { Anchors, People } from './people';
import { extraStrokes, type ReadSample } from './read-sample';
import type { Check, Distribution } from './report';
import { LAGS, QUANTITIES, QUANTITY_NAMES, type Quantity, type Run, RunMeter } from './runs';
import { TierMeter } from './tiers';
import { twoSampleArea } from './two-samples';

const PEOPLE_TIER: Tier = 'professional';
/** Fewer windows of errors than this say nothing about people. */
const LEAST_WINDOWS = 30;
/** Greatest Kolmogorov-Smirnov distance that passes, and that is only warned of: a pad exercise is no groove, and may be played otherwise. */
const MOST_DISTANCE = 0.1;
const WARNED_DISTANCE = 0.2;
const MOST_LAG_DIFFERENCE = 0.15;
/** From here on a classifier tells ours from people's easily; told, and no reason to refuse. */
const EASY_AREA = 0.75;
const LEAST_VALUES = 200;
const LEAST_PLAYERS = 3;

/** How near the performances of a dataset are to those of people; only its top tier is comparable with what was measured. */
export class RealismMeter {
  readonly #anchors: Anchors;
  readonly #people: People;
  readonly #runs = new RunMeter();
  /** The same errors in another order: what has no memory must not pass. */
  readonly #shuffled = new RunMeter();
  readonly #places = new Map<string, Moments>();
  readonly #ornaments: OrnamentMeter;
  readonly #tiers = new TierMeter();
  readonly #performances = new Set<string>();

  constructor(anchors: Anchors, people: People) {
    this.#anchors = anchors;
    this.#people = people;
    this.#ornaments = new OrnamentMeter(anchors);
  }

  add(read: ReadSample): void {
    const { sample } = read;
    // Recordings of one performance are played alike: it counts once.
    if (this.#performances.has(sample.augmentation_group_id)) return;
    this.#performances.add(sample.augmentation_group_id);
    const run = runOf(read);
    this.#tiers.add(read, run);
    if (sample.skill_tier !== PEOPLE_TIER) return;
    this.#runs.add(run, sample.profile_id);
    this.#shuffled.add(shuffledRun(run, sample.sample_id), sample.profile_id);
    const place = this.#places.get(sample.profile_id) ?? new Moments();
    this.#places.set(sample.profile_id, place);
    for (const { late } of run) place.add(late);
    this.#ornaments.add(read);
  }

  checks(): Check[] {
    return [
      ...this.#tiers.checks(),
      this.#autocorrelation(),
      this.#windowLags(),
      this.#intervalLag(),
      this.#spread(),
      this.#place(),
      ...QUANTITY_NAMES.map(name => this.#distance(name)),
      this.#classifier(),
      ...this.#ornaments.checks(),
    ];
  }

  distributions(): Distribution[] {
    const { source } = this.#people;
    return [
      ...QUANTITY_NAMES.filter(name => this.#runs.histogram(name).count >= LEAST_VALUES).map(
        (name): Distribution => ({
          name,
          title: `${QUANTITIES[name].title}, professional`,
          unit: QUANTITIES[name].unit,
          edges: [...QUANTITIES[name].edges],
          generated: this.#runs.histogram(name).shares,
          measured: [...this.#people.histograms[name]],
          source,
          distance: this.#distanceOf(name),
        }),
      ),
      ...this.#ornaments.distributions(),
    ];
  }

  #distanceOf(name: Quantity): number {
    return binnedDistance(this.#runs.histogram(name).shares, this.#people.histograms[name]);
  }

  #tooFew(facts: Parameters<typeof checkOf>[0], wanted: string): Check {
    return checkOf(
      facts,
      'skipped',
      `${this.#runs.spreads.length} stretches by ${this.#places.size} professionals; ${LEAST_WINDOWS} by ${LEAST_PLAYERS} are needed`,
      wanted,
    );
  }

  get #hasEnough(): boolean {
    return this.#runs.spreads.length >= LEAST_WINDOWS && this.#places.size >= LEAST_PLAYERS;
  }

  /**
   * Of whole performances. What a shuffle leaves comes of performances that stand apart as a whole, which a dataset of short ones has and
   * long files have not: it is taken off, and what has no memory is at 0.
   */
  #autocorrelation(): Check {
    const facts = {
      name: 'error_autocorrelation',
      title: 'What is late stays late, by player',
      group: 'realism',
    } as const;
    const { lags, within } = this.#anchors.autocorrelation;
    const wanted = `${told(lags)} ± ${short(within)} at lags ${LAGS.join(' ')}`;
    const known = this.#runs.lagsOfPlayers;
    if (!this.#hasEnough || known.some(lag => lag === null)) return this.#tooFew(facts, wanted);
    const shuffled = this.#shuffled.lagsOfPlayers;
    const own = known.map((lag, index) => {
      const left = shuffled[index] ?? 0;
      return ((lag ?? 0) - left) / (1 - left);
    });
    const isNear = own.every((lag, index) => Math.abs(lag - (lags[index] ?? 0)) <= within);
    return checkOf(
      facts,
      isNear ? 'passed' : 'failed',
      `${told(own)} above the ${told(shuffled)} of a shuffle`,
      wanted,
    );
  }

  #windowLags(): Check {
    const facts = {
      name: 'error_autocorrelation_stretches',
      title: 'What is late stays late, within 16 strokes',
      group: 'realism',
    } as const;
    const wanted = `${told(this.#people.lags)} ± ${short(MOST_LAG_DIFFERENCE)} at lags ${LAGS.join(' ')}`;
    if (!this.#hasEnough) return this.#tooFew(facts, wanted);
    const own = this.#runs.lags;
    const isNear = own.every(
      (lag, index) => Math.abs((lag ?? 0) - (this.#people.lags[index] ?? 0)) <= MOST_LAG_DIFFERENCE,
    );
    return checkOf(
      facts,
      isNear ? 'passed' : 'failed',
      `${told(own)}; shuffled ${told(this.#shuffled.lags)}`,
      wanted,
    );
  }

  #intervalLag(): Check {
    const facts = {
      name: 'interval_autocorrelation',
      title: 'A long interval is followed by a short one',
      group: 'realism',
    } as const;
    const { low, high } = this.#anchors.interval_lag;
    const wanted = `${short(low)} to ${short(high)}; people ${short(this.#people.interval_lag)}`;
    const own = this.#runs.intervalLag;
    if (!this.#hasEnough || own === null) return this.#tooFew(facts, wanted);
    const state = own >= low && own <= high ? 'passed' : 'failed';
    return checkOf(facts, state, `${short(own)} at lag 1`, wanted);
  }

  #spread(): Check {
    const facts = {
      name: 'error_spread',
      title: 'Spread of errors within 16 strokes',
      group: 'realism',
    } as const;
    const { p2, p50, p95 } = this.#people.spread;
    const wanted = `80 % between ${p2.toFixed(1)} and ${p95.toFixed(1)} ms; people's median ${p50.toFixed(1)} ms`;
    if (!this.#hasEnough) return this.#tooFew(facts, wanted);
    const { spreads } = this.#runs;
    const within = spreads.filter(spread => spread >= p2 && spread <= p95).length / spreads.length;
    const median = spreads[spreads.length >> 1] ?? 0;
    const state = within >= 0.8 ? 'passed' : within >= 0.5 ? 'warned' : 'failed';
    return checkOf(
      facts,
      state,
      `median ${median.toFixed(1)} ms, ${(100 * within).toFixed(0)} % within`,
      wanted,
    );
  }

  #place(): Check {
    const facts = {
      name: 'place_to_click',
      title: 'Where professionals stand to the click',
      group: 'realism',
    } as const;
    const { drummers, low, high } = this.#anchors.place;
    // Of another drummer no more can be wanted: so often one more of a population lies between the least and the greatest of so many.
    const share = (drummers - 1) / (drummers + 1);
    const wanted = `${(100 * share).toFixed(0)} % between ${low} and ${high} ms, as people’s ${drummers}`;
    const places = [...this.#places.values()].map(place => place.mean);
    if (places.length < LEAST_PLAYERS) return checkOf(facts, 'skipped', `${places.length} players`, wanted);
    const within = places.filter(place => place >= low && place <= high).length;
    return checkOf(
      facts,
      within >= share * places.length ? 'passed' : within >= 0.5 * places.length ? 'warned' : 'failed',
      `${within} of ${places.length}, mean ${mean(places).toFixed(1)} ms`,
      wanted,
    );
  }

  #distance(name: Quantity): Check {
    const { title, edges } = QUANTITIES[name];
    const facts = { name: `distribution_${name}`, title, group: 'realism' } as const;
    const wanted = `KS at most ${short(MOST_DISTANCE)}`;
    const own = this.#runs.histogram(name);
    if (own.count < LEAST_VALUES || !this.#hasEnough) return this.#tooFew(facts, wanted);
    const distance = this.#distanceOf(name);
    const energy = energyDistance(
      own.shares,
      this.#people.histograms[name],
      (edges[1] ?? 1) - (edges[0] ?? 0),
    );
    const state = distance <= MOST_DISTANCE ? 'passed' : distance <= WARNED_DISTANCE ? 'warned' : 'failed';
    return checkOf(
      facts,
      state,
      `KS ${short(distance, 3)}, energy ${short(energy, 3)}, of ${grouped(own.count)}`,
      wanted,
    );
  }

  #classifier(): Check {
    const facts = {
      name: 'two_sample_classifier',
      title: 'A classifier cannot tell them from people',
      group: 'realism',
    } as const;
    const wanted = `area near .5, below ${short(EASY_AREA)}`;
    if (!this.#hasEnough) return this.#tooFew(facts, wanted);
    const area = twoSampleArea(this.#runs.windows, this.#people.figures);
    const shuffled = twoSampleArea(this.#shuffled.windows, this.#people.figures);
    const state = area < EASY_AREA ? 'passed' : 'warned';
    return checkOf(facts, state, `area ${short(area)}; shuffled ${short(shuffled)}`, wanted);
  }
}

const told = (lags: readonly (number | null)[]): string => lags.map(lag => short(lag ?? 0)).join(' ');

/** The primary strokes that were asked for; of a chord the first. */
function runOf(read: ReadSample): Run {
  const extra = extraStrokes(read);
  const run: Run[number][] = [];
  for (const stroke of read.strokes) {
    const { index, is_grace_note, intended_time_ms, timing_error_ms, actual_velocity } = stroke;
    if (is_grace_note || extra.has(index)) continue;
    if (intended_time_ms - (run.at(-1)?.intended ?? -Infinity) < 1) continue;
    run.push({
      intended: intended_time_ms,
      late: timing_error_ms,
      velocity: actual_velocity,
      alike: `${stroke.hand} ${stroke.stroke_type} ${stroke.diddle_position}`,
    });
  }
  return run;
}

function shuffledRun(run: Run, seed: string): Run {
  const late = Random.ofSeed(seed).shuffled(run.map(stroke => stroke.late));
  return run.map((stroke, index) => ({ ...stroke, late: late[index] ?? 0 }));
}
