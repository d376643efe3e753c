import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundledRudiments } from '#main/dataset';
import { Random } from '#shared/base';
import {
  AnchorsSchema,
  type Check,
  encodePerformance,
  labelsOf,
  PeopleSchema,
  performExercise,
  type ReadSample,
  RealismMeter,
  rowsOf,
  rudimentMaterial,
  samplePlayer,
  type StrokeRow,
  TIERS,
  type Tier,
} from '#shared/dataset';
import anchorsText from '../../../assets/realism/anchors.yaml?raw';
import people from '../../../assets/realism/groove-midi.json' with { type: 'json' };

const ANCHORS = AnchorsSchema.parse(parse(anchorsText));
const PEOPLE = PeopleSchema.parse(people);
const RUDIMENTS = bundledRudiments();
const PLAYERS: Readonly<Record<Tier, number>> = {
  beginner: 3,
  intermediate: 3,
  advanced: 3,
  professional: 8,
};

/** As the tables of a dataset have it. */
function readOf(tier: Tier, number: number, rudiment: number, seed = 3): ReadSample {
  const material = RUDIMENTS[rudiment];
  if (!material) throw new RangeError('no such rudiment');
  const tempo = 60 + ((number * 37 + rudiment * 11) % 121);
  const performance = performExercise({
    datasetSeed: seed,
    player: samplePlayer(seed, tier, number),
    material: rudimentMaterial(material, rudiment % 2 === 0 ? 'R' : 'L'),
    tempo,
    take: 0,
    length: { cycles: 4 },
  });
  const rows = rowsOf(
    {
      id: `${tier}${number}_${rudiment}`,
      groupId: `${tier}${number}_${rudiment}`,
      take: 0,
      source: material.slug,
      labels: labelsOf(performance),
      recipe: {},
      midi: encodePerformance(performance),
      recording: null,
    },
    { midi: '', audio: null },
  );
  const [sample] = rows.samples;
  if (!sample) throw new RangeError('no row');
  const notes = performance.strokes
    .flatMap(({ actual_time_ms, actual_velocity, note, bounces }) => [
      { ms: actual_time_ms, velocity: actual_velocity, note },
      ...bounces.map(({ time_ms, velocity }) => ({ ms: time_ms, velocity: Math.round(velocity), note })),
    ])
    .sort((a, b) => a.ms - b.ms);
  return { ...rows, sample, notes };
}

const ALL: readonly ReadSample[] = TIERS.flatMap(tier =>
  Array.from({ length: PLAYERS[tier] }, (_, number) =>
    RUDIMENTS.map((_each, index) => readOf(tier, number, index)),
  ).flat(),
);

function checksOf(reads: readonly ReadSample[]): ReadonlyMap<string, Check> {
  const meter = new RealismMeter(ANCHORS, PEOPLE);
  for (const read of reads) meter.add(read);
  return new Map(meter.checks().map(check => [check.name, check]));
}

const failed = (checks: ReadonlyMap<string, Check>): string[] =>
  [...checks.values()].filter(({ state }) => state === 'failed').map(({ name }) => name);

/** The performances with their strokes changed. */
const changed = (change: (stroke: StrokeRow, index: number, read: ReadSample) => StrokeRow): ReadSample[] =>
  ALL.map(read => ({ ...read, strokes: read.strokes.map((stroke, index) => change(stroke, index, read)) }));

const isProfessional = ({ sample }: ReadSample): boolean => sample.skill_tier === 'professional';

