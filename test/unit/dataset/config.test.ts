import { describe, expect, it } from 'vitest';
import { GenerationConfigSchema, mistakesOf, type Wanted } from '#shared/dataset';

const sentences = (given: unknown): string[] =>
  mistakesOf(GenerationConfigSchema, given).map(({ sentence }) => sentence);

describe('a configuration of a dataset', () => {
  it.each([
    [{ tempo_range: [0, 100] }, 'tempo_range[0] is 0, but must be a whole number from 20 to 400'],
    [{ tempo_range: [180, 60] }, 'tempo_range is [180,60], but must run from the slower to the faster tempo'],
    [{ num_profiles: 2.5 }, 'num_profiles is 2.5, but must be a whole number from 1 to 100000'],
    [{ num_profiles: 'many' }, 'num_profiles is "many", but must be a whole number from 1 to 100000'],
    [{ num_profile: 3 }, 'num_profile: there is no such key; did you mean num_profiles?'],
    [{ leads: 'left' }, 'leads is "left", but must be one of both, R, L'],
    [{ target_duration_sec: 0 }, 'target_duration_sec is 0, but must be a number from 1 to 600 or null'],
    [{ train_ratio: 0.9 }, 'train_ratio is 0.9, but must sum to 1 with val_ratio and test_ratio'],
    [
      { skill_distribution: { beginner: 1 } },
      'skill_distribution.intermediate is missing, but must be a number from 0 to 1',
    ],
    [
      { noise_snr_range: [3] },
      'noise_snr_range is [3], but must be a list of 2: a number from -30 to 90, a number from -30 to 90',
    ],
    [{ kits: 'pad' }, 'kits is "pad", but must be a list (each text)'],
  ])('%j is told: key, value and what is allowed', (given, sentence) => {
    expect(sentences(given)).toContain(sentence);
  });

  it('tells several mistakes together, in the order of the keys', () => {
    expect(sentences({ seed: -1, num_profiles: 0, generate_audio: 'yes' })).toEqual([
      'num_profiles is 0, but must be a whole number from 1 to 100000',
      'generate_audio is "yes", but must be true or false',
      'seed is -1, but must be a whole number of 0 or more',
    ]);
  });

  it.each([
    [
      { name: 'Gian' },
      /^transforms\[0\]\.name is "Gian", but must be one of AddBackgroundNoise, .*, OneOf, SomeOf$/,
    ],
    [
      { name: 'Gain', ranges: { max_gain: 3 } },
      /^transforms\[0\]\.ranges\.max_gain is 3, but must not be there: here stands a mapping with min_gain_db, max_gain_db$/,
    ],
    [
      { name: 'BitCrush', ranges: { min_bit_depth: 12 } },
      /^transforms\[0\]\.ranges\.min_bit_depth is 12, but must not be above max_bit_depth, 10$/,
    ],
    [{ name: 'Gain', p: 2 }, /^transforms\[0\]\.p is 2, but must be a number from 0 to 1$/],
    [
      { name: 'BitDepth', params: { bits: 'few' } },
      /^transforms\[0\]\.params\.bits is "few", but must be a whole number/,
    ],
    [
      { name: 'OneOf', transforms: [] },
      /^transforms\[0\]\.transforms is \[\], but must be a list \(at least 1/,
    ],
    [
      { name: 'OneOf', transforms: [{ name: 'Gain', ranges: { min_gain_db: true } }] },
      /^transforms\[0\]\.transforms\[0\]\.ranges\.min_gain_db is true, but must be a number$/,
    ],
    [
      { name: 'SomeOf', count: [1, 3], transforms: [{ name: 'Gain' }] },
      /^transforms\[0\]\.count is \[1,3\], but must run from the fewer to the more, up to the 1 that there are$/,
    ],
  ])('knows what a step of its own may say: %j', (step, sentence) => {
    expect(sentences({ transforms: [step] })[0]).toMatch(sentence);
  });

  it('takes steps with their defaults', () => {
    const { transforms } = GenerationConfigSchema.parse({
      transforms: [{ name: 'Gain' }, { name: 'OneOf', p: 0.5, transforms: [{ name: 'Reverse', p: 0.2 }] }],
    });
    expect(transforms).toEqual([
      { name: 'Gain', p: 1 },
      { name: 'OneOf', p: 0.5, shuffle: false, transforms: [{ name: 'Reverse', p: 0.2 }] },
    ] satisfies Wanted[]);
    expect(GenerationConfigSchema.parse({ transforms }).transforms).toEqual(transforms);
  });

  it('has no steps where nothing is augmented', () => {
    expect(sentences({ apply_augmentation: false, transforms: [{ name: 'Gain' }] })).toEqual([
      'transforms is [{"name":"Gain"}], but must be empty where apply_augmentation is false',
    ]);
  });
});
