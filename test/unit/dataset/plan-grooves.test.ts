import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import { composeSkeleton, SKELETON_DEFAULTS } from '#shared/compose';
import {
  type Catalogue,
  durationOf,
  type GenerationConfig,
  GenerationConfigSchema,
  grooveMaterial,
  type MidiGroove,
  planOf,
  recipeOf,
  RecipeSchema,
  specOf,
  splitsOf,
  type Task,
} from '#shared/dataset';
import { type Pattern, SKELETON_STYLES } from '#shared/model';

const asFile = (number: number, pattern: Pattern): MidiGroove => ({
  sha256: String(number).padStart(64, '0'),
  name: `groove_${number}`,
  tempo: pattern.tempo,
  bars: pattern.bars.length,
  pattern: () => pattern,
});
const patternOf = (seed: number, bars = 6): Pattern =>
  composeSkeleton({ ...SKELETON_DEFAULTS, style: 'rock', seed, bars, tempo: 100 });

const CATALOGUE: Catalogue = {
  rudiments: bundledRudiments(),
  definitions: {},
  kits: ['pad-rubber', 'pipe-band', 'kit-studio', 'kit-small'].map(id => ({
    id,
    isWholeKit: id.startsWith('kit'),
  })),
  grooves: [1, 2, 3, 4, 5].map(number => asFile(number, patternOf(number))),
  recordings: {},
};

const aConfig = (changed: Partial<GenerationConfig> = {}): GenerationConfig => ({
  ...GenerationConfigSchema.parse({ materials: 'both', tempos_per_rudiment: 2 }),
  num_profiles: 8,
  rudiments: ['flam_tap', 'single_paradiddle'],
  ...changed,
});

function planned(config: GenerationConfig, catalogue = CATALOGUE): Task[] {
  const plan = planOf(config, catalogue);
  if (!plan.ok) throw new Error(plan.failure.join('; '));
  return Array.from({ length: plan.value.count }, (_, number) => plan.value.task(number));
}
const problems = (config: GenerationConfig, catalogue = CATALOGUE): string => {
  const plan = planOf(config, catalogue);
  return plan.ok ? '' : plan.failure.join('; ');
};
const isFile = ({ source }: Task): boolean => source.startsWith('midi-');

