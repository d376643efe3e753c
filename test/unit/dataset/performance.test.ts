import { parseMidi } from 'midi-file';
import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import {
  encodePerformance,
  type ExerciseSpec,
  grooveMaterial,
  grooveOfMidi,
  LEAD_IN_MS,
  type Mishap,
  MISHAPS,
  type PerformedStroke,
  type Performance,
  performExercise,
  rudimentMaterial,
  samplePlayer,
  type Tier,
  TIERS,
} from '#shared/dataset';
import { decodeMidi, encodeMidi } from '#shared/model';

const rudiments = bundledRudiments();

function exercise(slug: string, tier: Tier, tempo: number, rest: Partial<ExerciseSpec> = {}): Performance {
  const rudiment = rudiments.find(each => each.slug === slug);
  if (!rudiment) throw new Error(`no ${slug}`);
  return performExercise({
    datasetSeed: 1,
    player: samplePlayer(1, tier, 0),
    material: rudimentMaterial(rudiment, 'R'),
    tempo,
    take: 0,
    length: { seconds: 12 },
    ...rest,
  });
}

/** All rudiments by several players of a tier. */
const everything = (tier: Tier, tempo: number, players = 4): Performance[] =>
  rudiments.flatMap(({ slug }) =>
    Array.from({ length: players }, (_, number) =>
      exercise(slug, tier, tempo, { player: samplePlayer(1, tier, number) }),
    ),
  );

interface Figures {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** Mean, deviation, p10 and p90. */
function figures(values: readonly number[]): Figures {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const power = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { mean, deviation: Math.sqrt(power), low: at(0.1), high: at(0.9) };
}

const isFalling = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value < (values[index - 1] ?? 0));

interface Ornaments {
  readonly flams: number[];
  readonly firstGaps: number[];
  readonly secondGaps: number[];
  readonly bounces: number[];
  readonly shares: number[];
}

function ornamentsOf(performances: readonly Performance[]): Ornaments {
  const found: Ornaments = { flams: [], firstGaps: [], secondGaps: [], bounces: [], shares: [] };
  for (const { strokes, mishaps } of performances) {
    const faulty = new Set(mishaps.map(({ stroke_index }) => stroke_index));
    const graces = new Map<number, PerformedStroke[]>();
    for (const stroke of strokes) {
      if (stroke.parent_stroke_index !== null)
        graces.set(stroke.parent_stroke_index, [...(graces.get(stroke.parent_stroke_index) ?? []), stroke]);
      let time = stroke.actual_time_ms;
      for (const { time_ms } of stroke.bounces) {
        found.bounces.push(time_ms - time);
        time = time_ms;
      }
    }
    for (const [index, [first, second]] of graces) {
      const primary = strokes[index];
      if (!primary || !first || faulty.has(index)) continue;
      found.shares.push(first.actual_velocity / primary.actual_velocity);
      if (second) {
        found.firstGaps.push(second.actual_time_ms - first.actual_time_ms);
        found.secondGaps.push(primary.actual_time_ms - second.actual_time_ms);
      } else found.flams.push(primary.actual_time_ms - first.actual_time_ms);
    }
  }
  return found;
}

