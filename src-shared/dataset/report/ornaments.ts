import { type Check, type Distribution } from './report';
import { checkOf, grouped } from './check';
import { edgesOf, Histogram } from './histogram';
import { Moments } from './moments';
import type { Anchors } from './people';
import type { ReadSample, StrokeRow } from './read-sample';

/** Tempos at which ornaments are looked at, each alone: about 60, 90, 120 and 180 BPM. */
const TEMPO_BANDS = [
  [0, 75],
  [75, 105],
  [105, 150],
  [150, Infinity],
] as const;
/** Fewer say nothing of a spread. */
const LEAST_COUNT = 30;
/** The ornaments of fewer players are those players', and at one tempo of fewer than so many. */
const LEAST_PLAYERS = 3;
const LEAST_PLAYERS_OF_TEMPO = 5;
/** How far a mean may stand from the people's in their deviations, and by what factor the deviation may differ. */
const MOST_SHIFT = 0.5;
const MOST_FACTOR = 1.6;
const EDGES = edgesOf(0, 120, 4);
/** Of the bounces of a buzz. */
const LEAST_WITHIN = 0.95;
/** A fault of its own, labelled: no spacing of a flam. */
const FAULTS: ReadonlySet<string> = new Set(['flat_flam', 'inverted_flam']);

const SPACINGS = {
  flam: { name: 'ornament_flam', title: 'Flams, grace to stroke' },
  drag_first: { name: 'ornament_drag_first', title: 'Drags, first to second grace' },
  drag_second: { name: 'ornament_drag_second', title: 'Drags, second grace to stroke' },
} as const;
type Spacing = keyof typeof SPACINGS;
const SPACING_NAMES = Object.keys(SPACINGS) as readonly Spacing[];

interface Spaced {
  readonly bands: readonly { readonly moments: Moments; readonly players: Set<string> }[];
  readonly all: Moments;
  readonly shares: Histogram;
}

const noneSpaced = (): Spaced => ({
  bands: TEMPO_BANDS.map(() => ({ moments: new Moments(), players: new Set() })),
  all: new Moments(),
  shares: new Histogram(EDGES),
});