describe('grooves in a plan', () => {
  it('are one of each style for every player, and each file for as many as asked for', () => {
    const tasks = planned(aConfig({ players_per_file: 3 }));
    expect(tasks).toHaveLength(8 * (2 + SKELETON_STYLES.length) * 2 + 5 * 3 * 2);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    for (const { sha256 } of CATALOGUE.grooves) {
      const players = tasks.filter(one => one.groove?.midi === sha256).map(({ spec }) => spec.player.id);
      expect(new Set(players).size).toBe(3);
    }
    expect(planned(aConfig({ materials: 'rudiments' }), { ...CATALOGUE, grooves: [] })).toHaveLength(
      8 * 2 * 2,
    );
    expect(planned(aConfig({ materials: 'grooves', grooves_per_style: 0 })).every(isFile)).toBe(true);
  });

  it('are heard on whole drum kits alone, at whole tempos that suit them', () => {
    const tasks = planned(aConfig());
    expect(tasks.every(({ spec }) => Number.isInteger(spec.tempo))).toBe(true);
    for (const { recording } of tasks.filter(({ groove }) => groove !== null))
      expect(recording?.kit).toMatch(/^kit-/);
    for (const { spec } of tasks.filter(isFile))
      expect(Math.abs(Math.log2(spec.tempo / 100))).toBeLessThanOrEqual(Math.log2(1.25));
  });

  it('are rebuilt from what their row says, without the configuration', () => {
    for (const task of planned(aConfig({ variations: ['inverted', 'reversed', 'accent_shifted'] }))) {
      const recipe = RecipeSchema.parse(JSON.parse(JSON.stringify(recipeOf(task))));
      expect(specOf(recipe, CATALOGUE)).toEqual({ ok: true, value: task.spec });
    }
  });

  it('begin alike with more of a style, and their names mean the same whatever the seed', () => {
    const few = planned(aConfig({ grooves_per_style: 2 })).map(({ spec }) => spec.material.slug);
    const many = new Set(planned(aConfig({ grooves_per_style: 4 })).map(({ spec }) => spec.material.slug));
    expect(few.filter(slug => !many.has(slug))).toEqual([]);
    const composed = planned(aConfig()).find(({ groove }) => groove?.midi === null);
    if (!composed) throw new Error('there is a groove of ours');
    const other = specOf({ ...recipeOf(composed), seed: 9 }, CATALOGUE);
    expect(other.ok && other.value.material).toEqual(composed.spec.material);
  });

  it('fit into a fixed duration by whole bars', () => {
    for (const { spec, groove } of planned(aConfig({ target_duration_sec: 6, groove_bars: 8 }))) {
      if (!groove) continue;
      const barSeconds = 240 / spec.tempo;
      expect(durationOf(spec)).toBeCloseTo(6000, 6);
      expect(spec.material.beatsPerCycle).toBe(4 * groove.bars);
      expect(groove.bars * barSeconds).toBeLessThanOrEqual(5);
    }
  });

  it('of a file are bars in a row that are played in', () => {
    const long = patternOf(9, 24);
    const silent = { ...long, notes: long.notes.filter(({ at }) => at >= 4 * 960 * 10) };
    const catalogue = { ...CATALOGUE, grooves: [asFile(9, silent)] };
    for (let seed = 0; seed < 20; seed++) {
      const config = aConfig({ seed, materials: 'grooves', grooves_per_style: 0 });
      for (const { groove, spec } of planned(config, catalogue)) {
        expect(groove?.from).toBeGreaterThanOrEqual(10);
        expect(groove?.bars).toBe(4);
        expect(spec.material.cycles[0]?.[0]?.beat).toBeLessThan(4);
      }
    }
  });

  it('and variations leak into no other split', () => {
    const tasks = planned(
      aConfig({ variations: ['inverted', 'reversed'], players_per_file: 4, num_profiles: 12 }),
    );
    const samples = tasks.map(({ id, spec, source, recording }) => ({
      id,
      profile: spec.player.id,
      tier: spec.player.skill_tier,
      kit: recording?.kit ?? '',
      source,
      room: recording?.preset ?? '',
    }));
    const byId = new Map(samples.map(sample => [sample.id, sample]));
    const lists = splitsOf(samples, { train: 0.7, validation: 0.15, test: 0.15 }, 1);
    const sources = (ids: readonly string[]): Set<string> =>
      new Set(ids.map(id => byId.get(id)?.source ?? ''));
    for (const [name, list] of Object.entries(lists)) {
      const test = sources(list?.test ?? []);
      expect(test.size).toBeGreaterThan(0);
      const shared = [...sources(list?.train ?? [])].filter(source => test.has(source));
      expect(shared.filter(source => name === 'by_rudiment' || source.startsWith('midi-'))).toEqual([]);
    }
  });

  it.each([
    [
      'no whole kit',
      { kits: ['pad-rubber'], augmentations_per_sample: 1 },
      /^kits: none of them is a whole drum kit/,
    ],
    [
      'more recordings than whole kits give',
      { augmentations_per_sample: 11 },
      /^augmentations_per_sample: 11 different recordings of a groove are asked for, but 2 whole drum kits and 5 presets give 10$/,
    ],
    [
      'files that nothing plays',
      { materials: 'rudiments' },
      /^materials: is rudiments, so none of the 5 MIDI files/,
    ],
  ] as const)('are refused with %s', (_, changed, reason) => {
    expect(problems(aConfig(changed as Partial<GenerationConfig>))).toMatch(reason);
  });

  it('are refused where there is nothing to play', () => {
    const config = aConfig({ materials: 'grooves', grooves_per_style: 0 });
    expect(problems(config, { ...CATALOGUE, grooves: [] })).toMatch(
      /^grooves_per_style: is 0 and there are no MIDI/,
    );
  });
});