describe('ornaments of professionals', () => {
  it.each([60, 90, 120, 180])('lie within what was measured on people at %i BPM', tempo => {
    const { flams, firstGaps, secondGaps, bounces, shares } = ornamentsOf(everything('professional', tempo));
    const flam = figures(flams);
    expect(Math.abs(flam.mean - 42.5)).toBeLessThan(2.5);
    expect(Math.abs(flam.deviation - 8.1)).toBeLessThan(1.5);
    expect(Math.abs(flam.low - 32.4)).toBeLessThan(3);
    expect(Math.abs(flam.high - 51.5)).toBeLessThan(3);
    const [first, second] = [figures(firstGaps), figures(secondGaps)];
    expect(Math.abs(first.mean - 58.1)).toBeLessThan(2);
    expect(Math.abs(first.deviation - 5.8)).toBeLessThan(1.2);
    expect(Math.abs(second.mean - 59.1)).toBeLessThan(2);
    expect(Math.abs(second.deviation - 11.7)).toBeLessThan(2);
    expect(Math.min(...bounces)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...bounces)).toBeLessThanOrEqual(40);
    expect(figures(shares).low).toBeGreaterThan(0.32);
    expect(figures(shares).high).toBeLessThan(0.81);
  });

  it('vary more from tier to tier downwards', () => {
    const spreads = TIERS.map(tier => {
      const { flams, secondGaps } = ornamentsOf(everything(tier, 90, 3));
      return [figures(flams).deviation, figures(secondGaps).deviation] as const;
    });
    expect(isFalling(spreads.map(([flam]) => flam))).toBe(true);
    expect(isFalling(spreads.map(([, drag]) => drag))).toBe(true);
  });

  it('fill the slot of a buzzed stroke with three bounces or more', () => {
    for (const tempo of [60, 100, 160]) {
      const { strokes } = exercise('multiple_bounce_roll', 'professional', tempo);
      const slot = 15_000 / tempo;
      for (const { buzz_count, bounces, actual_time_ms } of strokes) {
        expect(buzz_count).toBe(bounces.length + 1);
        expect(buzz_count).toBeGreaterThanOrEqual(3);
        const filled = (bounces.at(-1)?.time_ms ?? 0) - actual_time_ms;
        expect(filled).toBeGreaterThan(slot / 2);
      }
    }
  });
});

