import { describe, expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import {
  type GenerationConfig,
  GENERATION_PRESETS,
  GenerationConfigSchema,
  planOf,
  type Task,
} from '#shared/dataset';

const CATALOGUE = {
  rudiments: bundledRudiments(),
  definitions: {},
  kits: ['pad-rubber', 'pad-laminate', 'marching-tight', 'marching-wires', 'kit-studio'].map(id => ({
    id,
    isWholeKit: id.startsWith('kit'),
  })),
  grooves: [],
  recordings: {},
};

const aConfig = (changed: Partial<GenerationConfig> = {}): GenerationConfig => ({
  ...GenerationConfigSchema.parse({}),
  num_profiles: 4,
  ...changed,
});

function planned(config: GenerationConfig): Task[] {
  const plan = planOf(config, CATALOGUE);
  if (!plan.ok) throw new Error(plan.failure.join('; '));
  return Array.from({ length: plan.value.count }, (_, number) => plan.value.task(number));
}

describe('the plan of a dataset', () => {
  it('has every player play every rudiment at every tempo, each sample under an id of its own', () => {
    const tasks = planned(aConfig({ augmentations_per_sample: 3 }));
    expect(tasks).toHaveLength(4 * 40 * 3 * 3);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    expect(new Set(tasks.map(({ spec }) => spec.material.slug)).size).toBe(40);
    expect(new Set(tasks.map(({ groupId }) => groupId)).size).toBe(4 * 40 * 3);
  });

  it('gives any task by its number alone, the same whatever was asked before', () => {
    const all = planned(aConfig());
    const plan = planOf(aConfig(), CATALOGUE);
    expect(plan.ok && plan.value.task(137)).toEqual(all[137]);
  });

  it('draws tempos from the range of the configuration and the rudiment, none of a rudiment twice', () => {
    const tasks = planned(aConfig({ tempo_range: [90, 130], tempos_per_rudiment: 8 }));
    for (const { spec } of tasks) {
      expect(spec.tempo).toBeGreaterThanOrEqual(90);
      expect(spec.tempo).toBeLessThanOrEqual(130);
    }
    const ofOne = tasks.slice(0, 8).map(({ spec }) => spec.tempo);
    expect(new Set(ofOne).size).toBe(8);
  });

  it('records every performance with its own kits and presets, all of it in the steps', () => {
    const tasks = planned(aConfig({ augmentations_per_sample: 4, num_profiles: 2 }));
    const [first] = tasks;
    expect(first?.recording?.steps.length).toBeGreaterThan(3);
    const kits = new Set(tasks.map(({ recording }) => recording?.kit));
    expect(kits.size).toBe(5);
    expect(planned(aConfig({ generate_audio: false }))[0]?.recording).toBeNull();
    expect(planned(aConfig({ apply_augmentation: false }))[0]?.recording).toMatchObject({
      preset: 'dry',
      steps: [{ name: 'PeakNormalization' }],
    });
  });

  it('is larger with more players, and begins alike in every tier', () => {
    const few = new Set(planned(aConfig({ num_profiles: 20 })).map(({ id }) => id));
    const many = new Set(planned(aConfig({ num_profiles: 40 })).map(({ id }) => id));
    expect([...few].every(id => many.has(id))).toBe(true);
  });

  it.each([
    [
      'an unknown rudiment',
      { rudiments: ['flam_paradidle'] },
      /^rudiments: there is no "flam_paradidle"; there are single_stroke_roll/,
    ],
    ['an unknown kit', { kits: ['piano'] }, /^kits: there is no "piano"/],
    [
      'more recordings than kits and presets give',
      { augmentations_per_sample: 50 },
      /^augmentations_per_sample: 50 different .* give 25$/,
    ],
    [
      'more tempos than there are',
      { tempo_range: [100, 104], tempos_per_rudiment: 9 },
      /^tempos_per_rudiment: 9 different tempos/,
    ],
  ] as const)('refuses %s with the reason', (_, changed, reason) => {
    const plan = planOf(aConfig(changed as Partial<GenerationConfig>), CATALOGUE);
    expect(plan.ok ? '' : plan.failure[0]).toMatch(reason);
  });

  it.each([
    ['tempo 0', { tempo_range: [0, 100] }],
    ['a range the wrong way round', { tempo_range: [180, 60] }],
    ['ratios that do not sum to 1', { train_ratio: 0.9 }],
    ['a key that there is not', { num_profile: 3 }],
  ])('takes no configuration with %s', (_, config) => {
    expect(GenerationConfigSchema.safeParse(config).success).toBe(false);
  });

  it('has the presets small, medium and full', () => {
    const counts = Object.values(GENERATION_PRESETS).map(preset => {
      const plan = planOf(GenerationConfigSchema.parse(preset), CATALOGUE);
      return plan.ok ? plan.value.count : 0;
    });
    expect(counts).toEqual([120, 12_000, 100_000]);
  });
});