describe("a user's recordings in a plan", () => {
  const recordings = {
    impulse: ['a'.repeat(64), 'b'.repeat(64)],
    noise: ['c'.repeat(64)],
    'short-noise': ['d'.repeat(64)],
  };
  const stepsOf = (config: GenerationConfig, more: Partial<Catalogue> = { recordings }) =>
    planned({ ...config, materials: 'rudiments' }, { ...CATALOGUE, grooves: [], ...more }).map(
      ({ recording }) => recording?.steps.map(({ name }) => name) ?? [],
    );
  const config = aConfig({ num_profiles: 30 });
  const share = (all: readonly string[][], name: string): number =>
    all.filter(names => names.includes(name)).length / all.length;

  it('are heard as often as asked for: a response in place of the room, noises before the level is set', () => {
    const all = stepsOf({
      ...config,
      response_probability: 0.5,
      noise_probability: 0.25,
      short_noise_probability: 0.1,
    });
    const rooms = share(all, 'RoomSimulator');
    const responses = share(all, 'ApplyImpulseResponse');
    expect(rooms + responses).toBe(1);
    expect(responses).toBeCloseTo(0.5, 0.8);
    expect(share(all, 'AddBackgroundNoise')).toBeCloseTo(0.25, 0.8);
    expect(share(all, 'AddShortNoises')).toBeCloseTo(0.1, 0.8);
    for (const names of all.filter(one => one.includes('AddBackgroundNoise')))
      expect(names.indexOf('AddBackgroundNoise')).toBeLessThan(names.lastIndexOf('PeakNormalization'));
  });

  it('change nothing of what is drawn beside them', () => {
    const never = { ...config, response_probability: 0, noise_probability: 0, short_noise_probability: 0 };
    expect(stepsOf(never)).toEqual(stepsOf(never, { recordings: {} }));
    const planOfSome = planned(
      { ...never, materials: 'rudiments' },
      { ...CATALOGUE, grooves: [], recordings },
    );
    const plain = planned({ ...never, materials: 'rudiments' }, { ...CATALOGUE, grooves: [] });
    expect(planOfSome.map(({ recording }) => recording)).toEqual(plain.map(({ recording }) => recording));
  });
});

describe('a groove', () => {
  const withNotes = (notes: readonly [number, Pattern['notes'][number]['instrument'], number][]): Pattern => {
    const [first] = patternOf(1).notes;
    if (!first) throw new Error('a skeleton has notes');
    return {
      ...patternOf(1),
      notes: notes.map(([at, instrument, velocity], index) => ({
        ...first,
        id: `${first.id}${index}` as typeof first.id,
        at: (at * 960) as typeof first.at,
        instrument,
        articulation: null,
        velocity,
      })),
    };
  };
  const played = (pattern: Pattern, lead: 'R' | 'L' = 'R') =>
    grooveMaterial(pattern, 'g', lead).cycles[0] ?? [];

  it('has no more at once than two hands and two feet, the loudest', () => {
    const slots = played(
      withNotes([
        [0, 'kick', 0.9],
        [0, 'crash', 0.8],
        [0, 'ride', 0.5],
        [0, 'snare', 0.7],
        [0, 'phh', 0.4],
        [0, 'perc', 1],
      ]),
    );
    expect(slots.map(({ note, limb }) => `${note} ${limb}`)).toEqual(['36 RF', '38 L', '44 LF', '49 R']);
  });

  it('has a flam where a drum is struck twice at once, and claps on the snare', () => {
    const slots = played(
      withNotes([
        [1, 'snare', 0.9],
        [1, 'snare', 0.4],
        [2, 'clap', 0.6],
        [3, 'chh', 0.6],
        [3, 'chh', 0.5],
      ]),
    );
    expect(slots.map(({ beat, note, graces, level }) => [beat, note, graces, level])).toEqual([
      [1, 38, 1, 114],
      [2, 38, 0, 76],
      [3, 42, 0, 76],
    ]);
  });

  it('is mirrored for a left-handed player', () => {
    const pattern = patternOf(3);
    const mirror: Record<string, string> = { R: 'L', L: 'R', RF: 'LF', LF: 'RF' };
    expect(played(pattern, 'L').map(({ limb }) => limb)).toEqual(
      played(pattern).map(({ limb }) => mirror[limb]),
    );
    const left = planned(aConfig({ num_profiles: 60 })).filter(
      ({ spec }) => spec.player.dominant_hand === 'left',
    );
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter(({ groove, lead }) => groove !== null && lead !== 'L')).toEqual([]);
  });
});