/** Graces and buzzes of the professional tier, the only one that was measured on people. */
export class OrnamentMeter {
  readonly #spacings: Readonly<Record<Spacing, Spaced>> = {
    flam: noneSpaced(),
    drag_first: noneSpaced(),
    drag_second: noneSpaced(),
  };
  #bounces = 0;
  #within = 0;
  #buzzes = 0;
  #fullBuzzes = 0;
  readonly #anchors: Anchors;

  constructor(anchors: Anchors) {
    this.#anchors = anchors;
  }

  add(read: ReadSample): void {
    const { sample, strokes, mishaps } = read;
    const faulty = new Set(
      mishaps.filter(({ kind }) => FAULTS.has(kind)).map(({ stroke_index }) => stroke_index),
    );
    const band = TEMPO_BANDS.findIndex(([low, high]) => sample.tempo_bpm >= low && sample.tempo_bpm < high);
    for (const [parent, graces] of Map.groupBy(
      strokes.filter(({ is_grace_note }) => is_grace_note),
      ({ parent_stroke_index }) => parent_stroke_index,
    )) {
      const stroke = parent === null ? undefined : strokes[parent];
      if (!stroke || faulty.has(parent)) continue;
      const [first, second] = graces;
      if (graces.length === 1 && first)
        this.#space('flam', band, sample.profile_id, stroke.actual_time_ms - first.actual_time_ms);
      if (graces.length === 2 && first && second) {
        this.#space('drag_first', band, sample.profile_id, second.actual_time_ms - first.actual_time_ms);
        this.#space('drag_second', band, sample.profile_id, stroke.actual_time_ms - second.actual_time_ms);
      }
    }
    this.#buzz(read);
  }

  #space(name: Spacing, band: number, player: string, milliseconds: number): void {
    const { bands, all, shares } = this.#spacings[name];
    bands[band]?.moments.add(milliseconds);
    bands[band]?.players.add(player);
    all.add(milliseconds);
    shares.add(milliseconds);
  }

  /** Bounces stand in the MIDI file only. */
  #buzz({ strokes, notes }: ReadSample): void {
    if (notes === null || strokes.every(({ buzz_count }) => buzz_count === null)) return;
    const { low, high, contacts } = this.#anchors.buzz;
    const ordered = strokes.toSorted((a, b) => a.actual_time_ms - b.actual_time_ms);
    ordered.forEach(({ buzz_count, actual_time_ms }: StrokeRow, index) => {
      if (buzz_count === null) return;
      const until = ordered[index + 1]?.actual_time_ms ?? Infinity;
      const own = notes.filter(({ ms }) => ms > actual_time_ms - 1 && ms < until - 1);
      this.#buzzes++;
      if (own.length >= contacts) this.#fullBuzzes++;
      for (let at = 1; at < own.length; at++) {
        const gap = (own[at]?.ms ?? 0) - (own[at - 1]?.ms ?? 0);
        this.#bounces++;
        // A tick of the file is up to half a millisecond away.
        if (gap >= low - 1 && gap <= high + 1) this.#within++;
      }
    });
  }

  checks(): Check[] {
    return [...SPACING_NAMES.map(name => this.#spacingCheck(name)), this.#buzzCheck()];
  }

  #spacingCheck(name: Spacing): Check {
    const facts = { ...SPACINGS[name], group: 'realism' } as const;
    const people = this.#anchors[name];
    const { bands, all } = this.#spacings[name];
    const wanted = `${people.mean} ± ${people.sd} ms at every tempo`;
    const everybody = new Set(bands.flatMap(({ players }) => [...players])).size;
    if (all.count < LEAST_COUNT || everybody < LEAST_PLAYERS)
      return checkOf(facts, 'skipped', `${all.count} by ${everybody} professionals`, wanted);
    const tellOf = (moments: Moments): string =>
      `${moments.mean.toFixed(1)} ± ${moments.deviation.toFixed(1)} ms`;
    const off = bands.flatMap(({ moments, players }, index) => {
      if (players.size < LEAST_PLAYERS_OF_TEMPO || moments.count < LEAST_COUNT || isHuman(moments, people))
        return [];
      const [low, high] = TEMPO_BANDS[index] ?? [0, 0];
      return [
        `${high === Infinity ? `${low} BPM and above` : low === 0 ? `below ${high} BPM` : `${low} to ${high} BPM`}: ${tellOf(moments)} of ${grouped(moments.count)}`,
      ];
    });
    const state = off.length === 0 && isHuman(all, people) ? 'passed' : 'failed';
    return checkOf(facts, state, `${tellOf(all)} of ${grouped(all.count)}`, wanted, off);
  }

  #buzzCheck(): Check {
    const facts = { name: 'ornament_buzz', title: 'Buzzes, bounce to bounce', group: 'realism' } as const;
    const { low, high, contacts } = this.#anchors.buzz;
    const wanted = `${low} to ${high} ms for 95 %, at least ${contacts} contacts`;
    if (this.#buzzes < LEAST_COUNT)
      return checkOf(facts, 'skipped', `${this.#buzzes} by professionals`, wanted);
    const within = this.#within / Math.max(1, this.#bounces);
    const full = this.#fullBuzzes / this.#buzzes;
    const state = within >= LEAST_WITHIN && full >= LEAST_WITHIN ? 'passed' : 'failed';
    return checkOf(
      facts,
      state,
      `${(100 * within).toFixed(1)} % of ${grouped(this.#bounces)} bounces, ${(100 * full).toFixed(1)} % of ${grouped(this.#buzzes)} buzzes full`,
      wanted,
    );
  }

  /** The people's are known by mean and deviation only. */
  distributions(): Distribution[] {
    return SPACING_NAMES.filter(name => this.#spacings[name].all.count >= LEAST_COUNT).map(name => ({
      name: SPACINGS[name].name,
      title: `${SPACINGS[name].title}, professional`,
      unit: 'ms',
      edges: EDGES,
      generated: this.#spacings[name].shares.shares,
      measured: null,
      source: `A lesson's: ${this.#anchors[name].mean} ± ${this.#anchors[name].sd} ms; ${this.#anchors[name].source}`,
      distance: null,
    }));
  }
}

const isHuman = (own: Moments, people: Anchors['flam']): boolean =>
  Math.abs(own.mean - people.mean) <= MOST_SHIFT * people.sd &&
  own.deviation <= MOST_FACTOR * people.sd &&
  own.deviation >= people.sd / MOST_FACTOR;