describe('a performance', () => {
  it('does not depend on what else is played, and on everything that it is named by', () => {
    const once = exercise('flam_tap', 'advanced', 120);
    exercise('drag', 'beginner', 90);
    expect(exercise('flam_tap', 'advanced', 120)).toEqual(once);
    expect(structuredClone(once)).toEqual(once);
    const others = [
      exercise('flam_tap', 'advanced', 120, { datasetSeed: 2 }),
      exercise('flam_tap', 'advanced', 120, { take: 1 }),
      exercise('flam_tap', 'advanced', 120, { player: samplePlayer(1, 'advanced', 1) }),
      exercise('flam_tap', 'advanced', 121),
    ];
    for (const other of others)
      expect(other.strokes.map(stroke => stroke.actual_velocity)).not.toEqual(
        once.strokes.map(stroke => stroke.actual_velocity),
      );
  });

  it('begins the same however many cycles follow', () => {
    const short = exercise('single_stroke_roll', 'professional', 120, { length: { cycles: 2 } });
    const long = exercise('single_stroke_roll', 'professional', 120, { length: { cycles: 8 } });
    expect(short.strokes).toHaveLength(16);
    expect(long.strokes).toHaveLength(64);
    short.strokes.slice(0, 15).forEach((stroke, index) => {
      expect(stroke.actual_time_ms).toBeCloseTo(long.strokes[index]?.actual_time_ms ?? 0, 0);
    });
  });

  it('holds as many whole cycles as fit into a fixed duration, and lasts as long', () => {
    const { cycles, duration_ms, strokes } = exercise('single_paradiddle', 'professional', 120, {
      length: { seconds: 5 },
    });
    expect(cycles).toBe(8);
    expect(duration_ms).toBe(5000);
    expect(strokes).toHaveLength(32);
    expect(strokes[0]?.intended_time_ms).toBe(LEAD_IN_MS);
  });

  it('begins after its start, however early a beginner is, with room for the graces of the first stroke', () => {
    const drag = rudiments.find(({ slug }) => slug === 'drag');
    if (!drag) throw new Error('no drag');
    const firsts = [2, 16, 117, 205, 218, 291].map(number => {
      const player = samplePlayer(42, 'beginner', number);
      const material = rudimentMaterial(drag, 'L');
      const spec = { datasetSeed: 42, player, material, tempo: 61, take: 0, length: { cycles: 4 } };
      return performExercise(spec).strokes.slice(0, 3);
    });
    for (const strokes of firsts) {
      const times = strokes.map(({ actual_time_ms }) => actual_time_ms);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(18);
    }
  });

  it('changes hands from figure to figure where the rudiment does', () => {
    const handsOf = (slug: string): string =>
      exercise(slug, 'professional', 60, { length: { cycles: 2 } })
        .strokes.map(({ hand, stroke_type }) => (stroke_type === 'grace' ? hand.toLowerCase() : hand))
        .join('');
    expect(handsOf('single_paradiddle')).toBe('RLRRLRLL');
    expect(handsOf('single_paradiddle_diddle')).toBe('RLRRLLRLRRLL');
    expect(handsOf('drag_paradiddle_1')).toBe('RllRLRRLrrLRLL');
  });

  it('tells of every mishap, and mishaps are rarer from tier to tier', () => {
    const counts = TIERS.map(tier => {
      const kinds = new Map<Mishap, number>(MISHAPS.map(kind => [kind, 0]));
      for (const { mishaps } of everything(tier, 120, 3))
        for (const { kind } of mishaps) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      return kinds;
    });
    for (const kind of MISHAPS) expect(counts[0]?.get(kind)).toBeGreaterThan(0);
    const totals = counts.map(kinds => [...kinds.values()].reduce((sum, count) => sum + count, 0));
    expect(isFalling(totals)).toBe(true);
  });

  it('shows each mishap as it is labelled', () => {
    const shown: Record<Mishap, (stroke: PerformedStroke | undefined, played: Performance) => boolean> = {
      missed_stroke: stroke => stroke === undefined,
      extra_stroke: (stroke, { strokes }) =>
        stroke !== undefined && strokes[strokes.indexOf(stroke) + 1]?.is_extra === true,
      wrong_hand: (stroke, { spec: { material } }) => {
        const slots = material.cycles[(stroke?.cycle ?? 0) % material.cycles.length] ?? [];
        const within = (stroke?.beat ?? 0) - (stroke?.cycle ?? 0) * material.beatsPerCycle;
        const slot = slots.find(({ beat }) => Math.abs(beat - within) < 1e-6);
        return slot !== undefined && stroke !== undefined && slot.hand !== stroke.hand;
      },
      collapsed_diddle: stroke => stroke?.diddle_position === 2,
      flat_flam: stroke => Math.abs(stroke?.flam_spacing_ms ?? 99) < 8,
      inverted_flam: stroke => (stroke?.flam_spacing_ms ?? 99) <= -8,
      stumble: stroke => stroke !== undefined,
      tempo_step: stroke => stroke !== undefined,
      hesitation: stroke => stroke !== undefined,
    };
    for (const played of everything('beginner', 100, 2))
      for (const { kind, stroke_index } of played.mishaps) {
        const stroke = stroke_index === null ? undefined : played.strokes[stroke_index];
        expect([kind, shown[kind](stroke, played)]).toEqual([kind, true]);
      }
  });

  it('is softer of the weak hand and louder on accents', () => {
    const player = { ...samplePlayer(1, 'beginner', 0), dominant_hand: 'right' as const };
    const { strokes } = exercise('single_stroke_roll', 'beginner', 80, { player, length: { cycles: 40 } });
    const loudness = (hand: 'R' | 'L'): number =>
      figures(strokes.filter(each => each.hand === hand).map(each => each.actual_velocity)).mean;
    expect(loudness('L') / loudness('R')).toBeCloseTo(player.dimensions.lr_velocity_ratio, 1);
    const pro = exercise('single_paradiddle', 'professional', 120);
    const mean = (isAccent: boolean): number =>
      figures(pro.strokes.filter(each => each.is_accent === isAccent).map(each => each.actual_velocity)).mean;
    expect(mean(true)).toBeGreaterThan(2 * mean(false));
  });
});