describe('what our players play, beside people', () => {
  const whole = checksOf(ALL);

  it('fails nothing, and every check has enough to look at', () => {
    expect(failed(whole)).toEqual([]);
    expect([...whole.values()].filter(({ state }) => state === 'skipped').map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('strikes as unevenly as people do, whatever the seed', () => {
    for (const seed of [1, 2, 7]) {
      const checks = checksOf(
        Array.from({ length: PLAYERS.professional }, (_, number) =>
          RUDIMENTS.map((_each, index) => readOf('professional', number, index, seed)),
        ).flat(),
      );
      expect(checks.get('distribution_velocity')).toMatchObject({ state: 'passed' });
    }
  });

  it('stands where drummers stand: one of eight may be beyond the ten that were measured, not many', () => {
    const moved = (players: number): Check | undefined => {
      const far = new Set(
        [...new Set(ALL.filter(isProfessional).map(({ sample }) => sample.profile_id))].slice(0, players),
      );
      return checksOf(
        changed((stroke, _, { sample }) =>
          far.has(sample.profile_id) ? { ...stroke, timing_error_ms: stroke.timing_error_ms - 25 } : stroke,
        ),
      ).get('place_to_click');
    };
    expect(moved(0)).toMatchObject({ state: 'passed', found: expect.stringMatching(/^7 of 8/) as string });
    expect([moved(3)?.state, moved(5)?.state]).toEqual(['warned', 'failed']);
  });

  it('shuffled has no memory, and is found out: by lags, and by a classifier', () => {
    const shuffled = checksOf(
      ALL.map(read => {
        const random = Random.ofSeed(read.sample.sample_id);
        const errors = random.shuffled(
          read.strokes
            .filter(({ is_grace_note }) => !is_grace_note)
            .map(({ timing_error_ms }) => timing_error_ms),
        );
        return {
          ...read,
          strokes: read.strokes.map(stroke =>
            stroke.is_grace_note ? stroke : { ...stroke, timing_error_ms: errors.pop() ?? 0 },
          ),
        };
      }),
    );
    expect(failed(shuffled)).toEqual(['error_autocorrelation', 'error_autocorrelation_stretches']);
    expect(shuffled.get('two_sample_classifier')?.state).toBe('warned');
  });

  it('with errors of six times the size is farther from people than a pad may be', () => {
    const wide = checksOf(
      changed((stroke, _, read) =>
        isProfessional(read) ? { ...stroke, timing_error_ms: 6 * stroke.timing_error_ms } : stroke,
      ),
    );
    expect(failed(wide)).toEqual(
      expect.arrayContaining([
        'distribution_offset',
        'distribution_interval_short',
        'distribution_interval_long',
        'error_spread',
        'place_to_click',
        'skill_tier_timing',
      ]),
    );
  });

  it('early or late by one amount, and hard or soft by one factor, has shapes that no people’s have', () => {
    const two = checksOf(
      changed((stroke, index) => ({
        ...stroke,
        timing_error_ms: index % 3 === 0 ? -20 : 20,
        actual_velocity: index % 5 < 2 ? 50 : 110,
      })),
    );
    expect(failed(two)).toEqual(
      expect.arrayContaining(['distribution_offset_shape', 'distribution_velocity']),
    );
  });

  it('with drifting intervals has no clock', () => {
    const drifting = checksOf(
      changed((stroke, index) => ({ ...stroke, timing_error_ms: 0.05 * index * index })),
    );
    expect(failed(drifting)).toContain('interval_autocorrelation');
  });

  it('with flams of a synthesiser (25 ms, hardly any spread) is no lesson', () => {
    const flams = checksOf(
      changed((stroke, _, { strokes }) => {
        const parent = stroke.is_grace_note ? strokes[stroke.parent_stroke_index ?? -1] : undefined;
        return parent && stroke.flam_spacing_ms !== null
          ? { ...stroke, actual_time_ms: parent.actual_time_ms - 25 }
          : stroke;
      }),
    );
    expect(failed(flams)).toEqual(['ornament_flam']);
  });

  it('with drags and buzzes of the public peer (34.6 and 12 ms, bounces of 4 ms) is none either', () => {
    const drags = checksOf(
      changed((stroke, index, { strokes }) => {
        const parent = stroke.is_grace_note ? strokes[stroke.parent_stroke_index ?? -1] : undefined;
        if (!parent || stroke.flam_spacing_ms !== null) return stroke;
        const isFirst = strokes[index + 1]?.is_grace_note === true;
        return { ...stroke, actual_time_ms: parent.actual_time_ms - (isFirst ? 46.6 : 12) };
      }),
    );
    expect(failed(drags)).toEqual(['ornament_drag_first', 'ornament_drag_second']);
    const buzzes = checksOf(
      ALL.map(read => ({
        ...read,
        notes: read.strokes.flatMap(({ actual_time_ms: ms, buzz_count }) =>
          Array.from({ length: buzz_count ?? 1 }, (_, bounce) => ({
            ms: ms + 4 * bounce,
            note: 38,
            velocity: 60,
          })),
        ),
      })),
    );
    expect(failed(buzzes)).toEqual(['ornament_buzz']);
  });

  it('with tiers the other way round is not ordered', () => {
    const turned = checksOf(
      ALL.map(read => {
        const tier = TIERS[3 - TIERS.indexOf(read.sample.skill_tier as Tier)] ?? 'beginner';
        return { ...read, sample: { ...read.sample, skill_tier: tier } };
      }),
    );
    expect(failed(turned)).toEqual(
      expect.arrayContaining([
        'skill_tier_timing',
        'skill_tier_hand_balance',
        'skill_tier_velocity',
        'skill_tier_flams',
        'skill_tier_mishaps',
      ]),
    );
  });

  it('of a handful of performances nothing is claimed', () => {
    const few = checksOf(ALL.filter(isProfessional).slice(0, 3));
    expect(failed(few)).toEqual([]);
    expect(few.get('error_autocorrelation')?.state).toBe('skipped');
  });
});