describe('the MIDI of a performance', () => {
  it('has every stroke and bounce on channel 10 at 960 ticks a quarter, within half a tick of its label', () => {
    for (const slug of ['flam_drag', 'triple_ratamacue', 'multiple_bounce_roll', 'single_dragadiddle']) {
      const played = exercise(slug, 'professional', 140);
      const { header, tracks } = parseMidi(encodePerformance(played));
      expect(header).toMatchObject({ format: 0, ticksPerBeat: 960 });
      let tick = 0;
      const ons: { tick: number; velocity: number }[] = [];
      let offs = 0;
      let perQuarter = 0;
      for (const event of tracks[0] ?? []) {
        tick += event.deltaTime;
        if (event.type === 'setTempo') perQuarter = event.microsecondsPerBeat;
        if (event.type === 'noteOff') offs++;
        if (event.type !== 'noteOn') continue;
        expect(event).toMatchObject({ channel: 9, noteNumber: 38 });
        ons.push({ tick, velocity: event.velocity });
      }
      const expected = played.strokes
        .flatMap(({ actual_time_ms, actual_velocity, bounces }) => [
          { time: actual_time_ms, velocity: actual_velocity },
          ...bounces.map(({ time_ms, velocity }) => ({ time: time_ms, velocity: Math.round(velocity) })),
        ])
        .sort((a, b) => a.time - b.time);
      expect(ons).toHaveLength(expected.length);
      expect(offs).toBe(ons.length);
      const halfTick = perQuarter / 1920 / 1000;
      expected.forEach(({ time, velocity }, index) => {
        const on = ons[index];
        expect(Math.abs(((on?.tick ?? 0) * perQuarter) / 960_000 - time)).toBeLessThanOrEqual(
          halfTick + 1e-6,
        );
        expect(on?.velocity).toBe(velocity);
      });
    }
  });

  it('is a drum pattern to our own reader', () => {
    const decoded = decodeMidi(encodePerformance(exercise('five_stroke_roll', 'advanced', 100)));
    expect(decoded).toMatchObject({ ok: true, value: { warnings: [] } });
  });

  it('keeps two strokes that fall on one tick apart', () => {
    const played = exercise('flam', 'professional', 60);
    const [first, second] = played.strokes;
    if (!first || !second) throw new Error('a flam is two strokes');
    const strokes = [first, { ...second, actual_time_ms: first.actual_time_ms }];
    const [track = []] = parseMidi(encodePerformance({ ...played, strokes })).tracks;
    const deltas = track.map(({ type, deltaTime }) => `${type} ${type === 'noteOn' ? '' : deltaTime}`);
    expect(deltas.filter(each => each.startsWith('note'))).toEqual([
      'noteOn ',
      'noteOff 1',
      'noteOn ',
      'noteOff 58',
    ]);
  });
});

describe('a groove', () => {
  const pattern = composeSkeleton({ ...SKELETON_DEFAULTS, tempo: 100, bars: 2 });
  const material = grooveMaterial(pattern, 'four_to_the_floor');

  it('is played by two hands and two feet, each stroke once a cycle', () => {
    const played = exercise('flam', 'professional', 100, { material, length: { cycles: 3 } });
    const perCycle = material.cycles[0]?.length ?? 0;
    expect(perCycle).toBeGreaterThan(10);
    expect(played.strokes.length).toBe(3 * perCycle);
    expect(new Set(played.strokes.map(({ note }) => note)).size).toBeGreaterThan(2);
    expect(played.beats).toBe(24);
  });

  it('comes from a MIDI file as from its pattern', () => {
    const read = grooveOfMidi(encodeMidi(pattern, { type: 0 }), 'four_to_the_floor');
    if (!read.ok) throw new Error(read.failure.join());
    expect(read.value.beatsPerCycle).toBe(8);
    const strokesOf = (of: typeof material): string[] =>
      (of.cycles[0] ?? []).map(({ beat, note, level }) => `${beat} ${note} ${level}`).sort();
    expect(strokesOf(read.value)).toEqual(strokesOf(material));
    expect(grooveOfMidi(Uint8Array.of(1, 2, 3), 'none').ok).toBe(false);
  });

  it('moves what stands on one beat together, but not to the millisecond', () => {
    const played = exercise('flam', 'professional', 100, { material, length: { cycles: 20 } });
    const chords = new Map<number, PerformedStroke[]>();
    for (const stroke of played.strokes)
      chords.set(stroke.beat, [...(chords.get(stroke.beat) ?? []), stroke]);
    const late = (stroke: PerformedStroke | undefined): number =>
      stroke ? stroke.actual_time_ms - stroke.intended_time_ms : 0;
    const pairs = [...chords.values()].filter(({ length }) => length > 1);
    expect(pairs.length).toBeGreaterThan(30);
    const apart = pairs.map(([a, b]) => Math.abs(late(a) - late(b)));
    const off = pairs.map(([a]) => Math.abs(late(a)));
    expect(figures(apart).mean).toBeLessThan(figures(off).mean);
    expect(figures(apart).mean).toBeGreaterThan(0.1);
  });
});
